using System.Globalization;
using System.Text.Json;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Kernel.Graph;

/// <summary>Brings a fixed value to the type its input declares; designers store numbers, flags and lists as text.</summary>
static class LiteralReader
{
    /// <summary>Whether there is a value at all: null and empty text are the same as absent.</summary>
    public static bool IsGiven(JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && !(value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));

    /// <summary>The value in the declared type; null when it cannot be.</summary>
    public static JsonElement? Coerce(JsonElement value, string typeName) => typeName switch
    {
        "String" => value.ValueKind is JsonValueKind.String ? value : Scalar(value),
        "Boolean" => Flag(value),
        "Int32" or "Int64" or "Int16" => Whole(value),
        "Decimal" or "Double" or "Single" => Number(value),
        "StringArray" => Texts(value),
        "TimeLimit" => value.ValueKind == JsonValueKind.String && TimeLimit.TryParse(value.GetString(), out var limit) ? Json(limit.ToString()) : null,
        "DateTime" or "DateTimeOffset" => value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? value : null,
        "Guid" => value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out _) ? value : null,
        _ => Structured(value),
    };

    /// <summary>The texts of a list that <see cref="Coerce"/> gave.</summary>
    public static IEnumerable<string> Strings(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!) : [];

    static JsonElement? Scalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? Json(value.GetRawText()) : null;

    static JsonElement? Flag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => JsonSerializer.SerializeToElement(flag),
        _ => null,
    };

    static JsonElement? Whole(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out _) => value,
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonSerializer.SerializeToElement(number),
        _ => null,
    };

    static JsonElement? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out _) => value,
        JsonValueKind.String when decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => JsonSerializer.SerializeToElement(number),
        _ => null,
    };

    static JsonElement? Texts(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && JsonScan.TryParse(value.GetString()!, out var inner)) value = inner;
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(each => each.ValueKind == JsonValueKind.String) ? value : null;
    }

    static JsonElement Structured(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.AsSpan().TrimStart() is ['{' or '[', ..] && JsonScan.TryParse(value.GetString()!, out var inner) ? inner : value;

    static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}

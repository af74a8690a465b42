using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Engine;

/// <summary>Small JSON helpers: objects for document contents, and lenient reading of act data (a missing or ill-typed member reads as absent).</summary>
static class Json
{
    public static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement.Clone();

    public static JsonElement Object(params ReadOnlySpan<(string Key, object? Value)> members)
    {
        if (members.IsEmpty) return Empty;
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in members)
            {
                if (value is null) continue;
                writer.WritePropertyName(key);
                WriteValue(writer, value);
            }
            writer.WriteEndObject();
        }
        return Parse(buffer.WrittenSpan);
    }

    public static JsonElement Value(object value)
    {
        var buffer = new ArrayBufferWriter<byte>(32);
        using (var writer = new Utf8JsonWriter(buffer)) WriteValue(writer, value);
        return Parse(buffer.WrittenSpan);
    }

    public static string? Text(this JsonElement data, string name) =>
        Member(data, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool? Flag(this JsonElement data, string name) => Member(data, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static int? Number(this JsonElement data, string name) =>
        Member(data, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static TimeLimit? Limit(this JsonElement data, string name) => TimeLimit.TryParse(data.Text(name), out var limit) ? limit : null;

    /// <summary>A list of texts, a single text as a list of one, or null when the member is absent.</summary>
    public static ImmutableArray<string>? Texts(this JsonElement data, string name) => Member(data, name) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!)],
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        _ => null,
    };

    public static JsonElement Member(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) ? value : default;

    static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        return JsonElement.ParseValue(ref reader);
    }

    static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case Instant instant: writer.WriteStringValue(InstantConverter.Format(instant)); break;
            case LocalDate date: writer.WriteStringValue(LocalDatePattern.Iso.Format(date)); break;
            case TimeLimit limit: writer.WriteStringValue(limit.ToString()); break;
            case JsonElement { ValueKind: JsonValueKind.Undefined }: writer.WriteNullValue(); break;
            case JsonElement element: element.WriteTo(writer); break;
            case IEnumerable<string> texts:
                writer.WriteStartArray();
                foreach (var each in texts) writer.WriteStringValue(each);
                writer.WriteEndArray();
                break;
            default: writer.WriteStringValue(value.ToString()); break;
        }
    }
}

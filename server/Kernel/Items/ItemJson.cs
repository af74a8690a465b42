using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Items;

/// <summary>The JSON of full item records: snake_case, unknown members and nulls where none are allowed are refused.</summary>
public static class ItemJson
{
    /// <summary>Serializer options of item records, also for HTTP bodies.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Writes an item.</summary>
    public static string Write(ServiceItem item) => JsonSerializer.Serialize(item, Options);

    /// <summary>Reads an item. On a fault the item is null and the finding (code <c>item.malformed</c>) points at the place.</summary>
    public static (ServiceItem? Item, ItemFinding? Fault) Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ServiceItem>(json, Options) is { } item ? (item, null) : (null, Malformed("", "null"));
        }
        catch (JsonException e)
        {
            return (null, Malformed(Pointer(e.Path), e.Message));
        }
    }

    static ItemFinding Malformed(string pointer, string why) => new("item.malformed", FindingSeverity.Block, pointer,
        new LocalizedText($"事项数据格式不正确（{(pointer.Length == 0 ? "/" : pointer)}）", $"The item record is malformed at {(pointer.Length == 0 ? "/" : pointer)}: {why}"));

    /// <summary>A JSON pointer (RFC 6901) from the path of a <see cref="JsonException"/>: <c>$.materials.M1['a.b'][0]</c> is <c>/materials/M1/a.b/0</c>.</summary>
    public static string Pointer(string? path)
    {
        var pointer = new StringBuilder();
        for (var at = 1; at < (path?.Length ?? 0);)
        {
            var quoted = path![at..].StartsWith("['", StringComparison.Ordinal);
            var start = at + (quoted ? 2 : 1);
            var end = quoted ? path.IndexOf("']", start, StringComparison.Ordinal) : path.IndexOfAny(path[at] == '[' ? [']'] : ['.', '['], start);
            if (end < 0) end = path.Length;
            pointer.Append('/').Append(path[start..end].Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            at = end + (quoted ? 2 : end < path.Length && path[end] == ']' ? 1 : 0);
        }
        return pointer.ToString();
    }

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = true,
        };
        options.Converters.Add(new LocalDateConverter());
        options.Converters.Add(new LocalDateTimeConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Writes a legal local time as <c>2026-09-28T00:00</c> and reads it back with or without seconds.</summary>
public sealed class LocalDateTimeConverter : JsonConverter<LocalDateTime>
{
    static readonly LocalDateTimePattern Short = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Reads the text of a local time.</summary>
    public static bool TryParse(string? text, out LocalDateTime value)
    {
        value = default;
        if (text is null) return false;
        var parsed = Short.Parse(text);
        if (!parsed.Success) parsed = LocalDateTimePattern.ExtendedIso.Parse(text);
        return parsed.TryGetValue(default, out value);
    }

    /// <inheritdoc/>
    public override LocalDateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryParse(reader.GetString(), out var value) ? value : throw new JsonException("A local time is text such as 2026-09-28T00:00.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LocalDateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Second == 0 && value.NanosecondOfSecond == 0 ? Short.Format(value) : LocalDateTimePattern.ExtendedIso.Format(value));
}

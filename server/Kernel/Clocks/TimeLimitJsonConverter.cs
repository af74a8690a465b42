using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Kernel.Clocks;

/// <summary>Writes a <see cref="TimeLimit"/> as its short text and reads it back; a bad text is a <see cref="JsonException"/>.</summary>
public sealed class TimeLimitJsonConverter : JsonConverter<TimeLimit>
{
    /// <inheritdoc/>
    public override TimeLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TimeLimit.TryParse(reader.GetString(), out var limit)
            ? limit
            : throw new JsonException("A time limit is a text such as 5wd, 7cd, 7cd!, 2h, 30min, 3m, ots or 2026-10-08.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeLimit value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

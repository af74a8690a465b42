using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Engine;

/// <summary>Writes an instant as ISO-8601 with the offset of legal time (C-9), to the millisecond.</summary>
public sealed class InstantConverter : JsonConverter<Instant>
{
    static readonly OffsetDateTimePattern Pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.FFFo<+HH:mm>");

    /// <summary>The text of an instant.</summary>
    public static string Format(Instant instant) => Pattern.Format(instant.WithOffset(LegalTime.Offset));

    /// <inheritdoc/>
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTimeOffset(out var value) ? Instant.FromDateTimeOffset(value) : throw new JsonException("An instant is ISO-8601 text with an offset.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options)
    {
        // Written by hand: state documents hold dozens of instants and the pattern formatter is ten times slower.
        var local = LegalTime.LocalOf(value);
        Span<char> text = stackalloc char[29];
        var (year, month, day) = local.Date;
        Digits(text[..4], year); text[4] = '-'; Digits(text[5..7], month); text[7] = '-'; Digits(text[8..10], day);
        text[10] = 'T'; Digits(text[11..13], local.Hour); text[13] = ':'; Digits(text[14..16], local.Minute); text[16] = ':'; Digits(text[17..19], local.Second);
        var length = 19;
        if (local.Millisecond != 0) { text[19] = '.'; Digits(text[20..23], local.Millisecond); length = 23; }
        "+08:00".CopyTo(text[length..]);
        writer.WriteStringValue(text[..(length + 6)]);
    }

    static void Digits(Span<char> into, int value)
    {
        for (var i = into.Length - 1; i >= 0; i--, value /= 10) into[i] = (char)('0' + value % 10);
    }
}

/// <summary>Writes a date as ISO-8601.</summary>
public sealed class LocalDateConverter : JsonConverter<LocalDate>
{
    /// <inheritdoc/>
    public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LocalDatePattern.Iso.Parse(reader.GetString() ?? "") is { Success: true } parsed ? parsed.Value : throw new JsonException("A date is ISO-8601 text, for example 2026-09-30.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) => writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
}

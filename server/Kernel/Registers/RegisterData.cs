using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Kernel.Registers;

/// <summary>Reads the data of register acts; a missing or ill-typed member reads as absent.</summary>
static class RegisterData
{
    internal static string? TextOf(JsonElement data, string name) =>
        Member(data, name) is { ValueKind: JsonValueKind.String } value && !string.IsNullOrWhiteSpace(value.GetString()) ? value.GetString() : null;

    internal static bool FlagOf(JsonElement data, string name) => Member(data, name).ValueKind == JsonValueKind.True;

    internal static int? NumberOf(JsonElement data, string name) =>
        Member(data, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    internal static LocalDate? DateOf(JsonElement data, string name) =>
        TextOf(data, name) is { } text && LocalDatePattern.Iso.Parse(text) is { Success: true } parsed ? parsed.Value : null;

    /// <summary>A legal instant: <c>2026-09-28T00:00</c>, or with an offset. Null when absent.</summary>
    /// <exception cref="FormatException">There is a text, but it is no instant.</exception>
    internal static Instant? InstantOf(JsonElement data, string name)
    {
        if (TextOf(data, name) is not { } text) return null;
        if (LocalDateTimeConverter.TryParse(text, out var local)) return LegalTime.At(local);
        return OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } parsed
            ? parsed.Value.ToInstant()
            : throw new FormatException($"'{text}' is not an instant such as 2026-09-28T00:00.");
    }

    internal static JsonElement Member(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) ? value : default;
}

using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Simulation;

/// <summary>One date vector: a limit from a start day, with pauses, ends at this instant.</summary>
/// <param name="Id">For example <c>CV-01</c>.</param>
/// <param name="Start">Day of the starting event (C-1).</param>
/// <param name="Limit">The limit.</param>
/// <param name="Pauses">Pauses (C-2).</param>
/// <param name="Due">Wanted end.</param>
public sealed record DateVector(string Id, LocalDate Start, TimeLimit Limit, ImmutableArray<Pause> Pauses, Instant Due)
{
    /// <summary>The end as a running clock computes it.</summary>
    public Instant Computed(WorkingCalendar calendar)
    {
        var begun = LegalTime.At(Start, new LocalTime(12, 0));
        var timer = TimerMath.Create("T-PRO", "T-PRO", Limit, Start, begun, calendar, HallHours.Default);
        return TimerMath.Compute(timer with { Pauses = Pauses }, calendar, HallHours.Default).Due;
    }
}

/// <summary>A file of date vectors: <c>{id, vectors:[{id, start, rule, pauses?, due}]}</c>, beside the scenarios (docs/SCENARIOS.md).</summary>
public static class DateVectors
{
    /// <summary>Whether a JSON text is a file of vectors and not a scenario.</summary>
    public static bool Are(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Member("vectors").ValueKind == JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads the vectors.</summary>
    /// <exception cref="FormatException">A vector does not have that form; the message names it.</exception>
    public static ImmutableArray<DateVector> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(One)];
    }

    static DateVector One(JsonElement vector)
    {
        var id = vector.Text("id") ?? "?";
        if (!TimeLimit.TryParse(vector.Text("rule"), out var limit)) throw new FormatException($"Vector {id} has no rule such as 5wd, 7cd or 7cd!.");
        return new(id, Date(id, vector.Text("start")), limit, PausesOf(id, vector.Member("pauses")), Scenario.InstantOf(vector.Text("due") ?? ""));
    }

    static ImmutableArray<Pause> PausesOf(string id, JsonElement pauses) => pauses.ValueKind != JsonValueKind.Array
        ? []
        : [.. pauses.EnumerateArray().Select(pair => pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
            ? new Pause(Date(id, pair[0].GetString()), Date(id, pair[1].GetString()))
            : throw new FormatException($"Vector {id}: a pause is a pair of dates."))];

    static LocalDate Date(string id, string? text) =>
        LocalDatePattern.Iso.Parse(text ?? "") is { Success: true } date ? date.Value : throw new FormatException($"Vector {id}: '{text}' is not a date.");
}

using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Tests.House;

namespace Orchestrator.Kernel.Tests.Clocks;

/// <summary>Dates worked out by hand and by an independent script: <c>calendar-vectors.json</c> beside this file.</summary>
public sealed class CalendarVectors
{
    /// <summary>The vectors by id.</summary>
    internal static IReadOnlyDictionary<string, Vector> All { get; } = Read();

    public static TheoryData<string> Ids => [.. All.Keys];

    [Theory, MemberData(nameof(Ids))]
    public void a_limit_ends_on_the_day_of_the_vector(string id) => Assert.Equal(All[id].LastDay, All[id].Computed());

    [Fact]
    public void the_vectors_cover_every_year_of_the_tables_with_and_without_pauses()
    {
        Assert.Equal(Enumerable.Range(2019, 8), All.Values.Select(vector => vector.Start.Year).Distinct().Order());
        Assert.Contains(All.Values, vector => vector.Pauses.Length > 1);
        Assert.True(All.Count >= 190, $"{All.Count} vectors");
    }

    static Dictionary<string, Vector> Read()
    {
        using var file = JsonDocument.Parse(Repository.Text("tests/Kernel.Tests/Clocks/calendar-vectors.json"));
        return file.RootElement.GetProperty("vectors").EnumerateArray().ToDictionary(vector => vector.GetProperty("id").GetString()!, ReadOne);
    }

    static Vector ReadOne(JsonElement vector) => new(
        Date(vector.GetProperty("start").GetString()!),
        TimeLimit.Parse(vector.GetProperty("rule").GetString()!),
        vector.TryGetProperty("pauses", out var pauses) ? [.. pauses.EnumerateArray().Select(pause => new Pause(Date(pause[0].GetString()!), Date(pause[1].GetString()!)))] : [],
        Date(vector.GetProperty("due").GetString()!.Replace("T24:00", "", StringComparison.Ordinal)));

    static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    internal sealed record Vector(LocalDate Start, TimeLimit Limit, ImmutableArray<Pause> Pauses, LocalDate LastDay)
    {
        public LocalDate Computed() => Limit.Unit switch
        {
            LimitUnit.WorkingDays => WorkingCalendar.Shipped.AddWorkingDays(Start, Limit.Count, Pauses),
            LimitUnit.CalendarDays => WorkingCalendar.Shipped.AddCalendarDays(Start, Limit.Count, Limit.Rolls),
            _ => throw new InvalidOperationException($"The vectors have no {Limit.Unit}."),
        };
    }
}

using System.Text.Json;
using Orchestrator.Kernel.Tests.House;

namespace Orchestrator.Kernel.Tests.Clocks;

/// <summary>
/// Counts days on a finger, straight from the holiday tables: no index, no NodaTime, nothing shared with <c>WorkingCalendar</c>.
/// A day is counted when it is a working day and no pause (paused on, resumed on) has paused on before it and resumed on or after it.
/// </summary>
sealed class TableWalk
{
    readonly Dictionary<DateOnly, bool> off = [];

    public TableWalk()
    {
        foreach (var file in Repository.Files("server/Kernel/Clocks/Holidays").Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var table = JsonDocument.Parse(Repository.Text(file));
            foreach (var day in table.RootElement.GetProperty("days").EnumerateArray())
                off[DateOnly.ParseExact(day.GetProperty("date").GetString()!, "yyyy-MM-dd")] = day.GetProperty("isOffDay").GetBoolean();
        }
    }

    public bool Works(DateOnly day) => off.TryGetValue(day, out var isOff) ? !isOff : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    public DateOnly AddWorkingDays(DateOnly start, int n, (DateOnly From, DateOnly Until)[] pauses)
    {
        var day = start;
        while (n > 0)
        {
            day = day.AddDays(1);
            if (Counts(day, pauses)) n--;
        }
        return day;
    }

    public int CountWorkingDays(DateOnly start, DateOnly until, (DateOnly From, DateOnly Until)[] pauses)
    {
        var counted = 0;
        for (var day = until; day > start; day = day.AddDays(-1))
            if (Counts(day, pauses)) counted++;
        return counted;
    }

    public DateOnly Roll(DateOnly day)
    {
        while (!Works(day)) day = day.AddDays(1);
        return day;
    }

    bool Counts(DateOnly day, (DateOnly From, DateOnly Until)[] pauses) => Works(day) && !Array.Exists(pauses, pause => day > pause.From && day <= pause.Until);
}

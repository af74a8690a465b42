using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Host.Demonstration;

/// <summary>The working days that have gone by, counted back from now: day 0 is the newest on which the halls have opened.</summary>
sealed class PastDays
{
    /// <summary>How far back the days go: more than eight weeks with a long holiday in between.</summary>
    public const int Count = 45;

    static readonly LocalTime Opening = new(9, 0);

    readonly ImmutableArray<LocalDate> days;

    public PastDays(WorkingCalendar calendar, Instant now)
    {
        var found = ImmutableArray.CreateBuilder<LocalDate>(Count);
        for (var day = LegalTime.DateOf(now); found.Count < Count; day = day.PlusDays(-1))
            if (calendar.IsWorkingDay(day) && LegalTime.At(day, Opening) <= now) found.Add(day);
        (days, Now, Calendar) = (found.ToImmutable(), now, calendar);
    }

    public Instant Now { get; }
    public WorkingCalendar Calendar { get; }

    /// <summary>The working day that lies so many working days back.</summary>
    public LocalDate this[int back] => days[back];

    /// <summary>So many minutes after the opening of the halls on that day.</summary>
    public Instant At(int back, int minutes) => LegalTime.At(days[back], Opening) + Duration.FromMinutes(minutes);

    /// <summary>A working day that is still to come.</summary>
    public LocalDate Coming(int days) => Calendar.AddWorkingDays(LegalTime.DateOf(Now), days);
}

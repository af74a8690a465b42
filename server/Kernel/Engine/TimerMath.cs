using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Engine;

/// <summary>Arithmetic of legal clocks: due instants, warnings, pauses, counted days (C-1 … C-8).</summary>
public static class TimerMath
{
    /// <summary>The last date that is counted: licences without an end are printed with a date beyond it (9999-12-31).</summary>
    public static readonly LocalDate LastDate = new(2100, 12, 31);

    static readonly LocalTime Morning = new(9, 0), Evening = new(17, 0);

    /// <summary>A new running timer. <paramref name="start"/> is the day of the starting event, which is not counted (C-1).</summary>
    public static CaseTimer Create(string kind, string key, TimeLimit limit, LocalDate start, Instant now, WorkingCalendar calendar, HallHours hall, int? token = null) =>
        Compute(new CaseTimer { Kind = kind, Key = key, Limit = limit, Start = start, StartedAt = now, Due = default, Colour = Colour.Green, Token = token }, calendar, hall);

    /// <summary>The timer with its due instant and coming warnings computed anew, after a pause ended or a calendar changed.</summary>
    public static CaseTimer Compute(CaseTimer timer, WorkingCalendar calendar, HallHours hall)
    {
        var due = Due(timer, calendar);
        var last = LegalTime.LastBegunDay(due);
        var counted = timer.Limit.Unit is LimitUnit.WorkingDays or LimitUnit.CalendarDays;
        var provisional = counted && Enumerable.Range(timer.Start.Year, last.Year - timer.Start.Year + 1).Any(year => !calendar.Years.Contains(year));
        timer = timer with { Due = due, Provisional = provisional };
        return timer with { Warnings = [.. Warnings(timer, last, calendar, hall).Where(warning => warning.Colour > timer.Colour && warning.At < due).OrderBy(warning => warning.At)] };
    }

    /// <summary>The timer paused on that day for that cause; a second cause only adds itself.</summary>
    public static CaseTimer Pause(CaseTimer timer, string cause, LocalDate day) => timer.State switch
    {
        TimerState.Running => timer with { State = TimerState.Paused, PausedBy = [cause], Pauses = timer.Pauses.Add(new Pause(day)) },
        TimerState.Paused when !timer.PausedBy.Contains(cause) => timer with { PausedBy = timer.PausedBy.Add(cause) },
        _ => timer,
    };

    /// <summary>The timer without that cause of pause; it runs again when no cause is left, its end moved by the skipped days (C-2).</summary>
    public static CaseTimer Resume(CaseTimer timer, string cause, LocalDate day, WorkingCalendar calendar, HallHours hall)
    {
        if (timer.State != TimerState.Paused || !timer.PausedBy.Contains(cause)) return timer;
        var left = timer.PausedBy.Remove(cause);
        if (left.Length > 0) return timer with { PausedBy = left };
        var ended = timer.Pauses[^1] with { Until = day };
        return Compute(timer with { State = TimerState.Running, PausedBy = [], Pauses = timer.Pauses.SetItem(timer.Pauses.Length - 1, ended) }, calendar, hall);
    }

    /// <summary>Counted days used at an instant; at exactly 00:00 the day that begins is not yet included. 0 for clock hours and 当场.</summary>
    public static int Used(CaseTimer timer, Instant now, WorkingCalendar calendar)
    {
        var until = LegalTime.LastBegunDay(timer.StoppedAt is { } stopped && stopped < now ? stopped : now);
        return timer.Limit.Unit switch
        {
            LimitUnit.WorkingDays => calendar.CountWorkingDays(timer.Start, until, timer.Pauses),
            LimitUnit.CalendarDays => Math.Max(0, Period.DaysBetween(timer.Start, until) - SkippedDays(timer, until)),
            _ => 0,
        };
    }

    /// <summary>Working days between the last day of the limit and the day on which the duty was done; 0 when it was in time.</summary>
    public static int LateWorkingDays(CaseTimer timer, Instant now, WorkingCalendar calendar)
    {
        var done = timer.StoppedAt ?? now;
        return done < timer.Due ? 0 : calendar.CountWorkingDays(LegalTime.LastBegunDay(timer.Due), LegalTime.LastBegunDay(done));
    }

    static Instant Due(CaseTimer timer, WorkingCalendar calendar) => timer.Limit.Unit switch
    {
        LimitUnit.Hours => timer.StartedAt + Duration.FromHours(timer.Limit.Count) + Duration.FromDays(PausedDays(timer)),
        LimitUnit.Minutes => timer.StartedAt + Duration.FromMinutes(timer.Limit.Count) + Duration.FromDays(PausedDays(timer)),
        _ => LegalTime.EndOf(NotInAPause(timer, LastDay(timer, calendar))),
    };

    static LocalDate LastDay(CaseTimer timer, WorkingCalendar calendar) => timer.Limit.Unit switch
    {
        LimitUnit.WorkingDays => calendar.AddWorkingDays(timer.Start, timer.Limit.Count, timer.Pauses),
        LimitUnit.CalendarDays => CalendarEnd(timer, calendar),
        LimitUnit.Months => timer.Start.PlusMonths(timer.Limit.Count).PlusDays(PausedDays(timer)),
        LimitUnit.Date => timer.Limit.Date is { } date ? LocalDate.Min(date, LastDate).PlusDays(PausedDays(timer)) : timer.Start,
        _ => timer.Start,
    };

    /// <summary>A limit cannot run out while its clock stands: one paused on its last day ends with the day on which it is resumed (C-2: extension = the days skipped).</summary>
    static LocalDate NotInAPause(CaseTimer timer, LocalDate last)
    {
        if (timer.Limit.Unit is not (LimitUnit.WorkingDays or LimitUnit.CalendarDays)) return last;
        foreach (var pause in timer.Pauses)
            if (pause.From <= last && pause.Until is { } until && until > last) last = until;
        return last;
    }

    /// <summary>Days skipped by pauses that are over: limits that are not counted day by day are prolonged by them.</summary>
    static int PausedDays(CaseTimer timer)
    {
        var days = 0;
        foreach (var pause in timer.Pauses)
            if (pause.Until is { } until) days += Period.DaysBetween(pause.From, until);
        return days;
    }

    static LocalDate CalendarEnd(CaseTimer timer, WorkingCalendar calendar)
    {
        var day = timer.Start;
        for (var counted = 0; counted < timer.Limit.Count;)
        {
            day = day.PlusDays(1);
            if (!timer.Pauses.Any(pause => pause.Skips(day))) counted++;
        }
        return timer.Limit.Rolls ? calendar.Roll(day) : day;
    }

    static int SkippedDays(CaseTimer timer, LocalDate until)
    {
        var skipped = 0;
        for (var day = timer.Start.PlusDays(1); day <= until; day = day.PlusDays(1))
            if (timer.Pauses.Any(pause => pause.Skips(day))) skipped++;
        return skipped;
    }

    static IEnumerable<TimerWarning> Warnings(CaseTimer timer, LocalDate last, WorkingCalendar calendar, HallHours hall)
    {
        var style = TimerCatalog.Get(timer.Kind).Warnings;
        if (style == WarningStyle.HallClose) yield return new TimerWarning(LegalTime.At(timer.Start, hall.Close), Colour.Red);
        if (style == WarningStyle.BeforeExpiry)
        {
            yield return new TimerWarning(LegalTime.At(calendar.SubtractWorkingDays(last, 10), Evening), Colour.Yellow);
            yield return new TimerWarning(LegalTime.At(calendar.SubtractWorkingDays(last, 3), Evening), Colour.Orange);
        }
        if (style is not (WarningStyle.LastDay or WarningStyle.SeventyPercent) || timer.Limit.Unit is LimitUnit.Hours or LimitUnit.Minutes or LimitUnit.OnTheSpot) yield break;
        if (timer.Limit.Unit is LimitUnit.WorkingDays or LimitUnit.CalendarDays && timer.Limit.Count == 0) yield break;
        if (style == WarningStyle.SeventyPercent && YellowDay(timer, calendar) is { } yellow && yellow < last) yield return new TimerWarning(LegalTime.At(yellow, Morning), Colour.Yellow);
        yield return new TimerWarning(LegalTime.At(last, Morning), Colour.Orange);
    }

    /// <summary>Counted day ⌈0.7·N⌉ (P55); null for limits that are not counted in days.</summary>
    static LocalDate? YellowDay(CaseTimer timer, WorkingCalendar calendar)
    {
        var count = (7 * timer.Limit.Count + 9) / 10;
        return timer.Limit.Unit switch
        {
            LimitUnit.WorkingDays => calendar.AddWorkingDays(timer.Start, count, timer.Pauses),
            LimitUnit.CalendarDays => CalendarEnd(timer with { Limit = timer.Limit with { Count = count, Rolls = false } }, calendar),
            _ => null,
        };
    }
}

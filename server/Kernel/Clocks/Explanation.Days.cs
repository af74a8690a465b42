using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Clocks;

public sealed partial record Explanation
{
    /// <summary>From the day of the starting event to the last day of the limit. Limits that are not counted day by day have only these two.</summary>
    static (ImmutableArray<ExplainedDay> Days, int LeftOut) ListOfDays(CaseTimer timer, WorkingCalendar calendar)
    {
        var last = LegalTime.LastBegunDay(timer.Due);
        var days = new List<ExplainedDay> { new(timer.Start, false, null, StartReason(timer)) };
        if (timer.Limit.Unit is not (LimitUnit.WorkingDays or LimitUnit.CalendarDays))
        {
            if (last > timer.Start) days.Add(new(last, false, null, EndReason(timer.Limit)));
            return ([.. days], 0);
        }
        var number = 0;
        for (var day = timer.Start.PlusDays(1); day <= last; day = day.PlusDays(1))
        {
            var counts = number < timer.Limit.Count && Counts(timer, day, calendar);
            if (counts) number++;
            days.Add(new(day, counts, counts ? number : null, counts ? WhyCounted(timer.Limit, day, calendar) : WhyNot(timer, day, calendar, number)));
        }
        return Bounded(days);
    }

    static (ImmutableArray<ExplainedDay>, int) Bounded(List<ExplainedDay> days)
    {
        if (days.Count <= MostDays) return ([.. days], 0);
        const int half = MostDays / 2;
        return ([.. days.Take(half), .. days.TakeLast(half)], days.Count - MostDays);
    }

    static bool Counts(CaseTimer timer, LocalDate day, WorkingCalendar calendar) =>
        !timer.Pauses.Any(pause => pause.Skips(day)) && (timer.Limit.Unit == LimitUnit.CalendarDays || calendar.IsWorkingDay(day));

    static LocalizedText StartReason(CaseTimer timer) => timer.Limit.Unit switch
    {
        LimitUnit.OnTheSpot => new("当场办理：闭厅时转红，法律后果于当日24:00发生（C-5）", "same visit: red at hall close, legal effect at 24:00 of this day (C-5)"),
        LimitUnit.Hours or LimitUnit.Minutes => new("自起算时刻起按钟点计算", "counted by the clock from the starting instant"),
        _ when timer.Start < LegalTime.DateOf(timer.StartedAt) => new("起算日，溯及既往，当日不计（C-1、C-6）", "day of the start, which reaches back; not counted (C-1, C-6)"),
        _ => new("起算事由发生日，不计（C-1）", "day of the starting event, not counted (C-1)"),
    };

    static LocalizedText EndReason(TimeLimit limit) => limit.Unit switch
    {
        LimitUnit.Months => new("相应月份的同日，无同日的为月末（C-8）", "the same day of the month, or its last (C-8)"),
        LimitUnit.Date => new("载明的日期，当日24:00届满，不顺延（C-7）", "the printed date, to its end; never rolled (C-7)"),
        _ => new("届满日", "the day on which it ends"),
    };

    static LocalizedText WhyCounted(TimeLimit limit, LocalDate day, WorkingCalendar calendar)
    {
        if (limit.Unit == LimitUnit.CalendarDays) return new("自然日，计入", "calendar day, counted");
        return calendar.Mark(day) is { IsOffDay: false } shifted
            ? new($"调休上班（{shifted.Name}），计入（C-10）", $"shifted working day ({shifted.Name}), counted (C-10)")
            : new("工作日，计入", "working day, counted");
    }

    static LocalizedText WhyNot(CaseTimer timer, LocalDate day, WorkingCalendar calendar, int number)
    {
        if (timer.Pauses.FirstOrDefault(pause => pause.Skips(day)) is { } pause) return Paused(timer, pause);
        var off = OffDay(day, calendar);
        if (number < timer.Limit.Count) return off ?? new("不计", "not counted");
        return off is not null
            ? new($"{off.Zh}，期满日顺延（C-3）", $"{off.En}; the end rolls on (C-3)")
            : new("顺延至此工作日届满（C-3）", "rolled: the limit ends on this working day (C-3)");
    }

    /// <summary>The causes are known while a pause lasts; the days after it say that it was one.</summary>
    static LocalizedText Paused(CaseTimer timer, Pause pause)
    {
        if (pause.Until is not null) return new("时钟暂停（特别程序或中止），不计（C-2）", "clock paused (special procedure or suspension), not counted (C-2)");
        var special = timer.PausedBy.Contains("special");
        var suspended = timer.PausedBy.Contains("suspended");
        return (special, suspended) switch
        {
            (true, true) => new("特别程序且中止中，不计（C-2）", "special procedure and suspension, not counted (C-2)"),
            (true, _) => new("特别程序（不计时环节）中，不计（C-2、P16）", "special procedure, not counted (C-2, P16)"),
            _ => new("中止办理中，不计（C-2）", "suspended, not counted (C-2)"),
        };
    }

    static LocalizedText? OffDay(LocalDate day, WorkingCalendar calendar)
    {
        if (calendar.IsWorkingDay(day)) return null;
        return calendar.Mark(day) is { IsOffDay: true } holiday ? new($"{holiday.Name}放假，不计", $"holiday ({holiday.Name}), not counted") : new("周末，不计", "weekend, not counted");
    }
}

using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Profiles;
using Xunit;

namespace Orchestrator.Kernel.Tests.Clocks;

public sealed class Explaining
{
    static readonly WorkingCalendar Calendar = WorkingCalendar.Shipped;
    static readonly PolicyProfile Profile = ShippedProfiles.Get("CQ");

    static LocalDate Day(int month, int day) => new(2026, month, day);

    static CaseTimer Clock(string kind, string limit, LocalDate start) =>
        TimerMath.Create(kind, kind, TimeLimit.Parse(limit), start, LegalTime.At(start, new LocalTime(10, 0)), Calendar, HallHours.Default);

    static CaseTimer Paused(CaseTimer timer, LocalDate from, LocalDate until) => TimerMath.Resume(TimerMath.Pause(timer, "special", from), "special", until, Calendar, HallHours.Default);

    static Explanation Explain(CaseTimer timer, Instant? now = null) => Explanation.Of(timer, now ?? LegalTime.At(timer.Start.PlusDays(2), new LocalTime(12, 0)), Calendar, Profile, null);

    static string Reason(Explanation explained, LocalDate day) => explained.Days.Single(each => each.Date == day).Reason.Zh;

    [Fact]
    public void Every_day_says_why_it_counts_or_does_not()
    {
        var explained = Explain(Clock("T-PRO", "10wd", Day(9, 18)));

        Assert.Contains("不计（C-1）", Reason(explained, Day(9, 18)), StringComparison.Ordinal);
        Assert.Contains("周末", Reason(explained, Day(9, 19)), StringComparison.Ordinal);
        Assert.Contains("调休上班（国庆节）", Reason(explained, Day(9, 20)), StringComparison.Ordinal);
        Assert.Contains("工作日", Reason(explained, Day(9, 21)), StringComparison.Ordinal);
        Assert.Contains("中秋节放假", Reason(explained, Day(9, 25)), StringComparison.Ordinal);
        Assert.Contains("国庆节放假", Reason(explained, Day(10, 1)), StringComparison.Ordinal);
        Assert.Equal((Day(10, 9), 10), (explained.Days[^1].Date, explained.Days[^1].Number));
        Assert.Equal((1, 10, 9), (explained.Used, explained.Total, explained.Left));
    }

    [Fact]
    public void Days_of_a_pause_are_left_out_and_an_open_pause_says_why()
    {
        var over = Explain(Paused(Clock("T-PRO", "10wd", Day(9, 21)), Day(9, 23), Day(9, 30)));
        Assert.Contains("暂停", Reason(over, Day(9, 24)), StringComparison.Ordinal);
        Assert.Equal(Day(10, 16), over.Days[^1].Date);
        Assert.Contains("C-2", over.Rules);

        var open = Explain(TimerMath.Pause(Clock("T-PRO", "10wd", Day(9, 21)), "suspended", Day(9, 23)));
        Assert.Contains("中止", Reason(open, Day(9, 28)), StringComparison.Ordinal);
        Assert.Contains("暂停", open.Summary.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_day_limit_shows_how_its_end_rolls()
    {
        var rolled = Explain(Clock("T-BAD", "7cd", Day(9, 24)));
        Assert.Equal(7, rolled.Days.Count(day => day.Counted));
        Assert.Equal(7, rolled.Days.Single(day => day.Date == Day(10, 1)).Number);
        Assert.Contains("顺延", Reason(rolled, Day(10, 7)), StringComparison.Ordinal);
        Assert.Contains("顺延至此", Reason(rolled, Day(10, 8)), StringComparison.Ordinal);

        var kept = Explain(Clock("T-BAD", "7cd!", Day(9, 24)));
        Assert.Equal(Day(10, 1), kept.Days[^1].Date);
        Assert.Contains("P59", kept.Rules);
    }

    [Theory]
    [InlineData("T-EXT", "2026-09-30", "C-7"), InlineData("T-SPT", "ots", "C-5"), InlineData("T-STA", "2m", "C-8"), InlineData("T-CRT", "1h", "QS-T43"), InlineData("T-NTF", "5min", "XA-18")]
    public void Other_units_name_their_convention(string kind, string limit, string rule)
    {
        var explained = Explain(Clock(kind, limit, Day(9, 21)));

        Assert.Contains(rule, explained.Rules);
        Assert.Equal(0, explained.Total);
        Assert.NotEmpty(explained.Print("en"));
    }

    [Fact]
    public void A_deemed_start_reaches_back()
    {
        var timer = TimerMath.Create("T-PRO", "T-PRO", TimeLimit.Parse("10wd"), Day(9, 24), LegalTime.EndOf(Day(9, 28)), Calendar, HallHours.Default);

        Assert.Contains("C-6", Explain(timer).Rules);
        Assert.Contains("溯及", Explain(timer).Days[0].Reason.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_in_a_year_without_a_holiday_notice_is_provisional()
    {
        var explained = Explain(Clock("T-STA", "20wd", Day(12, 20)));

        Assert.True(explained.Provisional);
        Assert.Contains("2027", explained.ProvisionalBecause!.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_duty_says_how_late()
    {
        var fired = Clock("T-PRO", "3wd", Day(9, 21)) with { State = TimerState.Stopped, StoppedAt = LegalTime.At(Day(9, 29), new LocalTime(9, 0)) };

        Assert.Equal(2, Explain(fired, LegalTime.At(Day(10, 20), LocalTime.Noon)).LateWorkingDays);
        Assert.Contains("逾期2个工作日", Explain(fired).Summary.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_paused_on_its_last_day_ends_with_the_day_of_resumption()
    {
        var timer = Paused(Clock("T-PRO", "3wd", Day(9, 21)), Day(9, 24), Day(9, 29));

        Assert.Equal(LegalTime.EndOf(Day(9, 29)), timer.Due);
        Assert.Equal(3, Explain(timer).Days.Count(day => day.Counted));
    }

    [Fact]
    public void A_long_limit_is_listed_from_both_ends()
    {
        var explained = Explain(Clock("T-STA", "1000wd", Day(9, 21)));

        Assert.Equal(Explanation.MostDays, explained.Days.Length);
        Assert.True(explained.DaysLeftOut > 0);
        Assert.Equal(1000, explained.Days[^1].Number);
        Assert.InRange(explained.Print().Split('\n').Length, 1, Explanation.MostDays + 20);
    }

    [Fact]
    public void The_source_of_a_correction_limit_is_named()
    {
        Assert.Contains("P05", Explain(Clock("T-COR", "10wd", Day(9, 21))).Rules);
        Assert.Equal("期限取自告知书", Explain(Clock("T-COR", "6wd", Day(9, 21))).LimitFrom.Zh);
    }

    [Fact]
    public void The_counted_days_of_a_running_clock_are_its_limit_and_end_on_its_due_day() => Holds((timer, explained) =>
    {
        if (explained.DaysLeftOut == 0) Assert.Equal(timer.Limit.Count, explained.Days.Count(day => day.Counted));
        Assert.Equal(LegalTime.LastBegunDay(timer.Due), explained.Days[^1].Date);
        var last = explained.Days.Last(day => day.Counted);
        Assert.Equal(timer.Limit.Count, last.Number);
        if (timer.Limit.Unit == LimitUnit.WorkingDays && !timer.Pauses.Any(pause => pause.From <= last.Date && pause.Until > last.Date)) Assert.Equal(LegalTime.LastBegunDay(timer.Due), last.Date);
    });

    [Fact]
    public void Used_days_are_the_counted_days_behind_the_instant() => Holds((timer, explained) =>
    {
        if (explained.DaysLeftOut > 0) return;
        foreach (var day in explained.Days)
        {
            var used = TimerMath.Used(timer, LegalTime.EndOf(day.Date), Calendar);
            Assert.True(used == explained.Days.Count(each => each.Counted && each.Date <= day.Date) || day.Date > explained.Days.Last(each => each.Counted).Date, $"{day.Date}: {used}");
        }
    });

    /// <summary>Random limits from random days with up to three pauses, each begun while the clock ran.</summary>
    static void Holds(Action<CaseTimer, Explanation> check) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (int seed) =>
    {
        var random = new Random(seed);
        var timer = Clock("T-PRO", $"{random.Next(1, 40)}{(random.Next(3) == 0 ? random.Next(2) == 0 ? "cd" : "cd!" : "wd")}", Day(1, 1).PlusDays(random.Next(300)));
        var day = timer.Start;
        for (var i = random.Next(4); i > 0; i--)
        {
            day = day.PlusDays(random.Next(12));
            if (day > LegalTime.LastBegunDay(timer.Due)) break;
            var until = day.PlusDays(random.Next(20));
            timer = Paused(timer, day, until);
            day = until;
        }
        check(timer, Explain(timer));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500).WithQuietOnSuccess(true));
}

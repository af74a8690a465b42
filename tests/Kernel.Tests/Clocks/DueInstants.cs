using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Tests.Clocks;

/// <summary>The instants at which clocks end, for every unit of limit.</summary>
public sealed class DueInstants
{
    static readonly WorkingCalendar Calendar = WorkingCalendar.Shipped;
    static readonly LocalDate Friday = new(2026, 9, 18);

    public static TheoryData<string> Ids => CalendarVectors.Ids;

    [Theory, MemberData(nameof(Ids))] // C-2, C-4
    public void a_clock_that_is_paused_and_resumed_ends_at_midnight_after_the_day_of_the_vector(string id)
    {
        var vector = CalendarVectors.All[id];
        var timer = Clock(vector.Limit, vector.Start);
        foreach (var pause in vector.Pauses)
        {
            timer = TimerMath.Pause(timer, "special", pause.From);
            timer = TimerMath.Resume(timer, "special", pause.Until!.Value, Calendar, HallHours.Default);
        }

        Assert.Equal(LegalTime.EndOf(vector.LastDay), timer.Due);
    }

    [Fact] // C-2
    public void a_clock_paused_for_two_causes_runs_again_when_both_are_gone()
    {
        var timer = TimerMath.Pause(TimerMath.Pause(Clock("10wd", Friday), "special", Friday.PlusDays(3)), "suspended", Friday.PlusDays(4));

        var half = TimerMath.Resume(timer, "special", Friday.PlusDays(5), Calendar, HallHours.Default);
        var whole = TimerMath.Resume(half, "suspended", Friday.PlusDays(6), Calendar, HallHours.Default);

        Assert.Equal(TimerState.Paused, half.State);
        Assert.Equal(TimerState.Running, whole.State);
        Assert.Equal(LegalTime.EndOf(Calendar.AddWorkingDays(Friday, 10, [new Pause(Friday.PlusDays(3), Friday.PlusDays(6))])), whole.Due);
    }

    [Fact] // C-5
    public void on_the_spot_turns_red_at_hall_close_and_expires_at_midnight()
    {
        var timer = TimerMath.Create("T-SPT", "T-SPT", TimeLimit.Parse("ots"), Friday, LegalTime.At(Friday, new LocalTime(10, 0)), Calendar, HallHours.Default);

        Assert.Equal(LegalTime.EndOf(Friday), timer.Due);
        Assert.Equal([new TimerWarning(LegalTime.At(Friday, HallHours.Default.Close), Colour.Red)], timer.Warnings);
    }

    [Fact] // C-6
    public void a_clock_that_starts_late_but_counts_from_the_receipt_day_ends_as_if_it_had_started_then()
    {
        var receipt = new LocalDate(2026, 9, 24);
        var late = TimerMath.Create("T-PRO", "T-PRO", TimeLimit.Parse("10wd"), receipt, LegalTime.EndOf(new LocalDate(2026, 9, 28)), Calendar, HallHours.Default);

        Assert.Equal(Clock("10wd", receipt).Due, late.Due);
        Assert.Equal(1, TimerMath.Used(late, late.StartedAt, Calendar)); // C-2, R-02: the 28th alone, after three days off
    }

    [Theory] // C-7
    [InlineData("2026-10-03")]
    [InlineData("2026-09-27")]
    [InlineData("2026-12-31")]
    public void a_printed_date_ends_with_that_day_whatever_day_it_is(string date)
    {
        var limit = TimeLimit.Parse(date);
        Assert.Equal(LegalTime.EndOf(limit.Date!.Value), Clock(limit, Friday).Due);
    }

    [Theory] // C-8
    [InlineData(2026, 1, 31, "1m", 2026, 2, 28)]
    [InlineData(2024, 1, 31, "1m", 2024, 2, 29)]
    [InlineData(2026, 8, 31, "3m", 2026, 11, 30)]
    [InlineData(2026, 9, 18, "3m", 2026, 12, 18)]
    [InlineData(2025, 11, 30, "3m", 2026, 2, 28)]
    public void months_end_on_the_same_day_number_or_the_last_day_of_the_month(int year, int month, int day, string limit, int endYear, int endMonth, int endDay) =>
        Assert.Equal(LegalTime.EndOf(new LocalDate(endYear, endMonth, endDay)), Clock(limit, new LocalDate(year, month, day)).Due);

    [Fact] // C-8
    public void months_never_spill_into_the_next_month() => Prop.ForAll(
        (from day in Gen.Choose(0, 2800) from months in Gen.Choose(0, 36) select (Start: new LocalDate(2019, 1, 1).PlusDays(day), Months: months)).ToArbitrary(),
        run =>
        {
            var last = LegalTime.LastBegunDay(Clock(new TimeLimit(run.Months, LimitUnit.Months), run.Start).Due);
            var monthEnd = last.Calendar.GetDaysInMonth(last.Year, last.Month);
            return last.Day == Math.Min(run.Start.Day, monthEnd) && (last.Year * 12) + last.Month == (run.Start.Year * 12) + run.Start.Month + run.Months;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("2h", 120)]
    [InlineData("30min", 30)]
    public void hours_and_minutes_run_by_the_clock_on_days_off_too(string limit, int minutes)
    {
        var started = LegalTime.At(new LocalDate(2026, 10, 1), new LocalTime(23, 50));
        Assert.Equal(started + Duration.FromMinutes(minutes), TimerMath.Create("T-CRT", "T-CRT", TimeLimit.Parse(limit), new LocalDate(2026, 10, 1), started, Calendar, HallHours.Default).Due);
    }

    [Theory] // C-10
    [InlineData("2026-12-20", "5wd", false)]
    [InlineData("2026-12-28", "5wd", true)]
    [InlineData("2026-12-28", "1m", false)]
    public void a_count_that_reaches_into_a_year_without_a_table_is_provisional(string start, string limit, bool provisional) =>
        Assert.Equal(provisional, Clock(limit, TimeLimit.Parse(start).Date!.Value).Provisional);

    static CaseTimer Clock(string limit, LocalDate start) => Clock(TimeLimit.Parse(limit), start);

    static CaseTimer Clock(TimeLimit limit, LocalDate start) =>
        TimerMath.Create("T-PRO", "T-PRO", limit, start, LegalTime.At(start, new LocalTime(10, 0)), Calendar, HallHours.Default);
}

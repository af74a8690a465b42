using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Tests.Clocks;

/// <summary>The conventions of counting as properties over random days, lengths and pauses.</summary>
public sealed class CalendarRules
{
    static readonly WorkingCalendar Calendar = WorkingCalendar.Shipped;
    static readonly LocalDate First = new(2019, 1, 1);
    static readonly Gen<LocalDate> Day = Gen.Choose(0, 2921).Select(offset => First.PlusDays(offset));
    static readonly Gen<int> Length = Gen.Choose(1, 40);
    static readonly Gen<(LocalDate Start, int N)> Run = from start in Day from n in Length select (start, n);

    static readonly Gen<(LocalDate Start, int N, Pause Pause)> PausedRun =
        from run in Run
        from before in Gen.Choose(0, 50)
        from length in Gen.Choose(0, 30)
        select (run.Start, run.N, new Pause(run.Start.PlusDays(before), run.Start.PlusDays(before + length)));

    [Fact] // C-1
    public void the_day_of_the_event_is_not_counted_and_the_last_day_is_a_working_day() => Holds(Run, run =>
    {
        var due = Calendar.AddWorkingDays(run.Start, run.N);
        return due > run.Start && Calendar.IsWorkingDay(due) && Calendar.CountWorkingDays(run.Start, due) == run.N && Calendar.CountWorkingDays(run.Start, run.Start) == 0;
    });

    [Fact] // C-1: a submission on a day off counts as received on that day
    public void a_limit_that_starts_on_a_day_off_ends_as_one_from_the_last_working_day_before() => Holds(Run, run =>
        Calendar.AddWorkingDays(run.Start, run.N) == Calendar.AddWorkingDays(Calendar.SubtractWorkingDays(run.Start, 0), run.N));

    [Fact]
    public void counting_day_by_day_gives_the_same_as_counting_at_once() => Holds(Run, run =>
        Enumerable.Range(0, run.N).Aggregate(run.Start, (day, _) => Calendar.AddWorkingDays(day, 1)) == Calendar.AddWorkingDays(run.Start, run.N));

    [Fact]
    public void counts_of_neighbouring_spans_add_up() => Holds(PausedRun, run =>
    {
        var end = run.Start.PlusDays(run.N);
        var middle = run.Start.PlusDays(run.N / 2);
        return Calendar.CountWorkingDays(run.Start, end, [run.Pause]) == Calendar.CountWorkingDays(run.Start, middle, [run.Pause]) + Calendar.CountWorkingDays(middle, end, [run.Pause]);
    });

    [Fact] // C-2
    public void the_pause_day_is_counted_and_the_resume_day_is_not() => Holds(PausedRun, run =>
        !run.Pause.Skips(run.Pause.From) && (run.Pause.From == run.Pause.Until || run.Pause.Skips(run.Pause.Until!.Value)) && !run.Pause.Skips(run.Pause.Until!.Value.PlusDays(1)));

    [Fact] // C-2
    public void a_pause_within_one_day_changes_nothing() => Holds(PausedRun, run =>
        Calendar.AddWorkingDays(run.Start, run.N, [run.Pause with { Until = run.Pause.From }]) == Calendar.AddWorkingDays(run.Start, run.N));

    [Fact] // C-2
    public void a_pause_moves_the_end_by_the_working_days_after_it_began_up_to_the_resume_day() => Holds(PausedRun, run =>
    {
        var unpaused = Calendar.AddWorkingDays(run.Start, run.N);
        var paused = Calendar.AddWorkingDays(run.Start, run.N, [run.Pause]);
        var moved = run.Pause.From < unpaused ? Calendar.CountWorkingDays(run.Pause.From, run.Pause.Until!.Value) : 0;
        return Calendar.CountWorkingDays(unpaused, paused) == moved;
    });

    [Fact] // C-2
    public void a_pause_in_two_parts_that_meet_is_one_pause() => Holds(PausedRun, run =>
    {
        var (from, until) = (run.Pause.From, run.Pause.Until!.Value);
        var middle = from.PlusDays(Period.DaysBetween(from, until) / 2);
        return Calendar.AddWorkingDays(run.Start, run.N, [new(from, middle), new(middle, until)]) == Calendar.AddWorkingDays(run.Start, run.N, [run.Pause]);
    });

    [Fact] // C-2
    public void pauses_that_overlap_skip_a_day_once() => Holds(PausedRun, run =>
        Calendar.AddWorkingDays(run.Start, run.N, [run.Pause, run.Pause]) == Calendar.AddWorkingDays(run.Start, run.N, [run.Pause]));

    [Fact] // C-3
    public void a_calendar_day_limit_rolls_to_the_first_working_day_and_only_over_days_off() => Holds(Run, run =>
    {
        var plain = Calendar.AddCalendarDays(run.Start, run.N, roll: false);
        var rolled = Calendar.AddCalendarDays(run.Start, run.N, roll: true);
        return plain == run.Start.PlusDays(run.N) && Calendar.IsWorkingDay(rolled) && rolled >= plain
            && Enumerable.Range(0, Period.DaysBetween(plain, rolled)).All(skipped => !Calendar.IsWorkingDay(plain.PlusDays(skipped)));
    });

    [Fact] // C-4
    public void a_limit_ends_at_midnight_after_its_last_day_and_a_moment_before_is_still_that_day() => Holds(Day, day =>
    {
        var end = LegalTime.EndOf(day);
        return end == LegalTime.At(day.PlusDays(1), LocalTime.Midnight) && LegalTime.DateOf(end - Duration.Epsilon) == day && LegalTime.DateOf(end) == day.PlusDays(1)
            && LegalTime.LastBegunDay(end) == day && LegalTime.LastBegunDay(end + Duration.Epsilon) == day.PlusDays(1);
    });

    [Fact] // C-10
    public void a_year_without_a_published_table_is_provisional_and_counted_by_weekdays()
    {
        Assert.Equal(Enumerable.Range(2019, 8), Calendar.Years.Order());
        Assert.False(Calendar.IsProvisional(new LocalDate(2026, 12, 31)));
        Assert.True(Calendar.IsProvisional(new LocalDate(2027, 1, 1)));
        Assert.True(Calendar.IsWorkingDay(new LocalDate(2027, 10, 1)));
    }

    [Fact] // C-10
    public void tables_of_neighbouring_years_are_merged_by_date()
    {
        Assert.False(Calendar.IsWorkingDay(new LocalDate(2018, 12, 31)));
        Assert.True(Calendar.IsWorkingDay(new LocalDate(2018, 12, 29)));
        Assert.Equal("元旦", Calendar.Mark(new LocalDate(2022, 12, 31))?.Name);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("{\"year\":2028,\"days\":[{\"name\":\"x\",\"date\":\"2028-02-30\",\"isOffDay\":true}]}")]
    [InlineData("{\"year\":2028,\"days\":[{\"name\":\"x\",\"date\":\"2028-02-01\"}]}")]
    public void a_table_of_another_form_is_refused(string table) => Assert.Throws<FormatException>(() => WorkingCalendar.FromTables("test", [table]));

    static void Holds<T>(Gen<T> cases, Func<T, bool> rule) => Prop.ForAll(cases.ToArbitrary(), rule).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}

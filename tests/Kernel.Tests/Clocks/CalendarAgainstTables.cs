using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Tests.Clocks;

/// <summary>The calendar against <see cref="TableWalk"/> on many random cases; the seed is fixed so that a difference can be repeated.</summary>
public sealed class CalendarAgainstTables
{
    const int Cases = 200_000;
    static readonly DateOnly First = new(2019, 1, 1);
    static readonly int Days = new DateOnly(2026, 12, 31).DayNumber - First.DayNumber + 1;
    static readonly TableWalk Tables = new();

    [Fact]
    public void every_day_of_the_tables_is_a_working_day_or_not_alike()
    {
        for (var i = 0; i < Days; i++)
            Assert.True(Tables.Works(First.AddDays(i)) == WorkingCalendar.Shipped.IsWorkingDay(Noda(First.AddDays(i))), $"{First.AddDays(i)}");
    }

    [Fact]
    public void adding_and_counting_working_days_agree_with_and_without_pauses()
    {
        var random = new Random(20190101);
        for (var i = 0; i < Cases; i++)
        {
            var start = First.AddDays(random.Next(Days));
            var n = random.Next(31);
            var pauses = Pauses(random, start);
            var expected = Tables.AddWorkingDays(start, n, pauses);
            var actual = WorkingCalendar.Shipped.AddWorkingDays(Noda(start), n, Noda(pauses));
            Assert.True(Noda(expected) == actual, $"{start} + {n}wd {Text(pauses)}: {expected}, calendar {actual}");

            var until = start.AddDays(random.Next(-3, 60));
            var counted = WorkingCalendar.Shipped.CountWorkingDays(Noda(start), Noda(until), Noda(pauses));
            Assert.True(Tables.CountWorkingDays(start, until, pauses) == counted, $"{start} to {until} {Text(pauses)}: calendar {counted}");
        }
    }

    [Fact]
    public void rolling_agrees_from_every_day()
    {
        for (var day = First; day < First.AddDays(Days); day = day.AddDays(1))
            for (var n = 0; n <= 40; n += 8)
                Assert.Equal(Noda(Tables.Roll(day.AddDays(n))), WorkingCalendar.Shipped.AddCalendarDays(Noda(day), n, roll: true));
    }

    [Fact]
    public void subtracting_gives_the_latest_working_day_with_that_many_after_it()
    {
        var random = new Random(20261231);
        for (var i = 0; i < Cases / 10; i++)
        {
            var end = First.AddDays(40 + random.Next(Days - 40));
            var n = random.Next(16);
            var expected = end;
            while (!Tables.Works(expected) || Tables.CountWorkingDays(expected, end, []) != n) expected = expected.AddDays(-1);
            Assert.True(Noda(expected) == WorkingCalendar.Shipped.SubtractWorkingDays(Noda(end), n), $"{end} - {n}wd: {expected}");
        }
    }

    static (DateOnly From, DateOnly Until)[] Pauses(Random random, DateOnly start)
    {
        var pauses = new (DateOnly, DateOnly)[random.Next(4)];
        for (var i = 0; i < pauses.Length; i++)
        {
            var from = start.AddDays(random.Next(45));
            pauses[i] = (from, from.AddDays(random.Next(20)));
        }
        return pauses;
    }

    static LocalDate Noda(DateOnly day) => LocalDate.FromDateOnly(day);

    static ImmutableArray<Pause> Noda((DateOnly From, DateOnly Until)[] pauses) => [.. pauses.Select(pause => new Pause(Noda(pause.From), Noda(pause.Until)))];

    static string Text((DateOnly From, DateOnly Until)[] pauses) => string.Join(' ', pauses.Select(pause => $"[{pause.From}, {pause.Until}]"));
}

using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Tests.Clocks;

/// <summary>The written form of limits.</summary>
public sealed class TimeLimits
{
    static readonly Gen<TimeLimit> Limits =
        from count in Gen.Choose(0, TimeLimit.MaxCount)
        from unit in Gen.Elements(Enum.GetValues<LimitUnit>())
        from rolls in Gen.Elements(true, false)
        select unit switch
        {
            LimitUnit.OnTheSpot => new TimeLimit(0, unit),
            LimitUnit.Date => new TimeLimit(0, unit, Rolls: false, new LocalDate(2019, 1, 1).PlusDays(count)),
            LimitUnit.CalendarDays => new TimeLimit(count, unit, rolls),
            _ => new TimeLimit(count, unit),
        };

    [Fact]
    public void what_is_printed_is_read_back() =>
        Prop.ForAll(Limits.ToArbitrary(), limit => TimeLimit.Parse(limit.ToString()) == limit).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void what_is_written_to_json_is_read_back() =>
        Prop.ForAll(Limits.ToArbitrary(), limit => JsonSerializer.Deserialize<TimeLimit>(JsonSerializer.Serialize(limit)) == limit).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void any_text_is_read_or_declined_and_what_is_read_prints_as_itself() =>
        Prop.ForAll<string?>(text => !TimeLimit.TryParse(text, out var limit) || TimeLimit.Parse(limit.ToString()) == limit).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Theory]
    [InlineData("5wd", LimitUnit.WorkingDays, 5, true)]
    [InlineData("7cd", LimitUnit.CalendarDays, 7, true)]
    [InlineData("7cd!", LimitUnit.CalendarDays, 7, false)]
    [InlineData("2h", LimitUnit.Hours, 2, true)]
    [InlineData("30min", LimitUnit.Minutes, 30, true)]
    [InlineData("3m", LimitUnit.Months, 3, true)]
    [InlineData("0wd", LimitUnit.WorkingDays, 0, true)]
    [InlineData("ots", LimitUnit.OnTheSpot, 0, true)]
    [InlineData(" 5wd ", LimitUnit.WorkingDays, 5, true)]
    public void each_unit_has_its_suffix(string text, LimitUnit unit, int count, bool rolls) => Assert.Equal(new TimeLimit(count, unit, rolls), TimeLimit.Parse(text));

    [Fact] // C-7
    public void a_printed_date_never_rolls() =>
        Assert.Equal(new TimeLimit(0, LimitUnit.Date, Rolls: false, new LocalDate(2026, 10, 3)), TimeLimit.Parse("2026-10-03"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wd")]
    [InlineData("5")]
    [InlineData("-1wd")]
    [InlineData("5 wd")]
    [InlineData("5wd!")]
    [InlineData("1.5h")]
    [InlineData("3661wd")]
    [InlineData("99999999999wd")]
    [InlineData("2026-02-30")]
    [InlineData("２wd")]
    public void what_is_not_a_limit_is_declined(string? text)
    {
        Assert.False(TimeLimit.TryParse(text, out _));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<TimeLimit>(JsonSerializer.Serialize(text + "?")));
    }

    [Theory] // OP-18
    [InlineData("5wd", "7cd")]
    [InlineData("10wd", "14cd!")]
    [InlineData("24h", "1cd")]
    public void five_working_days_compare_as_seven_calendar_days(string one, string other) =>
        Assert.Equal(TimeLimit.Parse(one).ComparableDays, TimeLimit.Parse(other).ComparableDays);
}

using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Orchestrator.Kernel.Clocks;

/// <summary>The unit in which a limit is counted (C-1…C-10).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LimitUnit>))]
public enum LimitUnit
{
    /// <summary>工作日, <c>wd</c>: working days of the national calendar (C-10).</summary>
    WorkingDays,

    /// <summary>自然日, <c>cd</c>: calendar days, rolled to the next working day unless <c>!</c> (C-3).</summary>
    CalendarDays,

    /// <summary>A printed date: its end, never rolled (C-7).</summary>
    Date,

    /// <summary>当场, <c>ots</c>: the same visit; red at hall close, legal effect at 24:00 of that day (C-5).</summary>
    OnTheSpot,

    /// <summary>Clock hours, <c>h</c>.</summary>
    Hours,

    /// <summary>Clock minutes, <c>min</c>.</summary>
    Minutes,

    /// <summary>Months, <c>m</c>: end on the same day number, or the last day of the month (C-8).</summary>
    Months,
}

/// <summary>A time limit as it is written in items, notices and flows: <c>5wd</c>, <c>7cd</c>, <c>7cd!</c>, <c>2h</c>, <c>30min</c>, <c>3m</c>, <c>ots</c>, <c>2026-10-08</c>.</summary>
/// <param name="Count">How many units; 0 for dates and 当场.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Rolls">Whether a calendar-day limit that ends on a day off moves to the next working day (C-3, P59).</param>
/// <param name="Date">The printed date when <paramref name="Unit"/> is <see cref="LimitUnit.Date"/>.</param>
[JsonConverter(typeof(TimeLimitJsonConverter))]
public sealed record TimeLimit(int Count, LimitUnit Unit, bool Rolls = true, LocalDate? Date = null)
{
    /// <summary>The longest limit that is accepted, in units: ten years of days.</summary>
    public const int MaxCount = 3660;

    /// <summary>Working days.</summary>
    public static TimeLimit WorkingDays(int count) => new(count, LimitUnit.WorkingDays);

    /// <summary>Reads the written form; false when it is not a limit or is out of range (negative, over <see cref="MaxCount"/>).</summary>
    public static bool TryParse(string? text, out TimeLimit limit)
    {
        limit = new TimeLimit(0, LimitUnit.WorkingDays);
        if (string.IsNullOrWhiteSpace(text)) return false;
        text = text.Trim();
        if (text.Equals("ots", StringComparison.OrdinalIgnoreCase))
        {
            limit = new TimeLimit(0, LimitUnit.OnTheSpot);
            return true;
        }
        if (text.Length == 10 && LocalDatePattern.Iso.Parse(text) is { Success: true } parsed)
        {
            limit = new TimeLimit(0, LimitUnit.Date, Rolls: false, Date: parsed.Value);
            return true;
        }
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (digits is 0 or > 5 || !int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MaxCount)
            return false;
        switch (text[digits..])
        {
            case "wd": limit = new TimeLimit(count, LimitUnit.WorkingDays); return true;
            case "cd": limit = new TimeLimit(count, LimitUnit.CalendarDays); return true;
            case "cd!": limit = new TimeLimit(count, LimitUnit.CalendarDays, Rolls: false); return true;
            case "h": limit = new TimeLimit(count, LimitUnit.Hours); return true;
            case "min": limit = new TimeLimit(count, LimitUnit.Minutes); return true;
            case "m": limit = new TimeLimit(count, LimitUnit.Months); return true;
            default: return false;
        }
    }

    /// <summary>Reads the written form.</summary>
    /// <exception cref="FormatException">The text is not a limit.</exception>
    public static TimeLimit Parse(string text) =>
        TryParse(text, out var limit) ? limit : throw new FormatException($"'{text}' is not a time limit such as 5wd, 7cd, 7cd!, 2h, 30min, 3m, ots or 2026-10-08.");

    /// <summary>The limit in days for comparing promised with statutory limits: 5 working days are 7 calendar days (OP-18).</summary>
    public decimal ComparableDays => Unit switch
    {
        LimitUnit.WorkingDays => Count * 7m / 5m,
        LimitUnit.CalendarDays => Count,
        LimitUnit.Months => Count * 30m,
        LimitUnit.Hours => Count / 24m,
        LimitUnit.Minutes => Count / 1440m,
        _ => 0m,
    };

    /// <summary>The written form that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => Unit switch
    {
        LimitUnit.WorkingDays => $"{Count}wd",
        LimitUnit.CalendarDays => Rolls ? $"{Count}cd" : $"{Count}cd!",
        LimitUnit.Hours => $"{Count}h",
        LimitUnit.Minutes => $"{Count}min",
        LimitUnit.Months => $"{Count}m",
        LimitUnit.OnTheSpot => "ots",
        _ => LocalDatePattern.Iso.Format(Date ?? default),
    };
}

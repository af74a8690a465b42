using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Clocks;

/// <summary>One day of a limit.</summary>
/// <param name="Date">The day.</param>
/// <param name="Counted">Whether it is charged to the limit.</param>
/// <param name="Number">Which counted day it is, from 1; null when it is not counted.</param>
/// <param name="Reason">Why it counts or does not, with the rule.</param>
public sealed record ExplainedDay(LocalDate Date, bool Counted, int? Number, LocalizedText Reason);

/// <summary>Why a clock ends when it ends (Promise 3): every day between its start and its due instant, with the rule that counts it or leaves it out.</summary>
public sealed partial record Explanation
{
    /// <summary>Key of the timer, for example <c>T-PAR:A</c>.</summary>
    public required string Key { get; init; }
    /// <summary>Its name.</summary>
    public required LocalizedText Title { get; init; }
    /// <summary>Rules behind it: articles, parameters (P05) and counting conventions (C-1 …).</summary>
    public required ImmutableArray<string> Rules { get; init; }
    /// <summary>The limit.</summary>
    public required TimeLimit Limit { get; init; }
    /// <summary>Where the limit comes from.</summary>
    public required LocalizedText LimitFrom { get; init; }
    /// <summary>Day of the starting event; not counted (C-1).</summary>
    public required LocalDate Start { get; init; }
    /// <summary>Instant at which the clock was set.</summary>
    public required Instant StartedAt { get; init; }
    /// <summary>The days in order. Of a limit longer than <see cref="MostDays"/> days only the first and the last are listed.</summary>
    public required ImmutableArray<ExplainedDay> Days { get; init; }
    /// <summary>How many days in the middle are not listed.</summary>
    public int DaysLeftOut { get; init; }
    /// <summary>Pauses; one that lasts has no end.</summary>
    public required ImmutableArray<Pause> Pauses { get; init; }
    /// <summary>Running, paused, stopped or fired.</summary>
    public required TimerState State { get; init; }
    /// <summary>The instant at which the limit ends. While the clock is paused it moves on with every day that is skipped.</summary>
    public required Instant Due { get; init; }
    /// <summary>Why the due instant may still move; null when it is final.</summary>
    public LocalizedText? ProvisionalBecause { get; init; }
    /// <summary>Warnings still to come.</summary>
    public required ImmutableArray<TimerWarning> Warnings { get; init; }
    /// <summary>Counted days used.</summary>
    public required int Used { get; init; }
    /// <summary>Counted days of the limit; 0 for limits that are not counted in days.</summary>
    public required int Total { get; init; }
    /// <summary>Counted days left.</summary>
    public int Left => Math.Max(0, Total - Used);
    /// <summary>Working days by which the duty is, or was, late.</summary>
    public required int LateWorkingDays { get; init; }
    /// <summary>All of it in one sentence.</summary>
    public required LocalizedText Summary { get; init; }

    /// <summary>Whether the due instant may still move.</summary>
    public bool Provisional => ProvisionalBecause is not null;

    /// <summary>The most days that are listed.</summary>
    public const int MostDays = 400;

    /// <summary>Explains a timer.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="now">The instant at which it is asked; decides on used, left and late.</param>
    /// <param name="calendar">The calendar that it counts by.</param>
    /// <param name="profile">The profile of its case.</param>
    /// <param name="item">The item version of its case; null for none.</param>
    public static Explanation Of(CaseTimer timer, Instant now, WorkingCalendar calendar, PolicyProfile profile, ItemTerms? item)
    {
        var spec = TimerCatalog.Get(timer.Kind);
        var (days, leftOut) = ListOfDays(timer, calendar);
        var (parameters, from) = Source(timer, profile, item);
        var counted = timer.Limit.Unit is LimitUnit.WorkingDays or LimitUnit.CalendarDays;
        var explained = new Explanation
        {
            Key = timer.Key, Title = spec.Title, Rules = [.. spec.Basis, .. parameters, .. Conventions(timer)], Limit = timer.Limit, LimitFrom = from,
            Start = timer.Start, StartedAt = timer.StartedAt, Days = days, DaysLeftOut = leftOut, Pauses = timer.Pauses, State = timer.State, Due = timer.Due,
            ProvisionalBecause = WhyProvisional(timer, calendar), Warnings = timer.Warnings,
            Used = TimerMath.Used(timer, now, calendar), Total = counted ? timer.Limit.Count : 0, LateWorkingDays = timer.State == TimerState.Paused ? 0 : TimerMath.LateWorkingDays(timer, now, calendar),
            Summary = new LocalizedText("", ""),
        };
        return explained with { Summary = Summarise(explained) };
    }

    /// <summary>The explanation as plain text, line by line.</summary>
    /// <param name="language">Language tag; <c>en…</c> gives English, all else Chinese.</param>
    public string Print(string language = "zh-CN")
    {
        var text = new StringBuilder();
        text.AppendLine(Summary.In(language));
        text.AppendLine(CultureInfo.InvariantCulture, $"  {LimitFrom.In(language)}  [{string.Join(' ', Rules)}]");
        for (var i = 0; i < Days.Length; i++)
        {
            if (DaysLeftOut > 0 && i == MostDays / 2) text.AppendLine(CultureInfo.InvariantCulture, $"    … {DaysLeftOut} …");
            var day = Days[i];
            text.AppendLine(CultureInfo.InvariantCulture, $"  {(day.Number is { } number ? $"{number,4}" : "   ·")}  {Iso(day.Date)}  {day.Reason.In(language)}");
        }
        foreach (var warning in Warnings)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {LegalTime.LocalOf(warning.At):uuuu-MM-dd HH:mm}  {new LocalizedText("预警：", "warning: ").In(language)}{NameOf(warning.Colour).In(language)}");
        if (ProvisionalBecause is { } because) text.AppendLine(CultureInfo.InvariantCulture, $"  {because.In(language)}");
        return text.ToString();
    }

    static LocalizedText NameOf(Colour colour) => colour switch
    {
        Colour.Yellow => new("黄", "yellow"),
        Colour.Orange => new("橙", "orange"),
        Colour.Red => new("红", "red"),
        _ => new("绿", "green"),
    };

    static LocalizedText Summarise(Explanation of)
    {
        var (title, limit, last) = (of.Title, LimitText.Of(of.Limit), Iso(LegalTime.LastBegunDay(of.Due)));
        var by = of.Limit.Unit is LimitUnit.Hours or LimitUnit.Minutes ? $"{LegalTime.LocalOf(of.Due):uuuu-MM-dd HH:mm}" : $"{last} 24:00";
        var (zh, en) = of.State switch
        {
            TimerState.Paused => ("，已暂停，恢复后顺延", ", paused: it moves on when it is resumed"),
            TimerState.Stopped when of.LateWorkingDays > 0 => ($"，已办，逾期{of.LateWorkingDays}个工作日", $", done {of.LateWorkingDays} working days late"),
            TimerState.Stopped => ("，已在期限内办结或终止", ", done or ended in time"),
            TimerState.Fired => ("，已届满", ", expired"),
            _ when of.Total > 0 => ($"，已用{of.Used}日，剩{of.Left}日", $", {of.Used} used, {of.Left} left"),
            _ => ("", ""),
        };
        return new($"{title.Zh}：{limit.Zh}，自{Iso(of.Start)}起（当日不计），至 {by} 届满{zh}。", $"{title.En}: {limit.En} from {Iso(of.Start)} (that day not counted), due by {by}{en}.");
    }

    static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}

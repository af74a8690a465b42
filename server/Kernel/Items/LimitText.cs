using NodaTime.Text;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Items;

/// <summary>Time limits as guides and notices print them.</summary>
public static class LimitText
{
    /// <summary>The limit in words: 5个工作日 / 5 working days, 当场办结 / on the spot, 无 / none for null.</summary>
    public static LocalizedText Of(TimeLimit? limit) => limit switch
    {
        null => new("无", "none"),
        { Unit: LimitUnit.OnTheSpot } or { Unit: LimitUnit.WorkingDays or LimitUnit.CalendarDays, Count: 0 } => new("当场办结", "on the spot"),
        { Unit: LimitUnit.WorkingDays, Count: var n } => new($"{n}个工作日", Plural(n, "working day")),
        { Unit: LimitUnit.CalendarDays, Count: var n } => new($"{n}个自然日", Plural(n, "calendar day")),
        { Unit: LimitUnit.Hours, Count: var n } => new($"{n}小时", Plural(n, "hour")),
        { Unit: LimitUnit.Minutes, Count: var n } => new($"{n}分钟", Plural(n, "minute")),
        { Unit: LimitUnit.Months, Count: var n } => new($"{n}个月", Plural(n, "month")),
        { Date: { } date } => new($"{date.Year}年{date.Month}月{date.Day}日", LocalDatePattern.Iso.Format(date)),
        _ => new(limit.ToString(), limit.ToString()),
    };

    static string Plural(int n, string unit) => n == 1 ? $"1 {unit}" : $"{n} {unit}s";
}

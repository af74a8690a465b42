using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Registers;

/// <summary>What is declared of one kind of register clock.</summary>
/// <param name="Kind">T-SYN, T-CAT, …</param>
/// <param name="Title">Name in both languages.</param>
/// <param name="Limit">Its limit; for T-PUB the profile may set another (P51).</param>
/// <param name="Warns">Whether it turns yellow at 70 % and orange on the last day.</param>
/// <param name="Owner">Role that is warned and whose duty it is.</param>
/// <param name="Escalate">Roles that are told when it expires.</param>
/// <param name="Report">Record made when it expires.</param>
/// <param name="Kpi">KPI counted late when it expires; null for none.</param>
/// <param name="Order">Whether expiry opens a 督办单.</param>
/// <param name="Basis">Articles.</param>
public sealed record RegisterTimerSpec(
    string Kind, LocalizedText Title, TimeLimit Limit, bool Warns, string Owner, ImmutableArray<string> Escalate, string Report, string? Kpi, bool Order, string Basis);

/// <summary>The clocks of the registers. They never pause, so that their arithmetic is that of a plain limit.</summary>
public static class RegisterTimers
{
    /// <summary>All kinds.</summary>
    public static ImmutableArray<RegisterTimerSpec> All { get; } =
    [
        new("T-SYN", new("事项库同步", "Synchronisation of the item library"), TimeLimit.Parse("1h"), false, "catalogue_manager", ["catalogue_manager"], "drift_report", null, false, "QS-T4 QS-T34"),
        new("T-CAT", new("目录更新", "Update of the catalogue"), TimeLimit.WorkingDays(5), false, "catalogue_manager", ["catalogue_manager", "administration_body"], "accountability", null, true, "CQ-13.1b QS-4a"),
        new("T-LED", new("牵头部门确定", "Designation of the lead department"), TimeLimit.WorkingDays(5), false, "administration_body", ["administration_body"], "overdue_report", null, false, "CQ-24b"),
        new("T-GDE", new("办事指南调整", "Adjustment of the guide"), TimeLimit.WorkingDays(5), true, "catalogue_manager", ["catalogue_manager", "administration_body"], "accountability", null, true, "XA-12 CQ-14.2"),
        new("T-PUB", new("政策公开时限", "Publication of a policy"), TimeLimit.WorkingDays(20), true, "policy_owner", ["policy_owner", "administration_body"], "overdue_report", "K-36", false, "XA-35"),
        new("T-STF", new("岗位缺位", "Vacant post"), new TimeLimit(0, LimitUnit.Minutes), false, "chief_representative", ["chief_representative", "administration_body"], "vacancy", "K-38", false, "AQ-3.1.5c"),
    ];

    static readonly FrozenDictionary<string, RegisterTimerSpec> ByKind = All.ToFrozenDictionary(spec => spec.Kind, StringComparer.Ordinal);
    static readonly LocalTime Morning = new(9, 0);

    /// <summary>What is declared of a kind.</summary>
    public static RegisterTimerSpec Get(string kind) => ByKind[kind];

    /// <summary>A new running clock from the instant; yellow at 09:00 of counted day ⌈0.7·N⌉ and orange at 09:00 of the last day where it warns (P55).</summary>
    public static CaseTimer Start(string kind, Instant now, WorkingCalendar calendar, TimeLimit? limit = null)
    {
        var (spec, start) = (Get(kind), LegalTime.DateOf(now));
        var counted = limit ?? spec.Limit;
        var last = counted.Unit == LimitUnit.WorkingDays ? calendar.AddWorkingDays(start, counted.Count) : start;
        return new CaseTimer
        {
            Key = kind, Kind = kind, Limit = counted, Start = start, StartedAt = now, Colour = Colour.Green, Due = Due(counted, now, last),
            Provisional = counted.Unit == LimitUnit.WorkingDays && (calendar.IsProvisional(start) || calendar.IsProvisional(last)),
            Warnings = spec.Warns && counted.Unit == LimitUnit.WorkingDays ? Warnings(counted.Count, start, last, calendar) : [],
        };
    }

    static Instant Due(TimeLimit limit, Instant now, LocalDate last) => limit.Unit switch
    {
        LimitUnit.WorkingDays => LegalTime.EndOf(last),
        LimitUnit.Hours => now + Duration.FromHours(limit.Count),
        LimitUnit.Minutes => now + Duration.FromMinutes(limit.Count),
        _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, "Register clocks count working days, hours or minutes."),
    };

    static ImmutableArray<TimerWarning> Warnings(int count, LocalDate start, LocalDate last, WorkingCalendar calendar)
    {
        var yellow = calendar.AddWorkingDays(start, (7 * count + 9) / 10);
        var orange = new TimerWarning(LegalTime.At(last, Morning), Colour.Orange);
        return yellow < last ? [new TimerWarning(LegalTime.At(yellow, Morning), Colour.Yellow), orange] : [orange];
    }

    /// <summary>The earliest instant at which one of the clocks warns or expires.</summary>
    public static Instant? NextWake(IEnumerable<CaseTimer> timers)
    {
        Instant? next = null;
        foreach (var timer in timers)
            if (timer.NextWake is { } wake && (next is not { } best || wake < best)) next = wake;
        return next;
    }
}

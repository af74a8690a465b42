using System.Collections.Frozen;
using System.Collections.Immutable;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Engine;

/// <summary>When a kind of timer warns (P55).</summary>
public enum WarningStyle
{
    /// <summary>Not before it expires.</summary>
    None,
    /// <summary>Orange at 09:00 of the last counted day.</summary>
    LastDay,
    /// <summary>Yellow at 09:00 of counted day ⌈0.7·N⌉, orange at 09:00 of the last.</summary>
    SeventyPercent,
    /// <summary>Red when the hall closes (C-5).</summary>
    HallClose,
    /// <summary>Yellow 10 and orange 3 working days before expiry, at 17:00 (T-EXT).</summary>
    BeforeExpiry,
}

/// <summary>What is declared of one kind of timer.</summary>
/// <param name="Kind">T-ACC, T-PRO, …</param>
/// <param name="Title">受理审查时限, …</param>
/// <param name="Warnings">When it warns.</param>
/// <param name="NoticeKind">Kind of the warning notices: reminder or warning.</param>
/// <param name="Yellow">Who is told at yellow; <c>owner</c> is the role that the case waits for.</param>
/// <param name="Orange">Who is told at orange.</param>
/// <param name="Default">Limit that holds where neither item, profile nor notice sets one.</param>
/// <param name="Colours">Whether it colours the case.</param>
/// <param name="Survives">Whether it goes on after the case has ended.</param>
/// <param name="Basis">Articles.</param>
public sealed record TimerSpec(
    string Kind, LocalizedText Title, WarningStyle Warnings, string NoticeKind, ImmutableArray<string> Yellow, ImmutableArray<string> Orange,
    TimeLimit? Default, bool Colours, bool Survives, ImmutableArray<string> Basis);

/// <summary>All legal timers (docs/RULES.md, T) that run on cases and tickets, declared once.</summary>
public static class TimerCatalog
{
    /// <summary>All kinds.</summary>
    public static ImmutableArray<TimerSpec> All { get; } =
    [
        Spec("T-ACC", "受理审查时限", "Acceptance decision", WarningStyle.LastDay, "reminder", "", "acceptor", "1wd", basis: "XA-16.0b CQ-17.2 CQ-18.1b"),
        Spec("T-SPT", "当场受理/当场办结时限", "On-the-spot duty", WarningStyle.HallClose, "escalation", "", "", "ots", basis: "CQ-17.1a CQ-25.1b QS-11b"),
        Spec("T-COR", "补正期限", "Correction period", WarningStyle.SeventyPercent, "reminder", "applicant", "applicant", null, basis: "XA-16.2a CQ-18"),
        Spec("T-TOL", "容缺补正期限", "Tolerance supplement", WarningStyle.SeventyPercent, "reminder", "applicant", "applicant", null, basis: "XA-16.3 CQ-19"),
        Spec("T-CHK", "补件核对时限", "Check of the supplement", WarningStyle.LastDay, "reminder", "", "acceptor", "1wd", basis: "XA-16.3b CQ-19d"),
        Spec("T-PRO", "承诺办结时限", "Promised limit", WarningStyle.SeventyPercent, "warning", "owner chief_representative", "owner chief_representative", null, basis: "XA-17.1 CQ-19d CQ-25.1c"),
        Spec("T-STA", "法定办结时限", "Statutory limit", WarningStyle.SeventyPercent, "warning", "owner chief_representative", "owner chief_representative", null, basis: "XA-9.1 CQ-25.1d"),
        Spec("T-SPC", "特别程序时限", "Special procedure", WarningStyle.SeventyPercent, "warning", "reviewer", "reviewer chief_representative", null, basis: "QS-6e QS-T11a CQ-25.2"),
        Spec("T-EXT", "延续决定期限", "Renewal decision before expiry", WarningStyle.BeforeExpiry, "warning", "decider chief_representative", "administration_body", null, basis: "XA-17.4"),
        Spec("T-JNT", "并联/联办总时限", "Joint limit", WarningStyle.SeventyPercent, "warning", "lead_department", "lead_department administration_body", null, basis: "CQ-24a QS-17"),
        Spec("T-PAR", "并联分支时限", "Branch limit", WarningStyle.SeventyPercent, "warning", "reviewer", "reviewer lead_department", null, basis: "CQ-24a"),
        Spec("T-WIN", "结果材料送窗时限", "Result to the window", WarningStyle.LastDay, "reminder", "", "department", "1wd", basis: "NX-2.3.2b"),
        Spec("T-DLV", "送达/领取时限", "Delivery", WarningStyle.SeventyPercent, "reminder", "applicant", "applicant", "10wd", basis: "XA-19"),
        Spec("T-NTF", "进度告知", "Telling the applicant", WarningStyle.None, "reminder", "", "", "5min", colours: false, survives: true, basis: "XA-18 CQ-17.2"),
        Spec("T-CRT", "电子证照上传", "Licence upload", WarningStyle.None, "reminder", "", "", "1h", colours: false, survives: true, basis: "QS-T43 XA-27.1b"),
        Spec("T-SHR", "审管信息推送", "Push to the supervising department", WarningStyle.None, "reminder", "", "", "1h", colours: false, survives: true, basis: "QS-7b QS-T14 XA-23d"),
        Spec("T-BAD", "差评整改时限", "Rectification of a bad review", WarningStyle.SeventyPercent, "reminder", "department", "department", "7cd", basis: "XA-38.3a"),
        Spec("T-CBK", "差评回访时限", "Call-back", WarningStyle.None, "reminder", "", "", "3wd", basis: "QS-16a QS-T40b"),
        Spec("T-EVA", "评价邀请有效期", "Evaluation invitation", WarningStyle.SeventyPercent, "reminder", "applicant", "", "5cd", colours: false, survives: true, basis: "XA-38.2b QS-T40a"),
        Spec("T-NEG", "否定备案期限", "Negation filing", WarningStyle.LastDay, "reminder", "", "responsible_leader", "1wd", survives: true, basis: "QS-6c QS-T10a"),
        Spec("T-CON", "咨询答复时限", "Answer to a consultation", WarningStyle.LastDay, "reminder", "", "guide", "1wd", basis: "XA-14"),
        Spec("T-PRV", "预审时限", "Pre-review", WarningStyle.LastDay, "reminder", "", "acceptor", "1wd", basis: "NX-2.3.4a"),
        Spec("T-VER", "承诺事后核查", "Check of the promise", WarningStyle.SeventyPercent, "warning", "line_department", "line_department", "30cd", colours: false, survives: true, basis: "QS-21b CQ-23b"),
        Spec("T-TSK", "任务时限", "Task limit", WarningStyle.SeventyPercent, "warning", "owner", "owner", null, basis: ""),
        Spec("T-DELAY", "等待", "Delay", WarningStyle.None, "reminder", "", "", null, colours: false, basis: ""),
    ];

    static readonly FrozenDictionary<string, TimerSpec> ByKind = All.ToFrozenDictionary(spec => spec.Kind, StringComparer.Ordinal);

    /// <summary>What is declared of a kind.</summary>
    public static TimerSpec Get(string kind) => ByKind[kind];

    /// <summary>Whether a timer counts for the colour of its case: running, or expired with its duty standing .</summary>
    public static bool ColoursCase(CaseTimer timer) =>
        (timer.State == TimerState.Running || (timer.State == TimerState.Fired && timer.DutyStands)) && Get(timer.Kind).Colours;

    /// <summary>Kinds whose expiry is only reported: the duty can still be done, late.</summary>
    static readonly FrozenSet<string> ReportedOnly = FrozenSet.ToFrozenSet(["T-WIN", "T-DLV", "T-PRV", "T-NTF", "T-CRT", "T-SHR"], StringComparer.Ordinal);

    /// <summary>Whether the duty behind a timer can still be done: the timer runs or is paused, or it expired and the law executed no effect.</summary>
    public static bool CanStillBeDone(CaseTimer timer) => timer.State switch
    {
        TimerState.Running or TimerState.Paused => true,
        TimerState.Fired => timer.DutyStands || ReportedOnly.Contains(timer.Kind),
        _ => false,
    };

    static TimerSpec Spec(string kind, string zh, string en, WarningStyle warnings, string notice, string yellow, string orange, string? limit,
        bool colours = true, bool survives = false, string basis = "") =>
        new(kind, new LocalizedText(zh, en), warnings, notice, Words(yellow), Words(orange), limit is null ? null : TimeLimit.Parse(limit), colours, survives, Words(basis));

    static ImmutableArray<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Items;

/// <summary>What the engine must know of one application material (XA-10).</summary>
public sealed record MaterialTerms
{
    /// <summary>材料名称.</summary>
    public string Name { get; init; } = "";
    /// <summary><c>main</c> or <c>minor</c>; only minor materials may be tolerated (CQ-19a).</summary>
    public string Necessity { get; init; } = "main";
    /// <summary>可容缺.</summary>
    public bool Tolerable { get; init; }
    /// <summary>可承诺替代 (CQ-23).</summary>
    public bool PromiseWaivable { get; init; }
    /// <summary>可共享获取: must not be demanded (XA-10.4a, CQ-32.2).</summary>
    public bool Shareable { get; init; }
    /// <summary>证照绑定: type of licence it is bound to; must not be demanded (QS-18b).</summary>
    public string? LicenceTypeRef { get; init; }
    /// <summary>Legal basis for demanding paper after online filing (CQ-28.2c); null when paper must not be demanded.</summary>
    public string? PaperRequiredBasis { get; init; }

    /// <summary>免提交.</summary>
    [JsonIgnore]
    public bool Exempt => Shareable || LicenceTypeRef is not null;
}

/// <summary>A special procedure (不计时环节) of an item with its own published limit (QS-T11a, CQ-25.2).</summary>
/// <param name="Kind">For example 专家评审.</param>
/// <param name="Limit">Its own limit; null when none was set, which the publish gate refuses.</param>
/// <param name="Published">Whether the limit is published in the guide.</param>
public sealed record SpecialProcedureTerms(string Kind, TimeLimit? Limit, bool Published);

/// <summary>Joint approval (并联审批, CQ-24).</summary>
/// <param name="Lead">Lead department; null until it is designated (V-19).</param>
/// <param name="Limit">Joint limit.</param>
/// <param name="Branches">Limit of each branch department, in order.</param>
public sealed record JointTerms(string? Lead, TimeLimit Limit, ImmutableSortedDictionary<string, TimeLimit> Branches);

/// <summary>Promise in place of proof (告知承诺, CQ-23, QS-21b).</summary>
/// <param name="Waives">Ids of the materials a signed promise replaces.</param>
/// <param name="Text">Text of the promise.</param>
/// <param name="Liability">Liability for an untrue promise.</param>
/// <param name="Supervision">How it is checked afterwards.</param>
public sealed record PromiseTerms(ImmutableArray<string> Waives, string Text, string Liability, string Supervision);

/// <summary>
/// The part of a published item version that decides how its cases run. A case is pinned to it; it never changes
/// (Promise 4). The field names are those of the scenario format (docs/SCENARIOS.md).
/// </summary>
public sealed partial record ItemTerms
{
    /// <summary>实施编码.</summary>
    public required string Code { get; init; }
    /// <summary>Version of the item; the guide has the same number.</summary>
    public int Version { get; init; } = 1;
    /// <summary>事项名称.</summary>
    public string Name { get; init; } = "";
    /// <summary>承诺办结时限; null where there is none.</summary>
    public TimeLimit? Promised { get; init; }
    /// <summary>法定办结时限; null for 无.</summary>
    public TimeLimit? Statutory { get; init; }
    /// <summary><c>promise</c> 承诺件 or <c>immediate</c> 即办件.</summary>
    public string Kind { get; init; } = "promise";
    /// <summary><c>substantive</c> 实质审查 or <c>formal</c> 形式审查.</summary>
    public string ReviewKind { get; init; } = "substantive";
    /// <summary>The guide's materials by id; anything else is outside the guide (V-35).</summary>
    public ImmutableSortedDictionary<string, MaterialTerms> Materials { get; init; } = ImmutableSortedDictionary<string, MaterialTerms>.Empty;
    /// <summary>Ids of the materials that may be tolerated.</summary>
    public ImmutableArray<string> ToleranceMaterials { get; init; } = [];
    /// <summary>Special procedures.</summary>
    public ImmutableArray<SpecialProcedureTerms> SpecialProcedures { get; init; } = [];
    /// <summary>可延续: a renewal item, T-EXT runs to the end of the licence.</summary>
    public bool Renewable { get; init; }
    /// <summary>Joint approval; null for single items.</summary>
    public JointTerms? Joint { get; init; }
    /// <summary>Promise in place of proof; null where the item does not allow it.</summary>
    public PromiseTerms? PromiseMode { get; init; }
    /// <summary>排除类别 (CQ-23a, QS-21a).</summary>
    public ImmutableArray<string> ExclusionClasses { get; init; } = [];
    /// <summary>收件即受理 (QS-11b).</summary>
    public bool AcceptOnReceipt { get; init; }
    /// <summary>可代办: village stations may file it (AQ-3.2e).</summary>
    public bool ProxyListed { get; init; }
    /// <summary>补正期限; null takes P05.</summary>
    public TimeLimit? CorrectionLimit { get; init; }
    /// <summary>容缺补正期限 printed in the guide; null takes <see cref="CorrectionLimit"/> or P05.</summary>
    public TimeLimit? ToleranceLimit { get; init; }
    /// <summary>超期处理办法 printed in the guide (CQ-19b): <c>deny_with_reasons</c> or <c>deemed_withdrawn</c>; null takes P07.</summary>
    public string? ToleranceOverdue { get; init; }
    /// <summary>Result forms offered: <c>electronic</c>, <c>paper</c>.</summary>
    public ImmutableArray<string> ResultForms { get; init; } = [];
    /// <summary>Windows that may accept it (NX-2.3.1a); empty for all windows.</summary>
    public ImmutableArray<string> Windows { get; init; } = [];
    /// <summary>预审: whether it offers pre-review.</summary>
    public bool PreReview { get; init; }
    /// <summary><c>in_force</c> 在用, <c>suspended</c> 停止执行, <c>cancelled</c> 取消 or <c>draft</c>; only in_force opens cases (CQ-13.2).</summary>
    public string Status { get; init; } = "in_force";
    /// <summary>Department that handles it; scopes tasks.</summary>
    public string? Department { get; init; }

    /// <summary>承诺件.</summary>
    [JsonIgnore]
    public bool IsPromise => Kind == "promise";
    /// <summary>即办件 or formal review: may be decided on the spot.</summary>
    [JsonIgnore]
    public bool IsImmediate => Kind == "immediate" || ReviewKind == "formal";
}

using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Items;

/// <summary>事项 (实施清单): the full record of one item version (XA-9.1). Words of legal lists are kept as the texts have them.</summary>
public sealed record ServiceItem
{
    /// <summary>事项编码: the same at all levels for the same item.</summary>
    public required string ItemCode { get; init; }
    /// <summary>事项名称.</summary>
    public required string Name { get; init; }
    /// <summary>Name in English.</summary>
    public string NameEn { get; init; } = "";
    /// <summary>蒙古文名称, where signs are bilingual (P52).</summary>
    public string? NameMn { get; init; }
    /// <summary>子项名称; null where the item has none.</summary>
    public string? SubItemName { get; init; }
    /// <summary>事项类型: 行政许可, 行政确认, 行政奖励, 行政给付, 行政裁决, 行政备案, 其他行政权力 or 公共服务.</summary>
    public required string ItemType { get; init; }
    /// <summary>类别: 行政权力 or 公共服务.</summary>
    public required string ItemClass { get; init; }
    /// <summary>Region profile it is published under: XA, AQ, CQ, NX or QS.</summary>
    public required string Region { get; init; }
    /// <summary>Who put it into the catalogue (P41, V-01), for example <c>league</c> or <c>city</c>.</summary>
    public string CatalogueAuthority { get; init; } = "";
    /// <summary>主题: life and business events under which the portal shows it.</summary>
    public ImmutableArray<string> Themes { get; init; } = [];
    /// <summary>设定依据.</summary>
    public ImmutableArray<LegalBasis> LegalBasis { get; init; } = [];
    /// <summary>权责清单对应; for powers.</summary>
    public string? PowerListRef { get; init; }
    /// <summary>实施主体.</summary>
    public string ImplementingBody { get; init; } = "";
    /// <summary>监管主体, where the item was moved to an approval bureau (QS-7a).</summary>
    public string? SupervisingBody { get; init; }
    /// <summary>Department id that handles it; scopes tasks.</summary>
    public string? Department { get; init; }
    /// <summary>行使层级: 区, 盟市, 旗县, 乡镇 or 村.</summary>
    public string Level { get; init; } = "";
    /// <summary>服务对象: 自然人, 法人, 其他组织.</summary>
    public ImmutableArray<string> ServiceObject { get; init; } = [];
    /// <summary>受理条件.</summary>
    public ImmutableArray<string> AcceptanceConditions { get; init; } = [];
    /// <summary>办理流程.</summary>
    public ProcessGuide Process { get; init; } = new("standard", []);
    /// <summary>申请材料 by id (M01, M02, …); anything else is outside the guide (V-35).</summary>
    public ImmutableSortedDictionary<string, Material> Materials { get; init; } = ImmutableSortedDictionary<string, Material>.Empty;
    /// <summary>法定办结时限; null for 无.</summary>
    public TimeLimit? StatutoryLimit { get; init; }
    /// <summary>承诺办结时限.</summary>
    public TimeLimit? PromisedLimit { get; init; }
    /// <summary>办件类型: <c>promise</c> 承诺件 or <c>immediate</c> 即办件.</summary>
    public string HandlingKind { get; init; } = "promise";
    /// <summary>收件即受理 (QS-11b).</summary>
    public bool AcceptOnReceipt { get; init; }
    /// <summary>审查方式: <c>substantive</c> 实质审查 or <c>formal</c> 形式审查.</summary>
    public string ReviewKind { get; init; } = "substantive";
    /// <summary>特别程序 (不计时环节).</summary>
    public ImmutableArray<SpecialProcedureTerms> SpecialProcedures { get; init; } = [];
    /// <summary>收费; empty for 不收费.</summary>
    public ImmutableArray<Fee> Fees { get; init; } = [];
    /// <summary>办理结果.</summary>
    public ImmutableArray<ResultType> ResultTypes { get; init; } = [];
    /// <summary>Result forms offered: <c>electronic</c>, <c>paper</c>.</summary>
    public ImmutableArray<string> ResultForms { get; init; } = [];
    /// <summary>办理形式: 窗口, 网上, 自助, 代办, 预约.</summary>
    public ImmutableArray<string> HandlingForm { get; init; } = [];
    /// <summary>Reason on the negative list of online handling; null when it must be online (V-15).</summary>
    public string? OnlineException { get; init; }
    /// <summary>Whether applicants must file or book online before they may come; forbidden by V-14.</summary>
    public bool OnlineFirst { get; init; }
    /// <summary>办理地点.</summary>
    public ImmutableArray<HandlingPlace> HandlingPlace { get; init; } = [];
    /// <summary>Windows that may accept it (NX-2.3.1a); empty for all windows.</summary>
    public ImmutableArray<string> Windows { get; init; } = [];
    /// <summary>咨询方式.</summary>
    public ImmutableArray<ContactChannel> ConsultChannels { get; init; } = [];
    /// <summary>监督投诉方式.</summary>
    public ImmutableArray<ContactChannel> ComplaintChannels { get; init; } = [];
    /// <summary>告知承诺; null where the item does not allow it.</summary>
    public PromiseMode? PromiseMode { get; init; }
    /// <summary>排除类别 (CQ-23a, QS-21a).</summary>
    public ImmutableArray<string> ExclusionClasses { get; init; } = [];
    /// <summary>可容缺材料.</summary>
    public ImmutableArray<string> ToleranceMaterials { get; init; } = [];
    /// <summary>容缺补正期限.</summary>
    public TimeLimit? ToleranceLimit { get; init; }
    /// <summary>超期处理办法 (CQ-19b): <c>deny_with_reasons</c> or <c>deemed_withdrawn</c>.</summary>
    public string? ToleranceOverdue { get; init; }
    /// <summary>补正期限; null takes P05.</summary>
    public TimeLimit? CorrectionLimit { get; init; }
    /// <summary>可延续; null for items that are not renewals.</summary>
    public Renewal? Renewable { get; init; }
    /// <summary>通办范围: 无, 全市, 全省 or 跨省.</summary>
    public string AreaScope { get; init; } = "无";
    /// <summary>通办模式: 全程网办, 异地代收代办 or 多地联办; needed with a scope (QS-3c).</summary>
    public string? AreaMode { get; init; }
    /// <summary>联办/并联; null for single items.</summary>
    public JointHandling? Joint { get; init; }
    /// <summary>可代办 (AQ-3.2e).</summary>
    public bool ProxyListed { get; init; }
    /// <summary>最多跑一次.</summary>
    public OneTrip? OneTrip { get; init; }
    /// <summary>网办深度: 0 not online, 1 information, 2 apply online, 3 decide online, 4 fully including delivery.</summary>
    public int OnlineDepth { get; init; }
    /// <summary>进驻.</summary>
    public InCentre InCenter { get; init; } = new(true);
    /// <summary>需集体决策: outside the first representative's authority (XA-34).</summary>
    public bool CollectiveDecision { get; init; }
    /// <summary>专门窗口; null for comprehensive windows.</summary>
    public SpecialWindow? SpecialWindow { get; init; }
    /// <summary>委托受理/授权办理.</summary>
    public ImmutableArray<Delegation> Delegation { get; init; } = [];
    /// <summary>情形选项; null where all applicants hand in the same.</summary>
    public Situation? Situations { get; init; }
    /// <summary>三张清单对应.</summary>
    public ImmutableArray<ReferenceListEntry> ReferenceLists { get; init; } = [];
    /// <summary>预审 offered (NX-2.3.4a).</summary>
    public bool PreReview { get; init; }
    /// <summary><c>in_force</c> 在用, <c>suspended</c> 停止执行, <c>cancelled</c> 取消 or <c>draft</c>.</summary>
    public string Status { get; init; } = "in_force";
    /// <summary>版本; the guide has the same number.</summary>
    public int Version { get; init; } = 1;
    /// <summary>生效时间, legal time.</summary>
    public LocalDateTime? EffectiveFrom { get; init; }
    /// <summary>失效时间; null while it holds.</summary>
    public LocalDateTime? EffectiveTo { get; init; }
    /// <summary>办事指南 as published.</summary>
    public GuidePublication Guide { get; init; } = new();

    /// <summary>The part that decides how cases run and to which they are pinned.</summary>
    public ItemTerms ToTerms() => new()
    {
        Code = ItemCode, Version = Version, Name = Name, Promised = PromisedLimit, Statutory = StatutoryLimit, Kind = HandlingKind, ReviewKind = ReviewKind,
        Materials = Materials.ToImmutableSortedDictionary(m => m.Key, m => m.Value.ToTerms(), StringComparer.Ordinal),
        ToleranceMaterials = ToleranceMaterials, ToleranceLimit = ToleranceLimit, ToleranceOverdue = ToleranceOverdue, SpecialProcedures = SpecialProcedures,
        Renewable = Renewable is not null, Joint = Joint is { } joint ? new JointTerms(joint.Lead, joint.Limit, joint.Branches) : null,
        PromiseMode = PromiseMode is { } mode ? new PromiseTerms(mode.Waives, mode.Text, mode.Liability, mode.Supervision) : null,
        ExclusionClasses = ExclusionClasses, AcceptOnReceipt = AcceptOnReceipt, ProxyListed = ProxyListed, CorrectionLimit = CorrectionLimit,
        ResultForms = ResultForms, Windows = Windows, PreReview = PreReview, Status = Status, Department = Department,
    };
}

using System.Collections.Immutable;

namespace Orchestrator.Kernel.Items;

/// <summary>申请材料: one material of the guide, with all that the applicant is told of it (XA-10).</summary>
public sealed record Material
{
    /// <summary>材料名称; without the catch-all words of P40 (V-03).</summary>
    public required string Name { get; init; }
    /// <summary>Name in English.</summary>
    public string NameEn { get; init; } = "";
    /// <summary>材料类型: 表格, 证照, 证明, 批文, 中介报告 or 自备.</summary>
    public required string Type { get; init; }
    /// <summary>材料依据: at least one law, regulation or rule (V-04).</summary>
    public ImmutableArray<LegalBasis> Basis { get; init; } = [];
    /// <summary><c>main</c> or <c>minor</c>; only minor materials may be tolerated (CQ-19a).</summary>
    public string Necessity { get; init; } = "main";
    /// <summary>适用情形: answers of the situation tree for which it is needed; empty for all.</summary>
    public ImmutableArray<string> SituationRefs { get; init; } = [];
    /// <summary>份数; the set handed in at the window is counted once (CQ-28.2d).</summary>
    public int Copies { get; init; } = 1;
    /// <summary>规格, for example A4、原件一份复印件一份.</summary>
    public string Spec { get; init; } = "";
    /// <summary>格式, for example 加盖公章 or PDF.</summary>
    public string Format { get; init; } = "";
    /// <summary>是否需要电子材料: 要, 不要 or 可.</summary>
    public string Electronic { get; init; } = "可";
    /// <summary>Legal basis for demanding paper after online filing (CQ-28.2c); null when it must not be demanded.</summary>
    public LegalBasis? PaperRequiredBasis { get; init; }
    /// <summary>空表; needed for 表格 (V-05).</summary>
    public GuideFile? BlankForm { get; init; }
    /// <summary>样本; needed for 表格 (V-05).</summary>
    public GuideFile? SampleForm { get; init; }
    /// <summary>填写说明; needed for 表格 (NX-2.2b).</summary>
    public string? FillingNotes { get; init; }
    /// <summary>来源: 申请人自备, 政府核发, 中介 or 法定机构.</summary>
    public string SourceKind { get; init; } = "申请人自备";
    /// <summary>机构类别 of 中介 and 法定机构 (XA-10.3).</summary>
    public string? IntermediaryClass { get; init; }
    /// <summary>资质要求 of 中介 and 法定机构; never one single agency (QS-8c).</summary>
    public string? Qualification { get; init; }
    /// <summary>可共享获取: fetched by the agency and not demanded (XA-10.4a).</summary>
    public bool Shareable { get; init; }
    /// <summary>Interface through which a shareable material is fetched.</summary>
    public string? FetchPort { get; init; }
    /// <summary>申请人确认 of shared material (XA-10.4b).</summary>
    public bool ConfirmByApplicant { get; init; }
    /// <summary>证照绑定: type of electronic licence it is read from (QS-18b).</summary>
    public string? LicenceTypeRef { get; init; }
    /// <summary>免提交; must be true for shareable and licence-bound materials (V-07).</summary>
    public bool Exempt { get; init; }
    /// <summary>可承诺替代; only for 证明 (CQ-23).</summary>
    public bool PromiseWaivable { get; init; }
    /// <summary>可容缺; only for minor materials (CQ-19).</summary>
    public bool Tolerable { get; init; }

    /// <summary>What the engine must know of it.</summary>
    public MaterialTerms ToTerms() => new()
    {
        Name = Name, Necessity = Necessity, Tolerable = Tolerable, PromiseWaivable = PromiseWaivable, Shareable = Shareable,
        LicenceTypeRef = LicenceTypeRef, PaperRequiredBasis = PaperRequiredBasis is { } basis ? basis.Name + basis.Article : null,
    };
}

using System.Collections.Immutable;
using NodaTime;

namespace Orchestrator.Kernel.Items;

/// <summary>办事指南, the part that is not read from the item itself (XA-8, XA-9). <see cref="ServiceGuide"/> puts both together.</summary>
public sealed record GuidePublication
{
    /// <summary>指南编号.</summary>
    public string GuideId { get; init; } = "";
    /// <summary>示范文本: at least one per form.</summary>
    public ImmutableArray<GuideFile> SampleTexts { get; init; } = [];
    /// <summary>发布渠道: 大厅, 政府网站, 平台, 移动端, 自助终端, 小程序.</summary>
    public ImmutableArray<string> Channels { get; init; } = [];
    /// <summary>Address that resolves to this version.</summary>
    public string Url { get; init; } = "";
    /// <summary>Text of the 二维码 (XA-11.2b).</summary>
    public string Qr { get; init; } = "";
    /// <summary>发布时间, legal time.</summary>
    public LocalDateTime? PublishedAt { get; init; }
    /// <summary>报送管理机构, legal time; not later than published in CQ (CQ-14.2, V-29).</summary>
    public LocalDateTime? ReportedToBodyAt { get; init; }
    /// <summary>调整依据 of a revision (XA-12).</summary>
    public string? LegalChangeRef { get; init; }
    /// <summary>统一要素核对: keys of the uniform elements whose difference from the base item is listed and wanted (QS-3b).</summary>
    public ImmutableArray<string> UniformDifferences { get; init; } = [];
    /// <summary>各渠道内容指纹 by channel, as last seen; empty before the first check.</summary>
    public ImmutableSortedDictionary<string, string> ChannelHash { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

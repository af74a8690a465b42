using System.Collections.Immutable;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Items;

/// <summary>What the gate must know besides the item itself.</summary>
/// <param name="Request">The act of publishing.</param>
/// <param name="Profile">Regional profile.</param>
/// <param name="Published">Published versions of this item, in any order.</param>
/// <param name="Base">The same item one level up, for the uniform elements (V-12); null when there is none.</param>
/// <param name="Catalogue">Codes in the published catalogue (V-01); null when it is not at hand.</param>
public sealed record PublishContext(
    PublishRequest Request, PolicyProfile Profile, ImmutableArray<ItemVersion> Published, ServiceItem? Base = null, IReadOnlySet<string>? Catalogue = null);

/// <summary>
/// 发布关口: the rules V-01…V-19 and V-28…V-34 that a version must pass before it can be published. The rules
/// of flows, V-20…V-27, belong to the check of definitions. Findings come in the order of their ids.
/// </summary>
public static partial class ItemPublishGate
{
    /// <summary>All findings on a full item record.</summary>
    public static ImmutableArray<ItemFinding> Check(ServiceItem item, PublishContext context) =>
        [.. FullRules(item, context).Concat(TermsRules(item.ToTerms(), context.Published, context.Request, context.Profile)).OrderBy(f => f.Rule, StringComparer.Ordinal)];

    /// <summary>The findings that the terms alone allow: V-03, V-08, V-09, V-10, V-17, V-18, V-19, V-28 and V-29.</summary>
    public static ImmutableArray<ItemFinding> CheckTerms(ItemTerms next, ImmutableArray<ItemVersion> published, PublishRequest request, PolicyProfile profile) =>
        [.. TermsRules(next, published, request, profile)];

    /// <summary>The first finding that forbids publishing; null when nothing does.</summary>
    public static ItemFinding? FirstBlock(ImmutableArray<ItemFinding> findings) => findings.FirstOrDefault(f => f.Severity == FindingSeverity.Block);

    static IEnumerable<ItemFinding> FullRules(ServiceItem item, PublishContext context) =>
    [
        .. InCatalogue(item, context), .. Elements(item), .. KnownWords(item, context.Profile), .. MaterialWording(item, context.Profile),
        .. MaterialBasis(item), .. Forms(item), .. Intermediaries(item), .. Exemptions(item), .. KindAndLimit(item), .. ResultSamples(item),
        .. UniformElements(item, context), .. FeeBasis(item), .. Channels(item, context.Profile), .. Centre(item), .. PromiseList(item), .. Tolerance(item),
        .. ChannelHashes(item), .. SituationTree(item), .. Names(item), .. SpecialWindowRecord(item),
    ];

    static ItemFinding Block(string rule, string pointer, string zh, string en, params ReadOnlySpan<string> details) =>
        new(rule, FindingSeverity.Block, pointer, new(zh, en), [.. details]);

    static ItemFinding Warn(string rule, string pointer, string zh, string en, params ReadOnlySpan<string> details) =>
        new(rule, FindingSeverity.Warn, pointer, new(zh, en), [.. details]);
}

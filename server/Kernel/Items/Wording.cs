using System.Collections.Immutable;

namespace Orchestrator.Kernel.Items;

/// <summary>用语核查: looks for the catch-all words of P40 (XA-10.1b, CQ-14.1b, NX-2.2d).</summary>
public static class Wording
{
    // 等 is vague as "and so on", but not inside these ordinary words.
    static readonly ImmutableArray<string> OrdinaryWords = ["等级", "等效", "等于", "等额", "同等", "平等", "高等", "中等", "初等", "对等", "特等", "等候", "等待"];

    /// <summary>The words of the list that the text contains, in the order of the list.</summary>
    public static ImmutableArray<string> Hits(string? text, ImmutableArray<string> words)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var vague = OrdinaryWords.Aggregate(text, (rest, word) => rest.Replace(word, "　", StringComparison.Ordinal));
        return [.. words.Where(word => vague.Contains(word, StringComparison.Ordinal))];
    }
}

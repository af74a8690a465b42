using System.Collections.Immutable;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Items;

/// <summary>排除类别: classes of items for which a promise cannot stand in for proof (P37, CQ-23a, QS-21a).</summary>
public static class PromiseExclusion
{
    static readonly ImmutableDictionary<string, string> LongForm = new Dictionary<string, string>
    {
        ["金融审慎"] = "金融业审慎监管", ["生态环境"] = "生态环境保护", ["生命财产"] = "生命财产安全",
    }.ToImmutableDictionary();

    /// <summary>The classes of the item that its region excludes; short forms of the item record are read as their long forms.</summary>
    public static ImmutableArray<string> Hits(IEnumerable<string> exclusionClasses, PolicyProfile profile) =>
        [.. exclusionClasses.Select(name => LongForm.GetValueOrDefault(name, name)).Where(profile.PromiseExclusions.Contains).Distinct()];
}

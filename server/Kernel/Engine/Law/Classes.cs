using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>排除类别: the item model writes some classes shorter than the regional texts; both mean the same class (CQ-23a, QS-21a).</summary>
static class Classes
{
    static readonly (string Short, string[] Full)[] Same =
    [
        ("生态环境", ["生态环境保护"]), ("金融审慎", ["金融业审慎监管"]), ("生命财产", ["生命财产安全", "重大财产安全"]), ("高风险", ["其他高风险", "high-risk"]),
    ];

    public static bool Excluded(PolicyProfile profile, string named)
    {
        if (profile.PromiseExclusions.Contains(named)) return true;
        foreach (var (abbreviated, full) in Same)
            if (named == abbreviated && full.Any(profile.PromiseExclusions.Contains)) return true;
        return false;
    }
}

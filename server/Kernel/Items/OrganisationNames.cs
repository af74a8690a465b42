using System.Text.RegularExpressions;

namespace Orchestrator.Kernel.Items;

/// <summary>Names of halls by level (XA-29, QS-9a): ××政务服务中心 and its ××分中心, ××便民服务中心 for towns, ××便民服务站 for villages.</summary>
public static partial class OrganisationNames
{
    /// <summary>Whether the name follows one of the patterns.</summary>
    public static bool Fits(string name) => Pattern().IsMatch(name);

    /// <summary>Whether the name follows the pattern of the level: 区, 盟市, 旗县, 乡镇 or 村.</summary>
    public static bool Fits(string name, string level) => Fits(name) && level switch
    {
        "村" => name.EndsWith("便民服务站", StringComparison.Ordinal),
        "乡镇" => name.EndsWith("便民服务中心", StringComparison.Ordinal),
        _ => name.Contains("政务服务中心", StringComparison.Ordinal),
    };

    [GeneratedRegex("^.{2,}(政务服务中心(.{2,}分中心)?|便民服务中心|便民服务站)$")]
    private static partial Regex Pattern();
}

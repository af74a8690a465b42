using System.Collections.Immutable;

namespace Orchestrator.Kernel.Profiles;

/// <summary>The five regional profiles that come with the product: XA 兴安盟, AQ 阿鲁科尔沁旗, CQ 重庆市, NX 宁夏, QS 千山区.</summary>
public static class ShippedProfiles
{
    /// <summary>All profiles by id.</summary>
    public static ImmutableSortedDictionary<string, PolicyProfile> All { get; } = Load();

    /// <summary>The profile with that id.</summary>
    /// <exception cref="KeyNotFoundException">There is no such profile.</exception>
    public static PolicyProfile Get(string id) => All.TryGetValue(id, out var profile)
        ? profile
        : throw new KeyNotFoundException($"There is no profile '{id}'; the profiles are {string.Join(", ", All.Keys)}.");

    static ImmutableSortedDictionary<string, PolicyProfile> Load()
    {
        var assembly = typeof(ShippedProfiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith("profiles/", StringComparison.Ordinal))
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return PolicyProfile.Parse(reader.ReadToEnd());
            })
            .ToImmutableSortedDictionary(profile => profile.Id, profile => profile, StringComparer.Ordinal);
    }
}

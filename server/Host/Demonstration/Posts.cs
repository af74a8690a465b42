using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Host.Catalogue;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Demonstration;

/// <summary>Who acts in the demonstration cases: the posts of the catalogue's organisation, whose ids are accounts.</summary>
sealed class Posts
{
    readonly ImmutableDictionary<string, OrganisationUnit> units;
    readonly ILookup<string, (OrganisationUnit Unit, string Role)> byParent;

    public Posts(IEnumerable<OrganisationUnit> organisation)
    {
        units = organisation.ToImmutableDictionary(unit => unit.Id);
        byParent = units.Values.OrderBy(unit => unit.Id, StringComparer.Ordinal).Where(unit => RoleOf(unit) is not null).ToLookup(unit => unit.Parent ?? "", unit => (unit, RoleOf(unit)!));
    }

    /// <summary>Windows of a hall at which somebody accepts.</summary>
    public ImmutableArray<string> Windows(string hall) =>
        [.. units.Values.Where(unit => unit.Kind == "window" && unit.Parent == hall && byParent[unit.Id].Any()).Select(unit => unit.Id).Order(StringComparer.Ordinal)];

    /// <summary>The post with that role at the first of these places that has one; null when none has.</summary>
    public Actor? Find(string role, params ReadOnlySpan<string?> places)
    {
        foreach (var place in places)
            foreach (var (unit, own) in byParent[place ?? ""])
                if (own == role) return new(unit.Id, role, DepartmentOf(unit), Above(unit, "window"));
        return null;
    }

    string? DepartmentOf(OrganisationUnit unit) => Above(unit, "department") ?? Above(unit, "body");

    string? Above(OrganisationUnit unit, string kind)
    {
        for (var at = unit; at is not null; at = at.Parent is null ? null : units.GetValueOrDefault(at.Parent))
            if (at.Kind == kind) return at.Id;
        return null;
    }

    static string? RoleOf(OrganisationUnit unit) =>
        unit is { Kind: "post", Data: { ValueKind: JsonValueKind.Object } data } && data.TryGetProperty("role", out var role) ? role.GetString() : null;
}

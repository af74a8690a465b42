using Orchestrator.Kernel;

namespace Orchestrator.Host.Organisation;

/// <summary>A unit of the organisation.</summary>
/// <param name="Id">Id.</param>
/// <param name="Parent">Unit above; null for a region.</param>
/// <param name="Kind">region, administration_body, department, hall, window or post.</param>
/// <param name="Name">Name.</param>
/// <param name="Region">Region id.</param>
/// <param name="Level">行使层级: 区, 盟市, 旗县, 乡镇 or 村.</param>
sealed record OrganisationUnit(string Id, string? Parent, string Kind, LocalizedText Name, string? Region, string? Level);

/// <summary>A unit as stored.</summary>
sealed class UnitRow
{
    public string Id { get; init; } = "";
    public string? ParentId { get; init; }
    public string Kind { get; init; } = "";
    public string NameZh { get; init; } = "";
    public string NameEn { get; init; } = "";
    public string? Region { get; init; }
    public string? Level { get; init; }

    public OrganisationUnit ToUnit() => new(Id, ParentId, Kind, new(NameZh, NameEn), Region, Level);
}

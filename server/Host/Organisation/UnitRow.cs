using System.Text.Json;
using Orchestrator.Host.Catalogue;

namespace Orchestrator.Host.Organisation;

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
    public string? Json { get; init; }

    public OrganisationUnit ToUnit() => new(Id, ParentId, Kind, new(NameZh, NameEn), Region, Level, Json is null ? null : JsonDocument.Parse(Json).RootElement);
}

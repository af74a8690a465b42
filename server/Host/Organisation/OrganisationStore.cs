using Orchestrator.Host.Audit;
using Orchestrator.Host.Catalogue;

namespace Orchestrator.Host.Organisation;

/// <summary>Puts units into the organisation, with their path and the department and hall they belong to.</summary>
static class OrganisationStore
{
    const string Above = "SELECT path, department_id, hall_id, region FROM organisation WHERE id = @id";
    const string Put = """
        INSERT INTO organisation (id, parent_id, kind, name_zh, name_en, region, level, json, path, department_id, hall_id)
        VALUES (@id, @parent, @kind, @zh, @en, @region, @level, @json, @path, @department, @hall)
        ON CONFLICT (id) DO UPDATE SET name_zh = @zh, name_en = @en, level = @level, json = @json
        """;

    sealed class AboveRow
    {
        public string Path { get; init; } = "/";
        public string? DepartmentId { get; init; }
        public string? HallId { get; init; }
        public string? Region { get; init; }
    }

    /// <summary>Adds a unit, or renames it where it exists. The unit above must be there already.</summary>
    public static async Task Add(Write write, OrganisationUnit unit)
    {
        var above = unit.Parent is null ? new AboveRow() : await write.One<AboveRow>(Above, new { id = unit.Parent })
            ?? throw new InvalidOperationException($"The unit {unit.Id} stands under {unit.Parent}, which does not exist.");
        await write.Run(Put, new
        {
            id = unit.Id, parent = unit.Parent, kind = unit.Kind, zh = unit.Name.Zh, en = unit.Name.En, region = unit.Region ?? above.Region, level = unit.Level, json = unit.Data?.GetRawText(),
            path = $"{above.Path}{unit.Id}/",
            department = IsDepartment(unit.Kind) ? unit.Id : above.DepartmentId,
            hall = unit.Kind == "hall" ? unit.Id : above.HallId,
        });
    }

    static bool IsDepartment(string kind) => kind is "department" or "body";
}

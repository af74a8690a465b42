using Dapper;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Cases;

/// <summary>What a new case of an item takes.</summary>
sealed class ItemInForce
{
    public string ItemCode { get; init; } = "";
    public string Region { get; init; } = "";
    public string Department { get; init; } = "";
    public string? Hall { get; init; }
    public string? DefinitionId { get; init; }
    /// <summary>in_force, suspended or cancelled at this instant.</summary>
    public string Status { get; init; } = "";
    /// <summary>Version in force, or the latest where none is: its cases are refused.</summary>
    public int Version { get; init; }
    public bool Holds { get; init; }
}

/// <summary>Finds the item version in force (QS-T4: the end of one is the start of the next) and today's standing of the item (CQ-13.2).</summary>
sealed class ItemsInForce(Database database)
{
    const string Select = """
        SELECT i.item_code, i.region, i.department, i.hall, i.definition_id,
          COALESCE((SELECT s.status FROM item_standing s WHERE s.item_code = i.item_code AND s.effective_from <= @now ORDER BY s.effective_from DESC LIMIT 1), i.status) AS status,
          v.version, CASE WHEN v.effective_from <= @now AND (v.effective_to IS NULL OR @now < v.effective_to) THEN 1 ELSE 0 END AS holds
        FROM service_item i JOIN item_version v ON v.item_code = i.item_code
        WHERE i.item_code = @code
        ORDER BY holds DESC, v.version DESC LIMIT 1
        """;

    /// <summary>The item; null when the catalogue does not have it or nothing of it was published.</summary>
    /// <param name="code">Item code.</param>
    /// <param name="now">Legal instant in milliseconds.</param>
    /// <param name="stop">Interrupts.</param>
    public async Task<ItemInForce?> Find(string code, long now, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.QuerySingleOrDefaultAsync<ItemInForce>(new(Select, new { code, now }, cancellationToken: stop));
    }
}

using System.Text.Json;
using Dapper;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Host.Storage;

/// <summary>
/// Pinned data from the database, kept for the life of the process. A hall's opening hours are in its organisation record:
/// <c>{"hours": {"open": "09:00", "close": "17:00"}}</c>.
/// </summary>
sealed class PinnedData : IPinnedData
{
    const string SelectFlow = "SELECT json FROM definition_version WHERE version_id = @versionId";
    const string SelectLatest = "SELECT version_id FROM definition_version WHERE definition_id = @definitionId ORDER BY version DESC LIMIT 1";
    const string SelectTerms = "SELECT terms FROM item_version WHERE item_code = @code AND version = @version";
    const string SelectProfile = "SELECT json FROM region_profile WHERE id = @id AND version = @version";
    const string SelectTables = "SELECT json FROM calendar_table t WHERE revision = (SELECT max(n.revision) FROM calendar_table n WHERE n.year = t.year) ORDER BY year";
    const string SelectHall = "SELECT json FROM organisation WHERE id = @hall";

    readonly Database database;
    readonly SingleFlight<string, Flow> flows;
    readonly SingleFlight<(string Code, int Version), ItemTerms> items;
    readonly SingleFlight<(string Id, int Version), PolicyProfile> profiles;
    readonly SingleFlight<string, HallHours?> halls;
    readonly SingleFlight<int, WorkingCalendar> calendars;

    public PinnedData(Database database)
    {
        this.database = database;
        flows = new(LoadFlow);
        items = new(LoadItem);
        profiles = new(LoadProfile);
        halls = new(LoadHall);
        calendars = new(_ => LoadCalendar());
    }

    public ValueTask<Flow> Flow(string versionId, CancellationToken stop) => flows.Get(versionId);

    public async ValueTask<ItemTerms?> Item(string? code, int version, CancellationToken stop) => code is null ? null : await items.Get((code, version));

    public ValueTask<PolicyProfile> Profile(string id, int version, CancellationToken stop) => profiles.Get((id, version));

    public ValueTask<WorkingCalendar> Calendar(CancellationToken stop) => calendars.Get(0);

    public ValueTask<HallHours?> Hall(string? hall, CancellationToken stop) => hall is null ? new((HallHours?)null) : halls.Get(hall);

    public async ValueTask<Flow> Latest(string definitionId, CancellationToken stop) =>
        await Flow(await One(SelectLatest, new { definitionId }) ?? throw new PinnedDataMissingException($"published version of definition '{definitionId}'"), stop);

    /// <summary>The holiday tables were changed; the next step counts with the new ones.</summary>
    public void CalendarChanged() => calendars.Forget(0);

    /// <summary>The opening hours of a hall were changed.</summary>
    public void HallChanged(string hall) => halls.Forget(hall);

    async Task<Flow> LoadFlow(string versionId)
    {
        var json = await One(SelectFlow, new { versionId }) ?? throw new PinnedDataMissingException($"definition version '{versionId}'");
        var (document, _) = DefinitionDocument.Read(json);
        return (document is null ? null : FlowCompiler.Compile(document).Flow) ?? throw new PinnedDataMissingException($"flow that compiles in definition version '{versionId}'");
    }

    async Task<ItemTerms> LoadItem((string Code, int Version) key)
    {
        var json = await One(SelectTerms, new { code = key.Code, version = (long)key.Version }) ?? throw new PinnedDataMissingException($"version {key.Version} of item '{key.Code}'");
        return JsonSerializer.Deserialize(json, KernelJson.Default.ItemTerms)!;
    }

    /// <summary>Versions that came with the product need no row.</summary>
    async Task<PolicyProfile> LoadProfile((string Id, int Version) key)
    {
        if (await One(SelectProfile, new { id = key.Id, version = (long)key.Version }) is { } json) return PolicyProfile.Parse(json);
        return ShippedProfiles.All.GetValueOrDefault(key.Id) is { } shipped && shipped.Version == key.Version
            ? shipped
            : throw new PinnedDataMissingException($"version {key.Version} of profile '{key.Id}'");
    }

    async Task<WorkingCalendar> LoadCalendar()
    {
        await using var connection = await database.Open(default);
        var tables = (await connection.QueryAsync<string>(SelectTables)).ToList();
        return tables.Count == 0 ? WorkingCalendar.Shipped : WorkingCalendar.FromTables("database", tables);
    }

    async Task<HallHours?> LoadHall(string hall) =>
        await One(SelectHall, new { hall }) is { } json && JsonDocument.Parse(json).RootElement is { ValueKind: JsonValueKind.Object } unit && unit.TryGetProperty("hours", out var hours)
            ? new HallHours(Time(hours, "open"), Time(hours, "close"))
            : null;

    /// <summary>Text such as 09:00.</summary>
    static LocalTime Time(JsonElement hours, string name) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(hours.GetProperty(name).GetString()!).Value;

    async Task<string?> One(string sql, object parameters)
    {
        await using var connection = await database.Open(default);
        return await connection.ExecuteScalarAsync<string?>(sql, parameters);
    }
}

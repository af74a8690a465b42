using System.Text.Json;
using Dapper;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Host.Cases;

/// <summary>
/// Which profile version a region's new cases take: the profile that the region's record names (<c>{"profile": "CQ"}</c>), else the one of its
/// own id; of it the version that the record fixes (<c>"profileVersion"</c>, for trials), else the newest in effect, else the one that came with the product.
/// </summary>
sealed class RegionProfiles(Database database)
{
    const string Record = "SELECT json FROM organisation WHERE kind = 'region' AND (region = @region OR id = @region) ORDER BY id LIMIT 1";
    const string InEffect = "SELECT version FROM region_profile WHERE id = @id AND effective_from <= @now ORDER BY effective_from DESC, version DESC LIMIT 1";

    /// <summary>Profile id and version; null when the region has none.</summary>
    public async Task<(string Id, int Version)?> Find(string region, long now, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var (id, fixedVersion) = Named(await connection.ExecuteScalarAsync<string?>(new(Record, new { region }, cancellationToken: stop)), region);
        if (fixedVersion is { } version) return (id, version);
        if (await connection.ExecuteScalarAsync<long?>(new(InEffect, new { id, now }, cancellationToken: stop)) is { } newest) return (id, (int)newest);
        return ShippedProfiles.All.GetValueOrDefault(id) is { } shipped ? (id, shipped.Version) : null;
    }

    static (string Id, int? Version) Named(string? json, string region)
    {
        if (json is null) return (region, null);
        using var record = JsonDocument.Parse(json);
        var root = record.RootElement;
        return root.ValueKind != JsonValueKind.Object ? (region, null) : (
            root.TryGetProperty("profile", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()! : region,
            root.TryGetProperty("profileVersion", out var version) && version.TryGetInt32(out var number) ? number : null);
    }
}

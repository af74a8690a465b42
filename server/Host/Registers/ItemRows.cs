using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Registers;

namespace Orchestrator.Host.Registers;

/// <summary>Versions and standing of an item as the catalogue's tables have them, and back.</summary>
static class ItemRows
{
    const string SelectRegion = "SELECT region FROM service_item WHERE item_code = @code";
    const string SelectVersions = "SELECT terms, effective_from, effective_to FROM item_version WHERE item_code = @code ORDER BY version";
    const string SelectStandings = "SELECT status, effective_from FROM item_standing WHERE item_code = @code ORDER BY effective_from";
    const string EndVersion = "UPDATE item_version SET effective_to = @to WHERE item_code = @code AND version = @version AND effective_to IS NULL";
    const string PutStanding = """
        INSERT INTO item_standing (item_code, effective_from, status, reason, recorded_at, recorded_by) VALUES (@code, @from, @status, @reason, @now, @by)
        ON CONFLICT (item_code, effective_from) DO UPDATE SET status = @status, reason = @reason, recorded_at = @now, recorded_by = @by
        """;
    const string Show = "UPDATE service_item SET status = @status, updated_at = @now WHERE item_code = @code AND status <> @status";

    /// <summary>Who changes an item, when and why.</summary>
    internal readonly record struct Change(Actor Actor, Instant Now, string? Reason);

    internal sealed record Loaded(string Region, ItemEntry Entry)
    {
        /// <summary>What only the entry keeps, over what the tables say.</summary>
        public ItemEntry Over(ItemEntry stored) => stored with { Versions = Entry.Versions, SuspendedFrom = Entry.SuspendedFrom, CancelledFrom = Entry.CancelledFrom };
    }

    sealed class VersionRow
    {
        public string Terms { get; init; } = "";
        public long EffectiveFrom { get; init; }
        public long? EffectiveTo { get; init; }

        public ItemVersion ToVersion() => new(
            JsonSerializer.Deserialize(Terms, KernelJson.Default.ItemTerms)!, Instant.FromUnixTimeMilliseconds(EffectiveFrom), EffectiveTo is { } to ? Instant.FromUnixTimeMilliseconds(to) : null);
    }

    sealed class StandingRow
    {
        public string Status { get; init; } = "";
        public long EffectiveFrom { get; init; }
        public Instant From => Instant.FromUnixTimeMilliseconds(EffectiveFrom);
    }

    /// <summary>The item as its tables have it; null when the catalogue does not have it.</summary>
    public static async Task<Loaded?> Load(Write write, string code, Instant now)
    {
        if (await write.One<string>(SelectRegion, new { code }) is not { } region) return null;
        var versions = await write.Many<VersionRow>(SelectVersions, new { code });
        var standings = await write.Many<StandingRow>(SelectStandings, new { code });
        var cancelled = standings.FirstOrDefault(each => each.Status == "cancelled")?.From;
        return new(region, new ItemEntry
        {
            Id = code, Versions = [.. versions.Select(row => row.ToVersion())], SuspendedFrom = Suspension(standings, now), CancelledFrom = cancelled,
            CancellationTold = cancelled <= now,   // told by whoever recorded it, unless the stored entry knows better
        });
    }

    /// <summary>Since when it is suspended, else from when on it will be; null when it is not.</summary>
    static Instant? Suspension(IReadOnlyList<StandingRow> standings, Instant now)
    {
        var current = standings.LastOrDefault(each => each.From <= now && each.Status != "cancelled");
        return current?.Status == "suspended" ? current.From : standings.FirstOrDefault(each => each.From > now && each.Status == "suspended")?.From;
    }

    /// <summary>Writes what an act changed: new versions, the end of old ones, the standing.</summary>
    public static async Task Save(Write write, string region, ItemEntry before, ItemEntry after, Change change)
    {
        foreach (var version in after.Versions)
        {
            var old = before.Version(version.Number);
            if (old is null) await ItemPublication.Publish(write, region, version, change.Actor, change.Now);
            else if (old.EffectiveTo != version.EffectiveTo)
                await write.Run(EndVersion, new { code = after.Id, version = (long)version.Number, to = version.EffectiveTo!.Value.ToUnixTimeMilliseconds() });
        }
        if (after.CancelledFrom != before.CancelledFrom) await Stand(write, after.Id, "cancelled", after.CancelledFrom!.Value, change);
        if (after.SuspendedFrom != before.SuspendedFrom) await Stand(write, after.Id, after.SuspendedFrom is null ? "in_force" : "suspended", after.SuspendedFrom ?? change.Now, change);
        if (StatusAt(after, change.Now) is { } status) await write.Run(Show, new { code = after.Id, status, now = change.Now.ToUnixTimeMilliseconds() });
    }

    /// <summary>The entry without what the tables have.</summary>
    public static ItemEntry WithoutRows(ItemEntry item) => item with { Versions = [], SuspendedFrom = null, CancelledFrom = null };

    static Task Stand(Write write, string code, string status, Instant from, Change change) =>
        write.Run(PutStanding, new { code, from = from.ToUnixTimeMilliseconds(), status, reason = change.Reason ?? status, now = change.Now.ToUnixTimeMilliseconds(), by = change.Actor.Id });

    static string? StatusAt(ItemEntry item, Instant now) => item.StateAt(now) switch
    {
        "cancelled" => "cancelled",
        "suspended" => "suspended",
        "published" => "in_force",
        _ => null,
    };
}

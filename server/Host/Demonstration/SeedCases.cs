using System.Data.Common;
using Dapper;
using NodaTime;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Catalogue;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Host.Demonstration;

/// <summary>
/// Fills a server that has no cases with two hundred, opened over the past eight weeks, so that a newcomer sees a living hall. Outside
/// Production only. All in one commit or nothing; a server that cannot be filled starts empty and says why.
/// </summary>
sealed partial class SeedCases(
    Database database, ServerSettings settings, ItemsInForce items, RegionProfiles profiles, IPinnedData pinned, CaseNumbers numbers, TimeProvider clock, SecurityClock security, ILogger<SeedCases> log)
{
    const string Mark = "demonstration.cases";
    const string Any = "SELECT count(*) FROM (SELECT 1 FROM service_case LIMIT 1) c";
    const string SetMark = "INSERT INTO server_setting (name, value, updated_at) VALUES (@Mark, 'true', @now) ON CONFLICT (name) DO NOTHING";

    /// <summary>What was sent long ago is not sent again.</summary>
    readonly string sent = $"UPDATE outbox SET dispatched_at = created_at, attempts = 1 WHERE dispatched_at IS NULL AND case_no {database.Sql.In("@cases")}";

    /// <summary>Seeds where it is wanted and there are no cases; whether it did.</summary>
    public async Task<bool> Run(CancellationToken stop)
    {
        if (!settings.SeedsCases) return false;
        try
        {
            var started = clock.GetTimestamp();
            if (await HasCases(stop) || await Play(stop) is not { Cases.Count: > 0 } played || !await Write(played, stop)) return false;
            foreach (var refusal in played.Refusals) LogRefusal(refusal);
            LogSeeded(played.Cases.Count, played.Cases.Sum(run => run.Transitions), (long)clock.GetElapsedTime(started).TotalMilliseconds);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)   // whatever is wrong with the demonstration must not keep the server from starting
        {
            LogFailed(e);
            return false;
        }
    }

    /// <summary>Plays the cases up to now, without writing any.</summary>
    public async Task<Performance> Play(CancellationToken stop)
    {
        var now = Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var scenes = new Dictionary<string, Scene>();
        var posts = new Posts(DemonstrationCatalogue.Organisation());
        foreach (var item in DemonstrationCatalogue.Items())
            if (await SceneOf(item, posts, now, stop) is { } scene) scenes[item.ItemCode] = scene;
        if (scenes.Count == 0) return new([], []);
        var troupe = new Troupe(scenes, await pinned.Latest(SendMessage.TicketDefinition, stop), await pinned.Calendar(stop), now);
        return await troupe.Play((region, at) => numbers.Next(region, at, stop));
    }

    /// <summary>Null where the item is not in force any more.</summary>
    async Task<Scene?> SceneOf(ServiceItem shipped, Posts posts, Instant now, CancellationToken stop)
    {
        var at = now.ToUnixTimeMilliseconds();
        if (await items.Find(shipped.ItemCode, at, stop) is not { Status: "in_force", Holds: true, DefinitionId: { } definition, Hall: { } hall } item) return null;
        if (await profiles.Find(item.Region, at, stop) is not { } profile) return null;
        var flow = await pinned.Latest(definition, stop);
        var pins = new CasePins(flow.DefinitionId, flow.VersionId, flow.Version, item.ItemCode, item.Version, profile.Id, profile.Version);
        var context = await pinned.Context(pins, hall, item.Status, now, stop);
        return new(item.Region, hall, context.Item!, shipped.ServiceObject, flow, pins, context, posts);
    }

    async Task<bool> HasCases(CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<long>(new(Any, cancellationToken: stop)) > 0;
    }

    /// <summary>False where another node was faster: whoever sets the mark writes the cases.</summary>
    Task<bool> Write(Performance played, CancellationToken stop) => database.Write(async (connection, transaction) =>
    {
        if (await connection.ExecuteAsync(SetMark, new { Mark, now = security.Now }, transaction) == 0 || await connection.ExecuteScalarAsync<long>(Any, null, transaction) > 0) return false;
        await database.WriteCases(connection, transaction, [.. played.Cases.Select(run => run.Rows())], stop);
        await database.WriteCases(connection, transaction, [Audit(played)], stop);
        await connection.ExecuteAsync(sent, new { cases = played.Cases.Select(run => run.State!.CaseNo).ToArray() }, transaction);
        return true;
    }, stop);

    /// <summary>The trail of all cases in the order of time.</summary>
    static CaseWrite Audit(Performance played) => new() { Audit = [.. played.Cases.SelectMany(run => run.Audit).OrderBy(row => row.At)] };

    [LoggerMessage(1101, LogLevel.Information, "演示办件已生成 / {Cases} demonstration cases and tickets seeded, {Transitions} transitions, in {Milliseconds} ms")]
    partial void LogSeeded(int cases, int transitions, long milliseconds);

    [LoggerMessage(1102, LogLevel.Warning, "An act of a demonstration case was refused, so the case stays where it was: {Refusal}")]
    partial void LogRefusal(string refusal);

    [LoggerMessage(1103, LogLevel.Error, "演示办件未能生成，服务照常启动 / The demonstration cases could not be seeded; the server starts without them")]
    partial void LogFailed(Exception error);
}

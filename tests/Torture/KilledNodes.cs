using System.Globalization;
using Orchestrator.Migrations;
using Orchestrator.Stores.Conformance.Migrations;

namespace Orchestrator.Torture;

/// <summary>
/// <c>kill -9</c> at any moment loses nothing that was answered and doubles nothing (R1, R3). The seed is printed; ORCHESTRATOR_TORTURE_SEED
/// repeats its choices, ORCHESTRATOR_TORTURE_KILLS sets how many.
/// </summary>
public sealed class KilledNodes
{
    const int KillsDefault = 25;

    [Fact]
    public Task nothing_answered_is_lost_and_nothing_is_doubled_on_sqlite() => Torture(new ScratchSqlite());

    [Fact]
    public async Task nothing_answered_is_lost_and_nothing_is_doubled_on_postgresql() => await Torture(await ScratchPostgres.Create());

    static async Task Torture(ScratchDatabase scratch)
    {
        await using var database = scratch;
        var stop = TestContext.Current.CancellationToken;
        var (seed, kills) = (Number("ORCHESTRATOR_TORTURE_SEED") ?? Random.Shared.Next(), Number("ORCHESTRATOR_TORTURE_KILLS") ?? KillsDefault);
        await new MigrationRunner(database.Engine, database.Connect, TimeProvider.System).Up(stop);
        await using var campaign = new Campaign(database, seed, kills);

        await campaign.Run(stop);

        await using var node = await campaign.Rest(stop);
        var history = campaign.Histories();
        var checker = new Checker(node, history);
        var wrong = await checker.Run();
        Say($"{database.Engine}: seed {seed}, {kills} kills, {history.Count(entry => entry.Type == "ok")} answered, {Unanswered(history)} unanswered, {checker.Facts} facts, {wrong.Count} violations");
        Assert.Empty(wrong);
        Assert.NotEqual(0, history.Count(entry => entry.Type == "ok"));
        await TheCheckerBites(node, history);
    }

    /// <summary>A checker that finds nothing in a spoilt database would prove nothing.</summary>
    static async Task TheCheckerBites(Stores.Conformance.Kit.Node node, List<Entry> history)
    {
        var lost = history.Last(entry => entry.Type == "ok");
        await node.Run($"DELETE FROM case_event WHERE case_no = '{lost.CaseNo}' AND seq = {lost.Version}");
        await node.Run("DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox)");

        var wrong = await new Checker(node, history).Run();

        Assert.Contains(wrong, line => line.Contains($"{lost.Key} was answered but stands 0 times", StringComparison.Ordinal));
        Assert.Contains(wrong, line => line.Contains("is missing", StringComparison.Ordinal));
    }

    static int Unanswered(List<Entry> history) =>
        history.Where(entry => entry.Type == "invoke").Select(entry => entry.Key).Except(history.Where(entry => entry.Type is "ok" or "fail").Select(entry => entry.Key)).Count();

    static int? Number(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static void Say(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Console.WriteLine(line);
    }
}

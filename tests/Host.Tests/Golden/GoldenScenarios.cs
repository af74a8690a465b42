using Orchestrator.Host.Simulation;
using Orchestrator.Kernel.Simulation;

namespace Orchestrator.Host.Tests.Golden;

/// <summary>Every golden scenario that ships with a pipeline, through the API of a real server: the same answers as on the kernel.</summary>
public abstract class GoldenScenarios(ScenarioServer server)
{
    public static TheoryData<string> Files() => [.. Directory.GetFiles(Path.Combine(Root(), "workflows"), "*.json", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "golden").Select(file => Path.GetRelativePath(Root(), file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_golden_scenario_holds_over_http(string file)
    {
        Assert.SkipUnless(server.IsThere, "ORCHESTRATOR_TEST_POSTGRES names no cluster");
        var scenario = Scenario.Parse(await File.ReadAllTextAsync(Path.Combine(Root(), file), TestContext.Current.CancellationToken));

        var report = await ScenarioRunner.Run(scenario, new HttpWorld(server.Http, server.Administrator, scenario));

        Assert.True(report.Passed, Timeline.Print(report, "en"));
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Orchestrator.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

public sealed class GoldenScenariosOnSqlite(SqliteScenarioServer server) : GoldenScenarios(server), IClassFixture<SqliteScenarioServer>;

public sealed class GoldenScenariosOnPostgreSql(PostgreSqlScenarioServer server) : GoldenScenarios(server), IClassFixture<PostgreSqlScenarioServer>;

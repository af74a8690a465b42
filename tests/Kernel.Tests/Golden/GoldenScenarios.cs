using Orchestrator.Kernel.Simulation;
using Xunit;

namespace Orchestrator.Kernel.Tests.Golden;

/// <summary>Every golden scenario that ships with a pipeline, on the kernel alone.</summary>
public sealed class GoldenScenarios
{
    public static TheoryData<string> Files() => [.. Directory.GetFiles(Path.Combine(Root(), "workflows"), "*.json", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "golden").Select(file => Path.GetRelativePath(Root(), file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_golden_scenario_holds_on_the_kernel(string file)
    {
        var scenario = Scenario.Parse(await File.ReadAllTextAsync(Path.Combine(Root(), file), TestContext.Current.CancellationToken));

        var report = await ScenarioRunner.Run(scenario, new KernelWorld(scenario));

        Assert.True(report.Passed, Timeline.Print(report, "en"));
    }

    internal static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Orchestrator.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

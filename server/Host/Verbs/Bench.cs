using System.Collections.Immutable;
using Orchestrator.Host.Benchmarks;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Verbs;

/// <summary>One measurement of <c>bench</c>.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Run">Takes the remaining words; gives the exit code.</param>
sealed record Benchmark(string Name, Func<IReadOnlyList<string>, Task<int>> Run);

/// <summary><c>bench NAME …</c>: finds the measurement.</summary>
static class Bench
{
    public static ImmutableArray<Benchmark> All { get; } = [new("transitions", TransitionsBenchmark.Run), new("http", HttpBenchmark.Run), new("kernel", KernelBenchmark.Run)];

    public static Task<int> Run(IReadOnlyList<string> arguments)
    {
        var name = arguments.FirstOrDefault() ?? "";
        return All.FirstOrDefault(benchmark => benchmark.Name == name) is { } found
            ? found.Run([.. arguments.Skip(1)])
            : throw new WrongSetting($"没有名为“{name}”的测量；可用：{string.Join("、", All.Select(b => b.Name))}。", $"There is no benchmark '{name}'; there are: {string.Join(", ", All.Select(b => b.Name))}.");
    }
}

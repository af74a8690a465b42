using System.Text.Json;
using Orchestrator.Host.Benchmarks;

// Asserts what the measurements must reach, as ratios against a baseline of the same run or as figures of the product itself.
// Not part of ./test.sh: a shared machine's speed drifts. Run it on a quiet one: dotnet run -c Release --project tests/Benchmarks
var folder = Directory.CreateTempSubdirectory("orchestrator-figures-").FullName;
var failed = 0;
try
{
    var transitions = await Figures(file => TransitionsBenchmark.Run(["--database", "postgres", "--cases", "2000", "--workers", "8", "--json", file]));
    failed += Require("limitRatio, against bare SQL on the same tables", transitions, "limitRatio", atLeast: 0.5);
    failed += Require("commits of a transition", transitions, "commitsPerTransition", atMost: 1);
    failed += Require("round trips of a transition", transitions, "roundTripsPerTransition", atMost: 2);
    var http = await Figures(file => HttpBenchmark.Run(["--database", "postgres", "--cases", "300", "--connections", "16", "--json", file]));
    failed += Require("HTTP against the seam of the same run", http, "transitionsPerSecond", atLeast: 0.25 * transitions["transitionsPerSecond"]);
}
finally
{
    Directory.Delete(folder, recursive: true);
}
Console.WriteLine(failed == 0 ? "all figures reached" : $"{failed} figures missed");
return failed == 0 ? 0 : 1;

async Task<Dictionary<string, double>> Figures(Func<string, Task<int>> measure)
{
    var file = Path.Combine(folder, $"{Guid.NewGuid():n}.json");
    await measure(file);
    using var written = JsonDocument.Parse(await File.ReadAllTextAsync(file));
    return written.RootElement.EnumerateObject().Where(each => each.Value.ValueKind == JsonValueKind.Number).ToDictionary(each => each.Name, each => each.Value.GetDouble());
}

static int Require(string what, Dictionary<string, double> figures, string key, double atLeast = double.MinValue, double atMost = double.MaxValue)
{
    var reached = figures[key] >= atLeast && figures[key] <= atMost + 1e-9;
    Console.WriteLine($"{(reached ? "reached" : "MISSED ")} {what}: {figures[key]:0.###} (wanted {(atLeast > double.MinValue ? $"at least {atLeast:0.###}" : $"at most {atMost:0.###}")})");
    return reached ? 0 : 1;
}

using System.Globalization;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Benchmarks;

/// <summary>The options that measurements share: <c>--database sqlite|postgres</c>, <c>--connection TEXT</c>, <c>--cases N</c>, <c>--workers N</c>, <c>--json FILE</c>.</summary>
sealed record BenchOptions(string Database, string? Connection, int Cases, int Workers, string? Json)
{
    /// <summary>Reads the options; unknown ones are refused.</summary>
    public static BenchOptions Parse(IReadOnlyList<string> words, int cases, int workers)
    {
        var options = new BenchOptions("postgres", null, cases, workers, null);
        for (var i = 0; i < words.Count; i += 2)
        {
            var value = i + 1 < words.Count ? words[i + 1] : throw new WrongSetting($"选项 {words[i]} 缺少值。", $"Option {words[i]} needs a value.");
            options = words[i] switch
            {
                "--database" => options with { Database = value is "postgres" or "postgresql" ? "postgres" : value == "sqlite" ? value : throw new WrongSetting("--database 为 sqlite 或 postgres。", "--database is sqlite or postgres.") },
                "--connection" => options with { Connection = value },
                "--cases" => options with { Cases = Number(words[i], value) },
                "--workers" or "--connections" => options with { Workers = Number(words[i], value) },
                "--json" => options with { Json = value },
                _ => throw new WrongSetting($"没有选项 {words[i]}。", $"There is no option {words[i]}."),
            };
        }
        return options;
    }

    static int Number(string name, string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1_000_000
        ? number
        : throw new WrongSetting($"{name} 须为 1 至 1000000。", $"{name} is 1 to 1000000.");
}

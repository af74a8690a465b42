using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Host.Benchmarks;

/// <summary>Figures of a measurement, printed as a table and written as one JSON object.</summary>
sealed class BenchReport(string name)
{
    readonly Dictionary<string, object?> figures = new() { ["benchmark"] = name };

    public object? this[string key]
    {
        set => figures[key] = value is double number ? Math.Round(number, number >= 100 ? 0 : 3) : value;
    }

    public async Task Write(string? file)
    {
        foreach (var (key, value) in figures) await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {key,-28} {value}"));
        if (file is not null) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    /// <summary>The p-th percentile of sorted values, in the values' unit.</summary>
    public static double Percentile(double[] sorted, double p) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(p * sorted.Length) - 1)];
}

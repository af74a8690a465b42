using NodaTime;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Simulation;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Simulation;

namespace Orchestrator.Host.Verbs;

/// <summary>
/// <c>simulate FILE… [--lang en]</c>: runs scenario files on the kernel and prints what happened; files of date vectors are compared with the
/// calendar. With <c>--server URL --token TOKEN</c> the scenarios run through the API of a server with a manual clock; the token is an
/// administrator's. Exit code 1 on an unmet expectation, 2 on a file that cannot be read.
/// </summary>
static class Simulate
{
    /// <summary>What the command line asks for.</summary>
    sealed record Wanted(List<string> Files, string Language, Uri? Server, string Token);

    public static Task<int> Run(IReadOnlyList<string> arguments) => Run(arguments, Console.Out);

    public static async Task<int> Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        var wanted = Read(arguments);
        using var http = new HttpClient { BaseAddress = wanted.Server };
        var runs = new List<Func<Task<bool>>>();
        foreach (var file in wanted.Files) runs.Add(await Prepare(file, wanted, http, output));   // all of them first: a wrong file stops before anything is printed
        var failed = 0;
        foreach (var run in runs) failed += await run() ? 0 : 1;
        await output.WriteLineAsync(wanted.Language == "en" ? $"{runs.Count} scenarios, {failed} failed" : $"共 {runs.Count} 个场景，{failed} 个不符");
        return failed == 0 ? 0 : 1;
    }

    static async Task<Func<Task<bool>>> Prepare(string file, Wanted wanted, HttpClient http, TextWriter output)
    {
        try
        {
            var text = await File.ReadAllTextAsync(file);
            if (DateVectors.Are(text))
            {
                var vectors = DateVectors.Parse(text);
                return () => Agree(file, vectors, output);
            }
            var scenario = Scenario.Parse(text);
            IScenarioWorld world = wanted.Server is null ? new KernelWorld(scenario) : new HttpWorld(http, wanted.Token, scenario);
            return () => Passes(scenario, world, wanted.Language, output);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or KeyNotFoundException)
        {
            throw new WrongSetting($"无法读取场景文件 {file}。", $"The scenario file {file} cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    static async Task<bool> Passes(Scenario scenario, IScenarioWorld world, string language, TextWriter output)
    {
        try
        {
            var report = await ScenarioRunner.Run(scenario, world);
            await output.WriteAsync(Timeline.Print(report, language));
            return report.Passed;
        }
        catch (HttpRequestException e)
        {
            throw new WrongSetting($"服务器未能运行场景 {scenario.Id}。", $"The server could not run scenario {scenario.Id}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    static async Task<bool> Agree(string file, IReadOnlyList<DateVector> vectors, TextWriter output)
    {
        var differ = 0;
        foreach (var vector in vectors)
        {
            var computed = vector.Computed(WorkingCalendar.Shipped);
            if (computed == vector.Due) continue;
            differ++;
            await output.WriteLineAsync($"  ✗ {vector.Id}  {vector.Start:uuuu-MM-dd} + {vector.Limit}: {InstantConverter.Format(computed)}, {InstantConverter.Format(vector.Due)}");
        }
        await output.WriteLineAsync($"{Path.GetFileName(file)}  {vectors.Count - differ}/{vectors.Count} {(differ == 0 ? "✓" : "✗")}");
        return differ == 0;
    }

    static Wanted Read(IReadOnlyList<string> arguments)
    {
        var (files, language, server, token) = (new List<string>(), "zh-CN", (Uri?)null, "");
        for (var i = 0; i < arguments.Count; i++)
            switch (arguments[i])
            {
                case "--lang" when i + 1 < arguments.Count: language = arguments[++i] is "en" ? "en" : "zh-CN"; break;
                case "--server" when i + 1 < arguments.Count && Uri.TryCreate(arguments[i + 1], UriKind.Absolute, out var url): server = url; i++; break;
                case "--token" when i + 1 < arguments.Count: token = arguments[++i]; break;
                case var option when option.StartsWith("--", StringComparison.Ordinal): throw new WrongSetting($"simulate 没有选项 {option} 或其值无效。", $"simulate has no option {option}, or its value is wrong.");
                case var file: files.Add(file); break;
            }
        if (files.Count == 0) throw new WrongSetting("请给出场景文件。", "Name the scenario files to run.");
        return new(files, language, server, token);
    }
}

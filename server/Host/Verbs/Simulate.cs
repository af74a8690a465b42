using Orchestrator.Host.Settings;
using Orchestrator.Kernel.Simulation;

namespace Orchestrator.Host.Verbs;

/// <summary><c>simulate FILE… [--lang en]</c>: runs scenario files on the kernel and prints what happened. Exit code 1 on an unmet expectation, 2 on a file that cannot be read.</summary>
static class Simulate
{
    public static Task<int> Run(IReadOnlyList<string> arguments) => Run(arguments, Console.Out);

    public static async Task<int> Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        var (files, language) = Read(arguments);
        var runs = new List<(Scenario Scenario, IScenarioWorld World)>();
        foreach (var file in files) runs.Add(await Prepare(file));   // all of them first: a wrong file stops before anything is printed
        var failed = 0;
        foreach (var (scenario, world) in runs) failed += await Passes(scenario, world, language, output) ? 0 : 1;
        await output.WriteLineAsync(language == "en" ? $"{runs.Count} scenarios, {failed} failed" : $"共 {runs.Count} 个场景，{failed} 个不符");
        return failed == 0 ? 0 : 1;
    }

    static async Task<bool> Passes(Scenario scenario, IScenarioWorld world, string language, TextWriter output)
    {
        var report = await ScenarioRunner.Run(scenario, world);
        await output.WriteAsync(Timeline.Print(report, language));
        return report.Passed;
    }

    static async Task<(Scenario, IScenarioWorld)> Prepare(string file)
    {
        try
        {
            var scenario = Scenario.Parse(await File.ReadAllTextAsync(file));
            return (scenario, new KernelWorld(scenario));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or KeyNotFoundException)
        {
            throw new WrongSetting($"无法读取场景文件 {file}。", $"The scenario file {file} cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    static (List<string> Files, string Language) Read(IReadOnlyList<string> arguments)
    {
        var (files, language) = (new List<string>(), "zh-CN");
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--lang" && i + 1 < arguments.Count) language = arguments[++i];
            else if (arguments[i].StartsWith("--", StringComparison.Ordinal)) throw new WrongSetting($"simulate 没有选项 {arguments[i]}。", $"simulate has no option {arguments[i]}.");
            else files.Add(arguments[i]);
        }
        if (files.Count == 0) throw new WrongSetting("请给出场景文件。", "Name the scenario files to run.");
        return (files, language is "en" ? "en" : "zh-CN");
    }
}

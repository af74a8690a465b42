using System.Text;
using Orchestrator.Host.Settings;
using Orchestrator.Kernel.Checks;

namespace Orchestrator.Host.Verbs;

/// <summary><c>check FILE…</c>: what the publish gate would say of definition files. Exit code 1 when one of them could not be published.</summary>
static class Check
{
    public static async Task<int> Run(IReadOnlyList<string> files)
    {
        if (files.Count == 0) throw new WrongSetting("请给出要检查的流程文件。", "Name the definition files to check.");
        var unsound = 0;
        foreach (var file in files) unsound += await Sound(file, Console.Out) ? 0 : 1;
        return unsound == 0 ? 0 : 1;
    }

    /// <summary>Prints the findings of one file; whether it is free of errors.</summary>
    public static async Task<bool> Sound(string file, TextWriter output)
    {
        var report = DefinitionCheck.Run(Encoding.UTF8.GetString(await Bytes(file)));
        foreach (var finding in report.Findings)
        {
            var rule = finding.Rule is null ? "" : $" [{finding.Rule}]";
            await output.WriteLineAsync($"{file}#{finding.Pointer}: {finding.Severity.ToString().ToLowerInvariant()} {finding.Code}{rule}: {finding.Message.Zh} {finding.Message.En}");
        }
        await output.WriteLineAsync(report.IsPublishable ? $"{file}: 可以发布 / publishable" : $"{file}: 不能发布 / not publishable");
        return report.IsPublishable;
    }

    static async Task<byte[]> Bytes(string file)
    {
        try
        {
            return await File.ReadAllBytesAsync(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongSetting($"无法读取文件 {file}。", $"The file {file} cannot be read.");
        }
    }
}

using System.Collections.Immutable;
using System.Data.Common;
using Orchestrator.Host.Settings;
using Orchestrator.Kernel;
using Orchestrator.Migrations;

namespace Orchestrator.Host.Verbs;

/// <summary>One thing that the executable can do.</summary>
/// <param name="Name">First word on the command line.</param>
/// <param name="Help">What it does.</param>
/// <param name="Run">Takes the remaining words; gives the exit code.</param>
sealed record Verb(string Name, LocalizedText Help, Func<IReadOnlyList<string>, Task<int>> Run);

/// <summary>The verbs of the one executable; <c>serve</c> when none is named. Exit codes: 0 done, 1 it was found wanting, 2 wrong usage or setting.</summary>
static class VerbTable
{
    public static ImmutableArray<Verb> All { get; } =
    [
        new("serve", new("启动服务", "Runs the server"), Serve.Run),
        new("migrate", new("执行数据库迁移：migrate [up|status|down 版本号]", "Migrates the database: migrate [up|status|down VERSION]"), Migrate.Run),
        new("simulate", new("运行场景文件：simulate 文件… [--lang en]", "Runs scenario files: simulate FILE… [--lang en]"), Simulate.Run),
        new("check", new("检查流程文件：check 文件…", "Checks definition files: check FILE…"), Check.Run),
        new("bench", new("性能测量：bench 名称 [选项]", "Measures: bench NAME [options]"), Bench.Run),
        new("admin", new("创建首个管理员：admin create 登录名", "Makes the first administrator: admin create LOGIN"), Admin.Run),
        new("help", new("显示本说明", "Shows this page"), _ => Help()),
    ];

    public static async Task<int> Run(string[] arguments)
    {
        var named = arguments is [{ Length: > 0 } first, ..] && !first.StartsWith('-');
        var (name, rest) = named ? (arguments[0], arguments[1..]) : ("serve", arguments);
        if (arguments is ["--help" or "-h", ..]) name = "help";
        try
        {
            return All.FirstOrDefault(verb => verb.Name == name) is { } verb ? await verb.Run(rest) : await Unknown(name);
        }
        catch (WrongSetting e)
        {
            return await Refuse(e.Message);
        }
        catch (MigrationException e)
        {
            return await Refuse(e.Message);
        }
        catch (DbException e)
        {
            return await Refuse($"数据库不可用 / The database cannot be used: {e.Message}");
        }
    }

    static async Task<int> Refuse(string line)
    {
        await Console.Error.WriteLineAsync("orchestrator: " + line.ReplaceLineEndings(" "));
        return WrongSetting.ExitCode;
    }

    static Task<int> Unknown(string name) =>
        throw new WrongSetting($"没有名为 {name} 的命令；可用：{string.Join("、", All.Select(verb => verb.Name))}。", $"There is no verb '{name}'; see 'orchestrator help'.");

    static async Task<int> Help()
    {
        foreach (var verb in All) await Console.Out.WriteLineAsync($"  {verb.Name,-10} {verb.Help.Zh} / {verb.Help.En}");
        await Console.Out.WriteLineAsync();
        foreach (var setting in KnownSettings.All) await Console.Out.WriteLineAsync($"  --{setting.Name,-20} {setting.Help.Zh} / {setting.Help.En}");
        return 0;
    }
}

using System.Globalization;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Verbs;

/// <summary><c>migrate [up|status|down VERSION]</c>: brings the database to the schema of this program, shows where it stands, or takes it back.</summary>
static class Migrate
{
    public static async Task<int> Run(IReadOnlyList<string> arguments)
    {
        var (settings, rest) = SettingsReader.Read(arguments);
        await using var database = Database.Of(settings);
        var runner = database.Migrations(TimeProvider.System);
        return rest switch
        {
            [] or ["up"] => await Say($"已执行 {{0}} 个迁移，数据库版本 {runner.Latest:0000} / {{0}} migrations applied, database at {runner.Latest:0000}", runner.Up()),
            ["down", var version] => await Say("已撤销 {0} 个迁移 / {0} migrations taken back", runner.Down(Version(version))),
            ["status"] => await Status(runner),
            _ => throw new WrongSetting("用法：migrate [up|status|down 版本号]。", "Usage: migrate [up|status|down VERSION]."),
        };
    }

    static int Version(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        ? version
        : throw new WrongSetting($"“{text}”不是版本号。", $"'{text}' is not a version number.");

    static async Task<int> Say(string text, Task<int> steps)
    {
        await Console.Out.WriteLineAsync(string.Format(CultureInfo.InvariantCulture, text, await steps));
        return 0;
    }

    static async Task<int> Status(Migrations.MigrationRunner runner)
    {
        foreach (var one in await runner.Status()) await Console.Out.WriteLineAsync($"{one.Version:0000} {one.Name,-32} {one.State.ToString().ToLowerInvariant()}");
        return 0;
    }
}

using System.Collections;
using System.Text.Json;

namespace Orchestrator.Host.Settings;

/// <summary>Reads settings from appsettings.json, then the environment, then the command line; the later wins.</summary>
static class SettingsReader
{
    public const string EnvironmentPrefix = "ORCHESTRATOR__";

    /// <summary>The settings, and the arguments that are not options (a verb's own).</summary>
    public sealed record Result(ServerSettings Settings, IReadOnlyList<string> Rest);

    /// <summary>Reads what this process was given.</summary>
    /// <exception cref="WrongSetting">A name or a value is not known, or two settings contradict each other.</exception>
    public static Result Read(IReadOnlyList<string> arguments) =>
        Read(arguments, Environment.GetEnvironmentVariables(), Path.Combine(AppContext.BaseDirectory, "appsettings.json"));

    public static Result Read(IReadOnlyList<string> arguments, IDictionary environment, string file)
    {
        var rest = new List<string>();
        var given = FromFile(file).Concat(FromEnvironment(environment)).Concat(FromArguments(arguments, rest));
        var settings = given.Aggregate(new ServerSettings(), (settings, pair) => Known(pair.Name).Apply(settings, pair.Value));
        return new(Consistent(settings), rest);
    }

    static Setting Known(string name) => KnownSettings.Find(name) ?? throw new WrongSetting(
        $"没有名为 {name} 的设置；可用：{string.Join("、", KnownSettings.All.Select(s => s.Name))}。", $"There is no setting {name}.");

    static List<(string Name, string Value)> FromFile(string file)
    {
        if (!File.Exists(file)) return [];
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return [.. document.RootElement.EnumerateObject().Select(property => (property.Name, property.Value.ToString()))];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new WrongSetting($"无法读取设置文件 {file}。", $"The settings file {file} cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    static IEnumerable<(string Name, string Value)> FromEnvironment(IDictionary environment) =>
        from entry in environment.Cast<DictionaryEntry>()
        let name = (string)entry.Key
        where name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)
        orderby name
        select (name[EnvironmentPrefix.Length..].Replace('_', '-'), (string?)entry.Value ?? "");

    static List<(string Name, string Value)> FromArguments(IReadOnlyList<string> arguments, List<string> rest)
    {
        var found = new List<(string, string)>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                rest.Add(arguments[i]);
                continue;
            }
            var (name, value) = Split(arguments[i][2..]);
            var hasNext = i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal);
            if (value is null && hasNext) value = arguments[++i];
            found.Add((name, value ?? (Known(name).ValueOptional ? "" : throw new WrongSetting($"设置 --{name} 缺少值。", $"Setting --{name} lacks its value."))));
        }
        return found;
    }

    static (string Name, string? Value) Split(string option) =>
        option.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (option[..at], option[(at + 1)..]) : (option, null);

    static ServerSettings Consistent(ServerSettings settings)
    {
        if (settings is { ManualClock: true, IsProduction: true })
            throw new WrongSetting("生产环境不得使用人工时钟（manual-clock）。", "The manual clock cannot be used in Production (set --environment Development).");
        if (settings is { SeedCases: true, IsProduction: true })
            throw new WrongSetting("生产环境不得生成演示办件（seed-cases）。", "Demonstration cases cannot be seeded in Production (set --environment Development).");
        if (settings is { IsSqlite: false, Connection: null })
            throw new WrongSetting("使用 postgresql 时须设置 connection。", "With --database postgresql a --connection is needed.");
        return settings;
    }
}

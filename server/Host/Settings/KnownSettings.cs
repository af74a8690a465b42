using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using NodaTime.Text;
using Orchestrator.Kernel;

namespace Orchestrator.Host.Settings;

/// <summary>One setting: <c>--name</c> on the command line, <c>ORCHESTRATOR__NAME</c> in the environment (hyphens as underscores), <c>name</c> in appsettings.json.</summary>
/// <param name="Name">Its name, lower case with hyphens.</param>
/// <param name="Help">What it does.</param>
/// <param name="Apply">Takes the value over, or throws <see cref="WrongSetting"/>.</param>
/// <param name="ValueOptional">Whether <c>--name</c> may stand alone.</param>
sealed record Setting(string Name, LocalizedText Help, Func<ServerSettings, string, ServerSettings> Apply, bool ValueOptional = false);

/// <summary>All settings. A name that is not here stops the start, so that a slip of the pen is not silently ignored.</summary>
static class KnownSettings
{
    const int MinPasswordIterations = ServerSettings.PasswordIterationsDefault;

    public static ImmutableArray<Setting> All { get; } =
    [
        new("environment", new("运行环境：Production（默认）或 Development", "Production (default) or Development"), Environment),
        new("urls", new("监听地址，以分号分隔", "Addresses to listen on, separated by semicolons"), Urls),
        new("database", new("sqlite（默认）或 postgresql", "sqlite (default) or postgresql"), Database),
        new("connection", new("数据库连接字符串", "Connection string of the database"), (settings, value) => settings with { Connection = Filled("connection", value) }),
        new("manual-clock", new("人工时钟，可给定起始时刻；仅限非生产环境", "Manual clock, with the instant it starts at; never in Production"), ManualClock, ValueOptional: true),
        new("seed-cases", new("无办件时是否生成演示办件：true 或 false；人工时钟下默认 false；仅限非生产环境", "Whether a server without cases gets demonstration cases: true or false; false by default under a manual clock; never in Production"),
            (settings, value) => settings with { SeedCases = Bool("seed-cases", value) }, ValueOptional: true),
        new("migrate-at-start", new("启动时是否执行迁移：true 或 false", "Whether serve applies pending migrations: true or false"),
            (settings, value) => settings with { MigrateAtStart = Bool("migrate-at-start", value) }, ValueOptional: true),
        new("log-folder", new("日志目录", "Folder of the log files"), (settings, value) => settings with { LogFolder = Filled("log-folder", value) }),
        new("max-connections", new("最大连接数", "Most connections at once"), (settings, value) => settings with { MaxConnections = (int)Whole("max-connections", value, 1, 1_000_000) }),
        new("max-body-bytes", new("请求正文上限（字节）", "Largest request body in bytes"), (settings, value) => settings with { MaxBodyBytes = Whole("max-body-bytes", value, 1024, 1L << 30) }),
        new("session-hours", new("会话最长时间（小时）", "Longest session in hours"), (settings, value) => settings with { SessionHours = (int)Whole("session-hours", value, 1, 168) }),
        new("session-idle-minutes", new("会话闲置上限（分钟）", "Session ends after so many idle minutes"),
            (settings, value) => settings with { SessionIdleMinutes = (int)Whole("session-idle-minutes", value, 1, 10_080) }),
        new("password-iterations", new("口令散列迭代次数", "Iterations of the password hash"),
            (settings, value) => settings with { PasswordIterations = (int)Whole("password-iterations", value, MinPasswordIterations, 100_000_000) }),
        new("trusted-proxies", new("可信代理的 IP 地址，以逗号分隔", "Addresses of trusted proxies, separated by commas"), TrustedProxies),
    ];

    public static Setting? Find(string name) => All.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    static ServerSettings Environment(ServerSettings settings, string value) => value.ToLowerInvariant() switch
    {
        "production" => settings with { Environment = ServerEnvironment.Production },
        "development" => settings with { Environment = ServerEnvironment.Development },
        _ => throw WrongSetting.Of("environment", value, "应为 Production 或 Development", "it is Production or Development"),
    };

    static ServerSettings Urls(ServerSettings settings, string value)
    {
        var urls = value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (urls.Length == 0 || !urls.All(IsUrl))
            throw WrongSetting.Of("urls", value, "应为 http(s)://主机:端口", "it takes the form http(s)://host:port");
        return settings with { Urls = [.. urls] };
    }

    static bool IsUrl(string url) =>
        Uri.TryCreate(url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri.AbsolutePath == "/" && uri.Query == "";

    static ServerSettings Database(ServerSettings settings, string value) => value.ToLowerInvariant() switch
    {
        "sqlite" => settings with { Engine = "sqlite" },
        "postgresql" or "postgres" => settings with { Engine = "postgresql" },
        _ => throw WrongSetting.Of("database", value, "应为 sqlite 或 postgresql", "it is sqlite or postgresql"),
    };

    static ServerSettings ManualClock(ServerSettings settings, string value)
    {
        if (value is "" or "true") return settings with { ManualClock = true };
        if (value == "false") return settings with { ManualClock = false };
        var instant = OffsetDateTimePattern.ExtendedIso.Parse(value);
        return instant.Success
            ? settings with { ManualClock = true, ManualClockStart = instant.Value.ToInstant() }
            : throw WrongSetting.Of("manual-clock", value, "应为 2026-01-05T09:00:00+08:00 形式的时刻", "an instant looks like 2026-01-05T09:00:00+08:00");
    }

    static ServerSettings TrustedProxies(ServerSettings settings, string value)
    {
        var proxies = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var text in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            proxies.Add(IPAddress.TryParse(text, out var address) ? address : throw WrongSetting.Of("trusted-proxies", text, "不是 IP 地址", "it is not an IP address"));
        return settings with { TrustedProxies = proxies.ToImmutable() };
    }

    static string Filled(string name, string value) =>
        value.Trim() is { Length: > 0 } text ? text : throw WrongSetting.Of(name, value, "不得为空", "it must not be empty");

    static bool Bool(string name, string value) => value switch
    {
        "" or "true" => true,
        "false" => false,
        _ => throw WrongSetting.Of(name, value, "应为 true 或 false", "it is true or false"),
    };

    static long Whole(string name, string value, long least, long most) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw WrongSetting.Of(name, value, $"应为 {least} 至 {most} 的整数", $"it is a whole number from {least} to {most}");
}

using Orchestrator.Host.Definitions;
using Orchestrator.Host.Demonstration;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;
using Orchestrator.Migrations;

namespace Orchestrator.Host.Operations;

/// <summary>What has to be so before the first request: durability, schema, somebody to administrate; and the lines that say where the server listens.</summary>
static partial class Startup
{
    /// <summary>Prepares the database, or throws what keeps the server from starting.</summary>
    public static async Task Prepare(IServiceProvider services, CancellationToken stop = default)
    {
        var (settings, database, clock) = (services.GetRequiredService<ServerSettings>(), services.GetRequiredService<Database>(), services.GetRequiredService<SecurityClock>());
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Orchestrator.Host.Startup");
        if (settings.AppliesMigrations) Migrated(log, await database.Migrations(clock.Time).Up(stop), settings.Engine);
        else await RequireSchema(database, clock, stop);
        await database.RequireDurability(stop);
        await using var alone = await database.Alone(stop);   // nodes that start together prepare one after the other
        Shipped(log, await ShippedDefinitions.Publish(database, clock, stop));
        if (!settings.IsProduction) await Demonstration.Seed(database, services.GetRequiredService<Passwords>(), clock, services.GetRequiredService<TimeProvider>(), stop);
        await ActivatorUtilities.CreateInstance<SeedCases>(services).Run(stop);
        if (settings.IsProduction && !await FirstAdministrator.Exists(database, demonstration: false, stop)) NoAdministrator(log);
    }

    public static void AnnounceWhenStarted(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Orchestrator.Host.Startup");
        var settings = app.Services.GetRequiredService<ServerSettings>();
        app.Lifetime.ApplicationStarted.Register(() => Started(log, string.Join(", ", app.Urls), settings.Environment, settings.Engine));
        app.Lifetime.ApplicationStopping.Register(() => Stopping(log));
    }

    static async Task RequireSchema(Database database, SecurityClock clock, CancellationToken stop)
    {
        var status = await database.Migrations(clock.Time).Status(stop);
        if (status.FirstOrDefault(one => one.State != MigrationState.Applied) is { } first)
            throw new WrongSetting($"数据库尚未迁移到 {first.Version:0000}，请先运行 orchestrator migrate。", $"The database lacks migration {first.Version:0000}; run 'orchestrator migrate' first.");
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "{Count} migrations applied on {Engine}")]
    static partial void Migrated(ILogger log, int count, string engine);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Information, Message = "{Count} shipped pipelines published")]
    static partial void Shipped(ILogger log, int count);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "尚无系统管理员：请运行 orchestrator admin create 登录名 / There is no administrator: run 'orchestrator admin create LOGIN'")]
    static partial void NoAdministrator(ILogger log);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Information, Message = "服务已启动 / listening on {Urls} ({Environment}, {Engine})")]
    static partial void Started(ILogger log, string urls, ServerEnvironment environment, string engine);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Information, Message = "正在停止 / stopping: requests under way are finished first")]
    static partial void Stopping(ILogger log);
}

using NLog;
using NLog.Config;
using NLog.Layouts;
using NLog.Targets;
using NLog.Targets.Wrappers;
using NLog.Web;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Operations;

/// <summary>Logs: one line each on the console, one JSON object each in <c>orchestrator.log</c>. Neither bodies nor headers are ever logged, so no secret gets in.</summary>
static class Logging
{
    const string Line = "${longdate} ${level:uppercase=true:padding=-5} ${logger:shortName=true} ${message}${onexception:inner= ${exception:format=tostring}} ${scopeproperty:RequestId}";

    public static void UseLogs(this WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddFilter("Orchestrator.Host.Identity.RequestAuthentication", Microsoft.Extensions.Logging.LogLevel.Warning);   // every visitor who is not signed in
        builder.Host.UseNLog(new() { RemoveLoggerFactoryFilter = false, ShutdownOnDispose = false });
        LogManager.Configuration = Configuration(settings);
    }

    static LoggingConfiguration Configuration(ServerSettings settings)
    {
        var configuration = new LoggingConfiguration();
        Add(configuration, new ConsoleTarget("console") { Layout = Line, StdErr = true });
        Add(configuration, File(settings.LogFolder));
        return configuration;
    }

    static void Add(LoggingConfiguration configuration, Target target)
    {
        // A full queue drops the oldest lines instead of stopping the server.
        var queue = new AsyncTargetWrapper(target, 10_000, AsyncTargetWrapperOverflowAction.Discard) { Name = target.Name + "-queue" };
        configuration.AddRule(NLog.LogLevel.Warn, NLog.LogLevel.Fatal, queue, "Microsoft.*", final: false);
        configuration.AddRule(NLog.LogLevel.Warn, NLog.LogLevel.Fatal, queue, "Quartz.*");
        configuration.AddRule(NLog.LogLevel.Info, NLog.LogLevel.Fatal, queue, "Orchestrator.*");
    }

    static FileTarget File(string folder) => new("file")
    {
        FileName = Path.Combine(Path.GetFullPath(folder), "orchestrator.log"),
        ArchiveEvery = FileArchivePeriod.Day,
        ArchiveAboveSize = 64 * 1024 * 1024,
        MaxArchiveFiles = 30,
        KeepFileOpen = true,
        Layout = new JsonLayout
        {
            IncludeEventProperties = true,
            IncludeScopeProperties = true,
            Attributes =
            {
                new("at", "${date:universalTime=true:format=o}"),
                new("level", "${level}"),
                new("logger", "${logger}"),
                new("event", "${event-properties:item=EventId_Id}"),
                new("message", "${message}"),
                new("exception", "${exception:format=tostring}"),
            },
        },
    };
}

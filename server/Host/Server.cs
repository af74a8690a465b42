using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Definitions;
using Orchestrator.Host.Dev;
using Orchestrator.Host.Evaluations;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Items;
using Orchestrator.Host.OpenApi;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Organisation;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Registers;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;
using Orchestrator.Host.Supervision;
using Orchestrator.Host.Tasks;

namespace Orchestrator.Host;

/// <summary>Puts the server together: what it is made of, what every request passes, and what it answers.</summary>
static class Server
{
    const int MaxHeaderBytes = 32 * 1024, HeaderSeconds = 15, KeepAliveSeconds = 120, StopSeconds = 30;

    /// <summary>A server ready to run. The caller disposes it.</summary>
    /// <param name="settings">What the operator set.</param>
    /// <param name="adjust">Lets tests replace parts.</param>
    public static WebApplication Build(ServerSettings settings, Action<IServiceCollection>? adjust = null)
    {
        // Not the default builder: it would read files and variables that KnownSettings does not know.
        var builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = settings.Environment.ToString() });
        builder.UseLogs(settings);
        builder.WebHost.UseKestrelCore().UseUrls([.. settings.Urls]).ConfigureKestrel(kestrel => Limit(kestrel, settings));
        if (settings.Urls.Any(url => url.StartsWith("https", StringComparison.OrdinalIgnoreCase))) builder.WebHost.UseKestrelHttpsConfiguration();
        AddServices(builder.Services, settings);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        Use(app, settings);
        Map(app);
        return app;
    }

    static void AddServices(IServiceCollection services, ServerSettings settings)
    {
        Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;   // columns are snake_case, members PascalCase
        services.AddSingleton(settings);
        services.AddSingleton<Metrics>();
        services.AddSingleton(_ => Database.Of(settings));
        services.AddStorage().AddClocks(settings).AddOutbox(settings);
        services.AddSingleton<IReadinessCheck, SchemaReadiness>();
        services.AddSingleton<IReadinessCheck, SchedulerReadiness>();
        services.AddSingleton<Writes>();
        services.AddIdentity();
        services.AddCases();
        services.AddTasks();
        services.AddRegisters();
        services.AddSingleton<Fixtures>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(StopSeconds));
        services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddRouting();
        services.AddApiDescription();
    }

    static void Use(WebApplication app, ServerSettings settings)
    {
        if (settings.TrustedProxies.Length > 0) app.UseForwardedHeaders(Proxies(settings));
        app.UseRequestIds(app.Services.GetRequiredService<ILoggerFactory>());
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseRouting();
        app.UseIdentity();
        _ = app.Services.GetRequiredService<Metrics>();   // listens from the first request on
    }

    static void Map(WebApplication app)
    {
        Health.Map(app);
        Metrics.Map(app);
        app.MapIdentity();
        ReadAudit.Map(app);
        app.MapDefinitions();
        app.MapItems();
        app.MapCases();
        app.MapTasks();
        app.MapEvaluations();
        app.MapSupervision();
        app.MapRegisters();
        app.MapDev();
        ReadOrganisation.Map(app);
        app.MapApiDescription();
        Policies.RequireOnAll(((IEndpointRouteBuilder)app).DataSources);
    }

    static void Limit(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, ServerSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = settings.MaxConnections;
        kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(HeaderSeconds);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(KeepAliveSeconds);
    }

    static ForwardedHeadersOptions Proxies(ServerSettings settings)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (IPAddress proxy in settings.TrustedProxies) options.KnownProxies.Add(proxy);
        return options;
    }
}

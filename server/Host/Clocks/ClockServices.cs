using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;
using Orchestrator.Host.Storage.Dialects;
using Quartz;

namespace Orchestrator.Host.Clocks;

/// <summary>The clock of the server: the system's with Quartz.NET as its bell, or a manual one that nothing rings.</summary>
static class ClockServices
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), CheckIn = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddClocks(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton<FireDueTimers>().AddSingleton<IDueWork>(provider => provider.GetRequiredService<FireDueTimers>());
        return settings.ManualClock ? services.AddManualClock(settings) : services.AddSystemClock(settings);
    }

    static IServiceCollection AddManualClock(this IServiceCollection services, ServerSettings settings) => services
        .AddSingleton(_ => new ManualClock(settings.ManualClockStart ?? TimeProvider.System.GetUtcNow().ToInstant()))
        .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<ManualClock>())
        .AddSingleton<MoveClock>();

    static IServiceCollection AddSystemClock(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "orchestrator";
                scheduler.GenerateInstanceId = true;
            });
            quartz.UseDefaultThreadPool(4);
            quartz.UsePersistentStore(store => Keep(store, settings));
            quartz.ScheduleJob<RingForTimers>(Every<RingForTimers>("timers"), job => job.WithIdentity("timers"));
            quartz.ScheduleJob<RingForRegisters>(Every<RingForRegisters>("registers"), job => job.WithIdentity("registers"));
            quartz.ScheduleJob<RingForOutbox>(Every<RingForOutbox>("outbox"), job => job.WithIdentity("outbox"));
        });
        return services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
    }

    /// <summary>Clustered where several processes can share the tables. Quartz refuses to cluster on SQLite, which is for one process; deadlines are rows either way.</summary>
    static void Keep(IPersistentStoreBuilder store, ServerSettings settings)
    {
        if (settings.IsSqlite) store.UseSqlite(SqliteFactory.Instance, new SqliteDatabase(settings.ConnectionString).ConnectionString);
        else store.UsePostgres(NpgsqlFactory.Instance, settings.ConnectionString);
        store.ConfigureStore(options =>
        {
            options.TablePrefix = "qrtz_";
            options.SchemaProvisioning = SchemaProvisioning.Validate;   // the tables are ours to migrate, not the scheduler's to make
        });
        store.UseSystemTextJsonSerializer();
        if (!settings.IsSqlite) store.UseClustering(cluster => cluster.CheckinInterval = CheckIn);
    }

    static Action<ITriggerConfigurator<T>> Every<T>(string name) where T : IJob => trigger => trigger
        .WithIdentity(name)
        .StartNow()
        .WithSimpleSchedule(schedule => schedule.WithInterval(Interval).RepeatForever());
}

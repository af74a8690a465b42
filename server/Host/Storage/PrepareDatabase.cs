using Orchestrator.Host.Operations;
using Orchestrator.Host.Settings;
using Orchestrator.Migrations;

namespace Orchestrator.Host.Storage;

/// <summary>Before anything else starts: the database must be durable and at the version of the program.</summary>
sealed class PrepareDatabase(Database database, ServerSettings settings, TimeProvider clock) : IHostedLifecycleService
{
    /// <exception cref="WrongSetting">The database cannot be used like this.</exception>
    /// <exception cref="MigrationException">The migrations cannot be applied.</exception>
    public async Task StartingAsync(CancellationToken stop)
    {
        await database.RequireDurability(stop);
        var migrations = database.Migrations(clock);
        if (settings.AppliesMigrations) await migrations.Up(stop);
        else if ((await migrations.Status(stop)).FirstOrDefault(each => each.State != MigrationState.Applied) is { } pending)
            throw new WrongSetting($"数据库尚未迁移到 {pending.Version:0000}，请先运行 migrate。", $"The database lacks migration {pending.Version:0000}: run 'migrate' first, or set --migrate-at-start.");
    }

    public Task StartAsync(CancellationToken stop) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken stop) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken stop) => Task.CompletedTask;
    public Task StopAsync(CancellationToken stop) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken stop) => Task.CompletedTask;
}

/// <summary>The database answers.</summary>
sealed class DatabaseReady(Database database) : IReadinessCheck
{
    public string Name => "database";

    public async Task<string?> WhyNotReady(CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        await command.ExecuteScalarAsync(stop);
        return null;
    }
}

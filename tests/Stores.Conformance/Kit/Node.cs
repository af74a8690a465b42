using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Storage;
using Orchestrator.Host.Storage.Dialects;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Stores.Conformance.Kit;

/// <summary>One server process as far as cases go: its own pools, seam, sweep and dispatcher, on a manual clock.</summary>
sealed class Node : IAsyncDisposable
{
    public static readonly Instant Friday = LegalTime.At(new LocalDateTime(2026, 9, 18, 15, 20));

    public Node(string engine, string connectionString, ManualClock? clock = null, CaseRules? rules = null, Func<ICaseStore, ICaseStore>? wrap = null, INoticeChannel? channel = null)
    {
        Database = engine == "sqlite" ? new SqliteDatabase(connectionString) : new PostgreSqlDatabase(connectionString);
        Clock = clock ?? new ManualClock(Friday);
        Store = wrap?.Invoke(Database.Cases) ?? Database.Cases;
        var pins = new ShippedPins();
        Steps = new(pins, rules ?? CaseRules.Kernel, Clock);
        Signal = new();
        Seam = new(Store, Steps, Signal, NullLogger<CaseSeam>.Instance);
        PutAside = new(Database);
        Sweep = new(Store, Steps, PutAside, Signal, NullLogger<FireDueTimers>.Instance);
        Outbox = new(Database);
        Ports = new();
        var send = new SendMessage(channel ?? Ports, Ports, Ports, Ports, Store, pins, Seam);
        Dispatch = new(Outbox, send, new(Store, Steps, Seam, Signal), PutAside, Clock, NullLogger<DispatchOutbox>.Instance);
        Move = new(Clock, [Sweep, Dispatch]);
    }

    public Database Database { get; }
    public ManualClock Clock { get; }
    public ICaseStore Store { get; }
    public CaseSteps Steps { get; }
    public OutboxSignal Signal { get; }
    public CaseSeam Seam { get; }
    public PutAside PutAside { get; }
    public FireDueTimers Sweep { get; }
    public OutboxStore Outbox { get; }
    public RecordingPorts Ports { get; }
    public DispatchOutbox Dispatch { get; }
    public MoveClock Move { get; }

    /// <summary>Files an application.</summary>
    public Task<SeamResult> Submit(string caseNo, string? key = null, string hash = "h", string pipeline = "standard", ItemTerms? item = null, string profile = "XA")
    {
        var act = new Stimulus.Start(caseNo, ShippedPins.PinsOf(pipeline, item, profile), "submit", Applicant, Data($$"""{"item": "{{(item ?? ShippedPins.Item).Code}}", "channel": "online", "delivery": "online"}"""));
        return Seam.Start(new(act, new("case", "XA", "hall-1", "dept-1", "u-1"), new(Applicant, "case.submit", key, hash), (state, _) => new(201, $$"""{"caseNo":"{{state.CaseNo}}"}""")), default);
    }

    /// <summary>Does an act on a case.</summary>
    public Task<SeamResult> Act(string caseNo, string name, string role, string data = "{}", string? key = null, string hash = "h", string? who = null)
    {
        var actor = new Actor(who ?? $"{role}-1", role);
        return Seam.Change(new(caseNo, _ => new Stimulus.Act(name, actor, Data(data)), new(actor, $"case.{name}", key, hash), (state, _) => new(200, $$"""{"version":{{state.Version}}}""")), default);
    }

    public static readonly Actor Applicant = new("u-1", "applicant");

    public static JsonElement Data(string json) => JsonDocument.Parse(json).RootElement;

    public static Instant At(int month, int day, int hour = 0, int minute = 0) => LegalTime.At(new LocalDateTime(2026, month, day, hour, minute));

    public async Task<long> Count(string sql, object? parameters = null)
    {
        await using var connection = await Database.Open(default);
        return await connection.ExecuteScalarAsync<long>(sql, parameters);
    }

    public async Task<List<T>> Rows<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.Open(default);
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    public async Task Run(string sql)
    {
        await using var connection = await Database.Open(default);
        await connection.ExecuteAsync(sql);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

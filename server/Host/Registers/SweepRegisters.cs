using Dapper;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Registers;

namespace Orchestrator.Host.Registers;

/// <summary>Fires what is due on register entries, each at its own legal instant, and does what is owed: the end of running cases of a cancelled item (TR-43).</summary>
sealed partial class SweepRegisters(Database database, RegisterDesk desk, CaseSeam seam, SecurityClock clock, ILogger<SweepRegisters> log) : IDueWork
{
    const int Batch = 100;

    const string Next = "SELECT min(next_wake_at) FROM register_entry WHERE next_wake_at IS NOT NULL";
    const string Due = "SELECT subject FROM register_entry WHERE next_wake_at <= @until ORDER BY next_wake_at, subject LIMIT @Batch";
    const string Claim = "SELECT subject FROM register_entry WHERE subject = @subject AND next_wake_at <= @until";
    const string RunningCases = "SELECT case_no FROM service_case WHERE item_code = @code AND kind = 'case' AND status IN ('open', 'suspended') ORDER BY case_no";
    const string Settle = "UPDATE register_entry SET owed = NULL, version = version + 1 WHERE subject = @subject AND owed IS NOT NULL";

    static readonly Caller Engine = new() { Id = Actor.Engine.Id, Login = Actor.Engine.Id, Name = Actor.Engine.Id, Roles = [Actor.Engine.Role] };

    public string Name => "registers";

    public async Task<Instant?> NextDue(CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<long?>(new(Next, cancellationToken: stop)) is { } at ? Instant.FromUnixTimeMilliseconds(at) : null;
    }

    public async Task<int> RunOnce(Instant until, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var due = (await connection.QueryAsync<string>(new(Due, new { until = until.ToUnixTimeMilliseconds(), Batch }, cancellationToken: stop))).AsList();
        var done = 0;
        foreach (var subject in due) done += await Try(subject, until, stop) ? 1 : 0;
        return done;
    }

    /// <summary>One entry that cannot be advanced must not hold up the others; it is tried again at the next ring.</summary>
    async Task<bool> Try(string subject, Instant until, CancellationToken stop)
    {
        try
        {
            await TerminateOwed(subject, stop);
            return await Advance(subject, until, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(subject, e);
            return false;
        }
    }

    Task<bool> Advance(string subject, Instant until, CancellationToken stop) => database.Write(async (connection, transaction) =>
    {
        var write = new Write(connection, transaction, Engine, clock.Now, stop);
        if (await write.One<string>($"{Claim} {database.Sql.SkipLocked}", new { subject, until = until.ToUnixTimeMilliseconds() }) is null) return false;
        if (await RegisterRows.Load(write, subject, until) is not { } entry) return false;
        var context = await desk.Context(entry.Region, null, stop, until);
        return await RegisterRows.Save(write, entry, Register.Advance(entry.State, context), Actor.Engine, until);
    }, stop);

    /// <summary>Ends the running cases of an item whose cancellation took effect. Cases that are decided refuse, which is well; doing it twice changes nothing.</summary>
    async Task TerminateOwed(string subject, CancellationToken stop)
    {
        if (!await Owes(subject, stop)) return;
        var request = new RequestInfo(Actor.Engine, "case.terminate");
        var act = new Stimulus.Act("terminate", Actor.Engine, System.Text.Json.JsonSerializer.SerializeToElement(new { cause = "item_cancelled" }));
        foreach (var caseNo in await CasesOf(subject, stop))
            if (await seam.Change(new(caseNo, _ => act, request), stop) is SeamResult.Busy) return;   // the next ring goes on
        await database.Write((connection, transaction) => connection.ExecuteAsync(new(Settle, new { subject }, transaction, cancellationToken: stop)), stop);
    }

    async Task<bool> Owes(string subject, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<string?>(new("SELECT owed FROM register_entry WHERE subject = @subject", new { subject }, cancellationToken: stop)) == RegisterEntry.TerminateCases;
    }

    async Task<List<string>> CasesOf(string subject, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QueryAsync<string>(new(RunningCases, new { code = subject[(RegisterEntry.Item.Length + 1)..] }, cancellationToken: stop))).AsList();
    }

    [LoggerMessage(2401, LogLevel.Error, "Register entry {Subject} could not be advanced; the next ring tries again.")]
    partial void Failed(string subject, Exception error);
}

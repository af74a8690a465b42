using Dapper;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Storage;

/// <summary>签收: who works on an open task. A claim is not a fact of the case; it ends with the task.</summary>
sealed class TaskClaims(Database database, TimeProvider clock)
{
    const string Take = "UPDATE case_task SET claimed_by = @actorId, claimed_at = @now WHERE task_id = @taskId AND (claimed_by IS NULL OR claimed_by = @actorId)";
    const string GiveBack = "UPDATE case_task SET claimed_by = NULL, claimed_at = NULL WHERE task_id = @taskId AND claimed_by = @actorId";
    const string HandOver = "UPDATE case_task SET claimed_by = @toId, claimed_at = @now WHERE task_id = @taskId";

    const string Audit = """
        INSERT INTO audit_entry (at, actor_id, actor_role, action, target, outcome, detail)
        VALUES (@now, @actorId, @role, @action, @taskId, @outcome, @detail)
        """;

    /// <summary>Claims an open task; false when somebody else has it or it is not open. Claiming twice is well.</summary>
    public Task<bool> Claim(string taskId, Actor actor, CancellationToken stop) => Run(Take, "task.claim", taskId, actor, null, stop);

    /// <summary>Gives an own claim back; false when it is not one's own.</summary>
    public Task<bool> Release(string taskId, Actor actor, CancellationToken stop) => Run(GiveBack, "task.release", taskId, actor, null, stop);

    /// <summary>Gives an open task to somebody; for supervisors. False when it is not open.</summary>
    public Task<bool> Assign(string taskId, Actor actor, string toId, CancellationToken stop) => Run(HandOver, "task.assign", taskId, actor, toId, stop);

    Task<bool> Run(string sql, string action, string taskId, Actor actor, string? toId, CancellationToken stop) => database.Write(async (connection, transaction) =>
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var done = await connection.ExecuteAsync(sql, new { taskId, actorId = actor.Id, toId, now }, transaction) == 1;
        await connection.ExecuteAsync(Audit, new { now, actorId = actor.Id, role = actor.Role, action, taskId, outcome = done ? "ok" : "refused", detail = toId }, transaction);
        return done;
    }, stop);
}

using System.Globalization;
using Dapper;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tasks;

/// <summary>Finds one task for a caller.</summary>
sealed class TaskReader(Database database, CaseReader cases)
{
    const string Select = TaskRow.Select + " WHERE t.task_id = @id AND {0}";

    const string Account = "SELECT account_id FROM account WHERE (account_id = @account OR login = @account) AND NOT disabled AND ' ' || roles || ' ' LIKE @role";

    static readonly Problem Unknown = Problem.NotFound("task.unknown", "没有这项待办", "There is no such task");
    public static readonly Problem Gone = Problem.Conflict("task.gone", "该待办已办结或已取消", "The task has been done or cancelled");

    /// <summary>The task, or why not: 409 where the caller sees the case but the task is gone, 404 where there is nothing for the caller.</summary>
    public async Task<(TaskRow? Task, Problem? Problem)> Find(Caller caller, string id, CancellationToken stop)
    {
        var place = WorkList.Place(caller);
        var parameters = new DynamicParameters(place.Parameters);
        parameters.Add("id", id);
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<TaskRow>(new(string.Format(CultureInfo.InvariantCulture, Select, place.Sql), parameters, cancellationToken: stop));
        if (row is not null) return (row, null);
        return await WasTaskOf(caller, id, stop) ? (null, Gone) : (null, Unknown);
    }

    /// <summary>The id of an account that has the role of the task; null when there is none.</summary>
    public async Task<string?> AccountFor(TaskRow task, string account, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<string?>(new(Account, new { account, role = $"% {task.Role} %" }, cancellationToken: stop));
    }

    /// <summary>The number of a task is that of its case with a running number that the case has given out.</summary>
    async Task<bool> WasTaskOf(Caller caller, string id, CancellationToken stop)
    {
        var cut = id.LastIndexOf("-T", StringComparison.Ordinal);
        return cut > 0 && int.TryParse(id[(cut + 2)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await cases.Find(caller, id[..cut], stop) is { } seen && number < seen.State.NextId && seen.State.Tasks.All(task => task.Id != id);
    }
}

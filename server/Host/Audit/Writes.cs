using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Audit;

/// <summary>What a write answers: its reply, or the problem that kept it from happening.</summary>
readonly record struct Answer<T>(T? Value, Problem? Problem) where T : class
{
    public static implicit operator Answer<T>(T value) => new(value, null);
    public static implicit operator Answer<T>(Problem problem) => new(null, problem);
}

/// <summary>
/// The seam for everything that is written but cases: the change, its audit entry and the reply under its Idempotency-Key are one commit,
/// or nothing is. Use cases do their work with the <see cref="Write"/> they are given and never mention any of that but the audit's words.
/// </summary>
sealed class Writes(Database database, SecurityClock clock)
{
    public const string KeyHeader = "Idempotency-Key", ReplayHeader = "Idempotent-Replay";
    const int LongestKey = 255;

    static readonly Problem KeyUnfit = Problem.Invalid("", "idempotency.key", $"Idempotency-Key 须为 1 至 {LongestKey} 个可见 ASCII 字符", $"Idempotency-Key is 1 to {LongestKey} visible ASCII characters");
    static readonly Problem KeyReused = Problem.Conflict("idempotency.key-reused", "该 Idempotency-Key 已用于另一请求", "The Idempotency-Key was used for another request");
    static readonly Problem Meanwhile = Problem.Conflict("write.conflict", "数据已被他人更新，请重试", "Somebody else changed this meanwhile; try again");

    const string Kept = "SELECT request_hash, response FROM idempotency WHERE actor_id = @actor AND request_key = @key";
    const string Keep = """
        INSERT INTO idempotency (actor_id, request_key, request_hash, status, response, created_at) VALUES (@actor, @key, @hash, 200, @response, @now)
        """;

    sealed class KeptRow
    {
        public string RequestHash { get; init; } = "";
        public string Response { get; init; } = "";
    }

    /// <summary>Instant of the security clock, in milliseconds since 1970.</summary>
    public long Now => clock.Now;

    /// <summary>Does the work once. A problem that the work returns undoes all it wrote.</summary>
    /// <param name="http">Request: its Idempotency-Key, method and path.</param>
    /// <param name="caller">Who acts.</param>
    /// <param name="body">Body as bound; another body under the same key is refused.</param>
    /// <param name="work">Reads, decides and writes within the transaction.</param>
    public async Task<Answer<T>> Once<T>(HttpContext http, Caller caller, object? body, Func<Write, Task<Answer<T>>> work) where T : class
    {
        var key = http.Request.Headers[KeyHeader].ToString();
        if (key.Length > LongestKey || !key.All(c => c is > ' ' and <= '~')) return KeyUnfit;
        var hash = key.Length == 0 ? "" : HashOf(http.Request, body);
        try
        {
            return await database.Write<Answer<T>>(async (connection, transaction) =>
            {
                if (key.Length > 0 && await Earlier<T>(http, connection, transaction, caller.Id, key, hash) is { } earlier) return earlier;
                var answer = await work(new Write(connection, transaction, caller, clock.Now, http.RequestAborted));
                if (answer.Problem is { } problem) throw new Refused(problem);
                if (key.Length > 0) await KeepReply(connection, transaction, caller.Id, key, hash, answer.Value!);
                return answer;
            }, http.RequestAborted);
        }
        catch (Refused e)
        {
            return e.Problem;
        }
        catch (DbException e) when (database.IsDuplicateKey(e))
        {
            return Meanwhile;   // two requests with one new key, or two that create the same thing: the other one won
        }
    }

    static async Task<Answer<T>?> Earlier<T>(HttpContext http, DbConnection connection, DbTransaction transaction, string actor, string key, string hash) where T : class
    {
        var kept = await connection.QuerySingleOrDefaultAsync<KeptRow>(new(Kept, new { actor, key }, transaction, cancellationToken: http.RequestAborted));
        if (kept is null) return null;
        if (kept.RequestHash != hash) return KeyReused;
        http.Response.Headers[ReplayHeader] = "true";
        return JsonSerializer.Deserialize<T>(kept.Response, WireJson.Options)!;
    }

    Task KeepReply<T>(DbConnection connection, DbTransaction transaction, string actor, string key, string hash, T reply) =>
        connection.ExecuteAsync(Keep, new { actor, key, hash, response = JsonSerializer.Serialize(reply, WireJson.Options), now = clock.Now }, transaction);

    static string HashOf(HttpRequest request, object? body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n{JsonSerializer.Serialize(body, WireJson.Options)}")));

    /// <summary>Carries a problem out of the transaction, so that it is rolled back.</summary>
    sealed class Refused(Problem problem) : Exception
    {
        public Problem Problem { get; } = problem;
    }
}

/// <summary>One write under way: its connection, transaction and instant.</summary>
sealed class Write(DbConnection connection, DbTransaction transaction, Caller caller, long now, CancellationToken stop)
{
    const string Note = """
        INSERT INTO audit_entry (at, actor_id, actor_role, action, target, outcome, rule, detail) VALUES (@at, @actor, @role, @action, @target, 'ok', NULL, @detail)
        """;

    public Caller Caller => caller;

    /// <summary>Instant of the write, in milliseconds since 1970.</summary>
    public long Now => now;

    /// <summary>Runs a statement; the number of rows it changed.</summary>
    public Task<int> Run(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    public async Task<T?> One<T>(string sql, object? parameters = null) => await connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    public async Task<IReadOnlyList<T>> Many<T>(string sql, object? parameters = null) => [.. await connection.QueryAsync<T>(Command(sql, parameters))];

    /// <summary>Adds the audit entry of this write.</summary>
    /// <param name="action">Dotted words, for example <c>definition.publish</c>.</param>
    /// <param name="target">What it was done to, for example <c>definition/standard</c>.</param>
    /// <param name="detail">A few words more; never a secret.</param>
    public Task Audit(string action, string target, string? detail = null) =>
        Run(Note, new { at = now, actor = caller.Id, role = RoleWords.Write(caller.Roles), action, target, detail });

    CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, transaction, cancellationToken: stop);
}

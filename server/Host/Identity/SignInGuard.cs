using System.Data.Common;
using Dapper;

namespace Orchestrator.Host.Identity;

/// <summary>
/// Slows guessing down: after five failures in a row a login rests, first a minute, then twice as long each time up to a quarter of an
/// hour, right password or not. The attempt is counted before the password is looked at, in one statement, so that a hundred
/// guesses at once count a hundred times. Logins that do not exist are treated the same.
/// </summary>
static class SignInGuard
{
    public const int FreeFailures = 5;
    const long FirstRest = 60_000, LongestRest = 15 * 60_000, Forgotten = 24 * 3_600_000L;

    const string Count = """
        INSERT INTO sign_in_guard (login_hash, failures, locked_until, updated_at) VALUES (@hash, 1, 0, @now)
        ON CONFLICT (login_hash) DO UPDATE SET
            failures = CASE WHEN sign_in_guard.updated_at < @forgotten THEN 1 ELSE sign_in_guard.failures + 1 END,
            updated_at = @now,
            locked_until = CASE
                WHEN sign_in_guard.updated_at < @forgotten OR sign_in_guard.failures + 1 < @free THEN 0
                WHEN sign_in_guard.failures + 1 >= @free + 4 THEN @now + @longest
                ELSE @now + @first * (CASE sign_in_guard.failures + 1 - @free WHEN 0 THEN 1 WHEN 1 THEN 2 WHEN 2 THEN 4 ELSE 8 END) END
        WHERE sign_in_guard.locked_until <= @now
        """;

    const string Until = "SELECT locked_until FROM sign_in_guard WHERE login_hash = @hash";
    const string Forgive = "DELETE FROM sign_in_guard WHERE login_hash = @hash";
    const string Sweep = "DELETE FROM sign_in_guard WHERE updated_at < @forgotten";

    /// <summary>Counts an attempt; null when the password may be looked at, else the seconds to wait.</summary>
    public static async Task<int?> Begin(DbConnection connection, DbTransaction transaction, string login, long now, CancellationToken stop)
    {
        var parameters = new { hash = Secrets.HashOf(login), now, forgotten = now - Forgotten, free = FreeFailures, first = FirstRest, longest = LongestRest };
        if (await connection.ExecuteAsync(new(Count, parameters, transaction, cancellationToken: stop)) > 0) return null;
        var until = await connection.ExecuteScalarAsync<long?>(new(Until, parameters, transaction, cancellationToken: stop)) ?? now;
        return (int)Math.Max(1, (until - now + 999) / 1000);
    }

    /// <summary>The password was right: the counter starts anew. Takes the chance to drop what is a day old.</summary>
    public static async Task Succeeded(DbConnection connection, DbTransaction transaction, string login, long now, CancellationToken stop)
    {
        await connection.ExecuteAsync(new(Forgive, new { hash = Secrets.HashOf(login) }, transaction, cancellationToken: stop));
        await connection.ExecuteAsync(new(Sweep, new { forgotten = now - Forgotten }, transaction, cancellationToken: stop));
    }
}

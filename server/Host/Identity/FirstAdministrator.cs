using Dapper;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Identity;

/// <summary>The first administrator: made by a one-time command, never by the server itself.</summary>
static class FirstAdministrator
{
    const string Count = """
        SELECT count(*) FROM account WHERE disabled = @no AND (demonstration = @no OR demonstration = @demonstration) AND (' ' || roles || ' ') LIKE '% administrator %'
        """;

    const string Insert = """
        INSERT INTO account (account_id, login, name, password_hash, roles, disabled, must_change_password, demonstration, created_at)
        VALUES (@id, @login, @login, @hash, 'administrator security_admin', @no, @mustChange, @no, @now)
        ON CONFLICT (login) DO NOTHING
        """;

    const string Note = """
        INSERT INTO audit_entry (at, actor_id, actor_role, action, target, outcome, rule, detail)
        VALUES (@now, @id, 'administrator', 'account.create', @target, 'ok', NULL, 'admin create')
        """;

    /// <summary>Whether anybody can let others in.</summary>
    /// <param name="database">The database.</param>
    /// <param name="demonstration">Whether a demonstration administrator counts, too.</param>
    /// <param name="stop">Ends the query.</param>
    public static async Task<bool> Exists(Database database, bool demonstration, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<long>(new(Count, new { no = false, demonstration }, cancellationToken: stop)) > 0;
    }

    /// <summary>Makes the administrator.</summary>
    /// <exception cref="WrongSetting">There is one already, or the login is taken.</exception>
    public static async Task Create(Database database, Passwords passwords, SecurityClock clock, string login, string password, bool mustChange, CancellationToken stop = default)
    {
        var hash = await passwords.Hash(password, stop);
        await database.Write(async (connection, transaction) =>
        {
            if (await connection.ExecuteScalarAsync<long>(new(Count, new { no = false, demonstration = false }, transaction, cancellationToken: stop)) > 0)
                throw new WrongSetting("已有系统管理员，此命令只能使用一次；请由管理员新建账户。", "There is an administrator already; this command works once. Ask that administrator for an account.");
            var row = new { id = Guid.NewGuid().ToString("n"), login, hash, no = false, mustChange, now = clock.Now, target = "account/" + login };
            if (await connection.ExecuteAsync(new(Insert, row, transaction, cancellationToken: stop)) == 0)
                throw new WrongSetting($"登录名 {login} 已被使用。", $"The login {login} is taken.");
            await connection.ExecuteAsync(new(Note, row, transaction, cancellationToken: stop));
        }, stop);
    }
}

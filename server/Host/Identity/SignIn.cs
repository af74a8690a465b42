using System.Data.Common;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Identity;

/// <summary><c>POST /api/v1/session</c>: sign in with login and password. Wrong login, wrong password, disabled and demonstration accounts in Production look the same.</summary>
static class SignIn
{
    /// <summary>Who wants in.</summary>
    /// <param name="Login">Login name; upper and lower case are the same.</param>
    /// <param name="Password">Password.</param>
    public sealed record Body(string Login, string Password);

    /// <summary>The session.</summary>
    /// <param name="Account">Who is signed in.</param>
    /// <param name="CsrfToken">To be sent as X-CSRF-Token with every POST, PUT and DELETE; null for API tokens, which need none.</param>
    /// <param name="ExpiresAt">When the session ends at the latest; null for API tokens.</param>
    /// <param name="MustChangePassword">Whether nothing else is allowed until the password is changed.</param>
    public sealed record Reply(AccountView Account, string? CsrfToken, Instant? ExpiresAt, bool MustChangePassword);

    const int LongestLogin = 64;
    const string Find = $"""
        SELECT {CallerRow.Columns}, a.password_hash FROM account a {CallerRow.Joins} WHERE a.login = @login AND a.disabled = @no
        """;

    const string Open = """
        INSERT INTO session (session_id, account_id, created_at, expires_at, csrf, last_seen_at) VALUES (@id, @account, @now, @expiresAt, @csrf, @now)
        """;

    const string DropOld = "DELETE FROM session WHERE account_id = @account AND (expires_at < @now OR revoked_at IS NOT NULL)";
    const string Rehash = "UPDATE account SET password_hash = @hash WHERE account_id = @account AND password_hash = @old";
    const string Note = """
        INSERT INTO audit_entry (at, actor_id, actor_role, action, target, outcome, rule, detail) VALUES (@now, @actor, '', 'session.open', @target, @outcome, NULL, NULL)
        """;

    static readonly Problem Refused = new(StatusCodes.Status401Unauthorized, "session.refused", new("登录名或口令不正确", "Login or password is wrong"));

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/session", Handle)
        .AllowAnonymous().WithName("SignIn").WithTags("Session").WithSummary("登录 / Sign in").Refuses(401, 429);

    static async Task<Results<Ok<Reply>, Problem>> Handle(
        Body body, HttpContext http, Database database, Passwords passwords, SecurityClock clock, ServerSettings settings, CancellationToken stop)
    {
        var login = body.Login.Trim().ToLowerInvariant();
        if (login.Length is 0 or > LongestLogin || body.Password.Length > Passwords.MostLength) return Refused;

        var now = clock.Now;
        if (await Attempt(database, login, now, stop) is { } seconds) return Locked(seconds);
        var row = await Read(database, login, stop);
        if (row is { Demonstration: true } && settings.IsProduction) row = null;
        var fits = await passwords.Fits(row?.PasswordHash, body.Password, stop);
        if (!fits || row is null) return await Deny(database, login, now, stop);

        var newHash = passwords.IsOutdated(row.PasswordHash!) ? await passwords.Hash(body.Password, stop) : null;
        var (secret, session) = NewSession(now, settings);
        await database.Write((connection, transaction) => Begin(connection, transaction, row, session, newHash, now, stop), stop);
        SessionCookie.Set(http, secret, TimeSpan.FromHours(settings.SessionHours));
        return TypedResults.Ok(Session.Of(row.ToCaller() with { Session = session }));
    }

    static Problem Locked(int seconds) => new(StatusCodes.Status429TooManyRequests, "session.locked",
        new($"失败次数过多，请在 {seconds} 秒后重试", $"Too many failures; try again in {seconds} seconds"))
    { RetryAfter = seconds };

    static Task<int?> Attempt(Database database, string login, long now, CancellationToken stop) =>
        database.Write((connection, transaction) => SignInGuard.Begin(connection, transaction, login, now, stop), stop);

    static async Task<CallerRow?> Read(Database database, string login, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.QuerySingleOrDefaultAsync<CallerRow>(new(Find, new { login, no = false }, cancellationToken: stop));
    }

    static async Task<Problem> Deny(Database database, string login, long now, CancellationToken stop)
    {
        await database.Write((connection, transaction) =>
            connection.ExecuteAsync(new(Note, new { now, actor = "", target = "login/" + login, outcome = "refused" }, transaction, cancellationToken: stop)), stop);
        return Refused;
    }

    static (string Secret, SessionRef Session) NewSession(long now, ServerSettings settings)
    {
        var secret = Secrets.New();
        return (secret, new(Secrets.HashOf(secret), Secrets.New(), now + settings.SessionHours * 3_600_000L));
    }

    static async Task Begin(DbConnection connection, DbTransaction transaction, CallerRow row, SessionRef session, string? newHash, long now, CancellationToken stop)
    {
        await SignInGuard.Succeeded(connection, transaction, row.Login, now, stop);
        await Run(DropOld, new { account = row.AccountId, now });
        await Run(Open, new { id = session.Id, account = row.AccountId, now, expiresAt = session.ExpiresAt, csrf = session.Csrf });
        if (newHash is not null) await Run(Rehash, new { hash = newHash, account = row.AccountId, old = row.PasswordHash });
        await Run(Note, new { now, actor = row.AccountId, target = "login/" + row.Login, outcome = "ok" });

        Task Run(string sql, object parameters) => connection.ExecuteAsync(new(sql, parameters, transaction, cancellationToken: stop));
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Identity;

/// <summary><c>GET /api/v1/session</c> who am I, <c>DELETE</c> sign out, <c>PUT /password</c> change the password.</summary>
static class Session
{
    /// <summary>A change of password.</summary>
    /// <param name="Current">The present password.</param>
    /// <param name="Next">The new one: at least 10 characters, not containing the login.</param>
    public sealed record PasswordBody(string Current, string Next);

    const string End = "UPDATE session SET revoked_at = @now WHERE session_id = @id AND revoked_at IS NULL";
    const string ReadHash = "SELECT password_hash FROM account WHERE account_id = @account";
    const string Replace = "UPDATE account SET password_hash = @hash, must_change_password = @no, version = version + 1 WHERE account_id = @account AND password_hash = @old";
    const string EndOthers = "UPDATE session SET revoked_at = @now WHERE account_id = @account AND session_id <> @id AND revoked_at IS NULL";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/session").WithTags("Session").RequireAuthorization(Policies.SignedIn);
        group.MapGet("", (Caller caller) => TypedResults.Ok(Of(caller))).WithName("WhoAmI").WithSummary("当前会话 / Who am I");
        group.MapDelete("", SignOut).WithName("SignOut").WithSummary("退出 / Sign out");
        group.MapPut("/password", ChangePassword).WithName("ChangePassword").WithSummary("修改口令 / Change the password").Refuses(429);
    }

    public static SignIn.Reply Of(Caller caller) => new(
        AccountView.Of(caller), caller.Session?.Csrf, caller.Session is { } session ? Instant.FromUnixTimeMilliseconds(session.ExpiresAt) : null, caller.MustChangePassword);

    static async Task<Results<NoContent, Problem>> SignOut(Caller caller, HttpContext http, Writes writes)
    {
        if (caller.Session is not { } session) return Problem.Conflict("session.token", "API 令牌没有会话", "An API token has no session; delete the token instead");
        var ended = await writes.Once<SignIn.Reply>(http, caller, null, async write =>
        {
            await write.Run(End, new { now = write.Now, id = session.Id });
            await write.Audit("session.end", "account/" + caller.Id);
            return Of(caller);
        });
        SessionCookie.Clear(http);
        return ended.Problem is { } problem ? problem : TypedResults.NoContent();
    }

    static async Task<Results<NoContent, Problem>> ChangePassword(
        PasswordBody body, Caller caller, HttpContext http, Writes writes, Passwords passwords, Storage.Database database, SecurityClock clock, CancellationToken stop)
    {
        if (Passwords.WhyUnfit(body.Next, caller.Login, "/next") is { } unfit) return Problem.Invalid(unfit);
        // Guessing the present password from a stolen session is slowed down like any other guessing.
        if (await database.Write((connection, transaction) => SignInGuard.Begin(connection, transaction, "password/" + caller.Login, clock.Now, stop), stop) is { } seconds)
            return new Problem(StatusCodes.Status429TooManyRequests, "session.locked", new("失败次数过多，请稍后重试", "Too many failures; try later")) { RetryAfter = seconds };
        var old = await Read(database, caller, stop);
        if (!await passwords.Fits(old, body.Current, stop)) return Problem.Invalid("/current", "password.wrong", "当前口令不正确", "The present password is wrong");

        var hash = await passwords.Hash(body.Next, stop);
        var changed = await writes.Once<SignIn.Reply>(http, caller, null, async write =>
        {
            if (await write.Run(Replace, new { hash, no = false, account = caller.Id, old }) == 0)
                return Problem.Conflict("account.changed-meanwhile", "账户已被更改，请重试", "The account changed meanwhile; try again");
            await write.Run(EndOthers, new { now = write.Now, account = caller.Id, id = caller.Session?.Id ?? "" });
            await write.Audit("account.password", "account/" + caller.Id);
            return Of(caller);
        });
        return changed.Problem is { } problem ? problem : TypedResults.NoContent();
    }

    static async Task<string?> Read(Storage.Database database, Caller caller, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await Dapper.SqlMapper.ExecuteScalarAsync<string?>(connection, new(ReadHash, new { account = caller.Id }, cancellationToken: stop));
    }
}

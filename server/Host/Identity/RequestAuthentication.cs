using System.Text.Encodings.Web;
using Dapper;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Identity;

/// <summary>
/// Who sends a request: by the session cookie of a browser, or by the bearer token of a program. One read of the database each time, so
/// that ending a session, disabling an account or taking a role away works at once and on every node.
/// </summary>
sealed class RequestAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Database database, SecurityClock clock, ServerSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "orchestrator";
    const int SeenEveryMilliseconds = 5 * 60_000;

    const string BySession = $"""
        SELECT {CallerRow.Columns}, s.session_id, s.csrf, s.expires_at, s.last_seen_at
        FROM session s JOIN account a ON a.account_id = s.account_id {CallerRow.Joins}
        WHERE s.session_id = @hash AND s.revoked_at IS NULL AND s.expires_at > @now AND s.last_seen_at > @idleSince AND a.disabled = @no
        """;

    const string ByToken = $"""
        SELECT {CallerRow.Columns}, t.roles AS token_roles, t.scopes
        FROM api_token t JOIN account a ON a.account_id = t.account_id {CallerRow.Joins}
        WHERE t.token_hash = @hash AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > @now) AND a.disabled = @no
        """;

    const string Seen = "UPDATE session SET last_seen_at = @now WHERE session_id = @hash AND last_seen_at < @now";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var caller = header.Length > 0 ? await FromHeader(header) : Request.Cookies[SessionCookie.NameFor(Request)] is { } secret ? await FromCookie(secret) : null;
        if (caller is null) return header.Length > 0 ? AuthenticateResult.Fail("unknown token") : AuthenticateResult.NoResult();
        caller.AttachTo(Context);
        return AuthenticateResult.Success(new(caller.ToPrincipal(), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer realm=\"orchestrator\"";
        return Task.CompletedTask;
    }

    async Task<Caller?> FromHeader(string header) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header[7..].Trim() is { Length: < 200 } token && token.StartsWith(ApiTokens.Prefix, StringComparison.Ordinal)
            ? (await Read(ByToken, Secrets.HashOf(token)))?.ToCaller()
            : null;

    async Task<Caller?> FromCookie(string secret)
    {
        if (secret.Length > 200) return null;
        var row = await Read(BySession, Secrets.HashOf(secret), touch: true);
        return row?.ToCaller();
    }

    async Task<CallerRow?> Read(string sql, string hash, bool touch = false)
    {
        var now = clock.Now;
        await using var connection = await database.Open(Context.RequestAborted);
        var row = await connection.QuerySingleOrDefaultAsync<CallerRow>(Command(sql, new { hash, now, idleSince = now - settings.SessionIdleMinutes * 60_000L, no = false }));
        if (row is null || row.Demonstration && settings.IsProduction) return null;
        if (touch && now - row.LastSeenAt > SeenEveryMilliseconds) await connection.ExecuteAsync(Command(Seen, new { hash, now }));
        return row;
    }

    CommandDefinition Command(string sql, object parameters) => new(sql, parameters, cancellationToken: Context.RequestAborted);
}

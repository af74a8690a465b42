using System.Collections.Immutable;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Identity;

/// <summary><c>/api/v1/tokens</c>: what programs sign in with. The secret is shown once, when it is made.</summary>
static class ApiTokens
{
    public const string Prefix = "orc_";
    const int MostDays = 366, LongestName = 100;

    /// <summary>A token to be made.</summary>
    /// <param name="Name">What it is for.</param>
    /// <param name="Days">Days until it ends, 1 to 366; 90 when absent.</param>
    /// <param name="Roles">The roles it has; all of the account's when absent.</param>
    /// <param name="ReadOnly">Whether it may only read.</param>
    public sealed record Body(string Name, int? Days = null, ImmutableArray<string>? Roles = null, bool ReadOnly = false);

    /// <summary>A token.</summary>
    /// <param name="Id">What to call it by.</param>
    /// <param name="Name">What it is for.</param>
    /// <param name="Roles">Its roles.</param>
    /// <param name="ReadOnly">Whether it may only read.</param>
    /// <param name="CreatedAt">When it was made.</param>
    /// <param name="ExpiresAt">When it ends.</param>
    /// <param name="Token">The secret itself, only in the answer that makes it.</param>
    public sealed record Reply(string Id, string Name, IReadOnlyList<string> Roles, bool ReadOnly, Instant CreatedAt, Instant? ExpiresAt, string? Token);

    const string Select = """
        SELECT token_id, name, roles, scopes, created_at, expires_at FROM api_token WHERE account_id = @account AND revoked_at IS NULL ORDER BY created_at, token_id
        """;

    const string Insert = """
        INSERT INTO api_token (token_hash, token_id, name, account_id, roles, scopes, created_at, expires_at)
        VALUES (@hash, @id, @name, @account, @roles, @scopes, @now, @expiresAt)
        """;

    const string Revoke = "UPDATE api_token SET revoked_at = @now WHERE token_id = @id AND account_id = @account AND revoked_at IS NULL";

    sealed class Row
    {
        public string TokenId { get; init; } = "";
        public string Name { get; init; } = "";
        public string Roles { get; init; } = "";
        public string Scopes { get; init; } = "";
        public long CreatedAt { get; init; }
        public long? ExpiresAt { get; init; }

        public Reply ToReply(string? token = null) => new(TokenId, Name, [.. RoleWords.Read(Roles).Order(StringComparer.Ordinal)], !Scopes.Contains("write", StringComparison.Ordinal),
            Instant.FromUnixTimeMilliseconds(CreatedAt), ExpiresAt is { } end ? Instant.FromUnixTimeMilliseconds(end) : null, token);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/tokens").WithTags("Tokens").RequireAuthorization(Policies.SignedIn);
        group.MapGet("", List).WithName("ListTokens").WithSummary("我的 API 令牌 / My API tokens");
        group.MapPost("", Create).WithName("CreateToken").WithSummary("新建 API 令牌 / Make an API token").Refuses(403, 409);
        group.MapDelete("/{id}", Delete).WithName("RevokeToken").WithSummary("撤销 API 令牌 / End an API token").Refuses(404);
    }

    static async Task<Ok<IReadOnlyList<Reply>>> List(Caller caller, Database database, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(new(Select, new { account = caller.Id }, cancellationToken: stop));
        return TypedResults.Ok<IReadOnlyList<Reply>>([.. rows.Select(row => row.ToReply())]);
    }

    static async Task<Results<Created<Reply>, Problem>> Create(Body body, Caller caller, HttpContext http, Writes writes)
    {
        // A token must not breed tokens: whoever found one could outlive its end.
        if (caller.Session is null) return Problem.Forbidden("API 令牌不能新建令牌", "An API token cannot make tokens; sign in with a password");
        if (WhyUnfit(body, caller) is { } unfit) return Problem.Invalid(unfit);
        // The secret must not lie in the kept replies of the idempotency keys, so a key is not taken here.
        if (http.Request.Headers.ContainsKey(Writes.KeyHeader)) return Problem.Invalid("", "idempotency.unsupported", "此操作不支持 Idempotency-Key", "This act takes no Idempotency-Key");

        var secret = Prefix + Secrets.New();
        var row = NewRow(body, caller, writes.Now);
        var made = await writes.Once<Reply>(http, caller, null, async write =>
        {
            await write.Run(Insert, new
            {
                hash = Secrets.HashOf(secret), id = row.TokenId, name = row.Name, account = caller.Id, roles = row.Roles, scopes = row.Scopes, now = row.CreatedAt, expiresAt = row.ExpiresAt,
            });
            await write.Audit("token.create", "token/" + row.TokenId, row.Name);
            return row.ToReply(secret);
        });
        return made.Problem is { } problem ? problem : TypedResults.Created("/api/v1/tokens/" + row.TokenId, made.Value!);
    }

    static Row NewRow(Body body, Caller caller, long now) => new()
    {
        TokenId = Guid.NewGuid().ToString("n"),
        Name = body.Name.Trim(),
        Roles = RoleWords.Write(body.Roles is { IsDefault: false } roles ? roles : caller.Roles),
        Scopes = body.ReadOnly ? "read" : "read write",
        CreatedAt = now,
        ExpiresAt = now + (body.Days ?? 90) * 86_400_000L,
    };

    static FieldError? WhyUnfit(Body body, Caller caller) => body switch
    {
        _ when body.Name.Trim().Length is 0 or > LongestName => new("/name", "token.name", new($"名称须为 1 至 {LongestName} 字", $"A name has 1 to {LongestName} characters")),
        { Days: < 1 or > MostDays } => new("/days", "token.days", new($"有效期须为 1 至 {MostDays} 天", $"A token lasts 1 to {MostDays} days")),
        { Roles: { IsDefault: false } roles } when !roles.All(caller.Roles.Contains) => new("/roles", "token.roles", new("不得超出本人的角色", "A token cannot have roles its account lacks")),
        _ => null,
    };

    static async Task<Results<NoContent, Problem>> Delete(string id, Caller caller, HttpContext http, Writes writes)
    {
        var ended = await writes.Once<object>(http, caller, null, async write =>
        {
            if (await write.Run(Revoke, new { now = write.Now, id, account = caller.Id }) == 0) return Problem.NotFound("token.unknown", "没有这个令牌", "There is no such token");
            await write.Audit("token.revoke", "token/" + id);
            return new { };
        });
        return ended.Problem is { } problem ? problem : TypedResults.NoContent();
    }
}

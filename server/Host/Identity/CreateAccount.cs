using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Identity;

/// <summary><c>POST /api/v1/accounts</c>: a new account. Its first password has to be changed at the first sign-in.</summary>
static class CreateAccount
{
    /// <summary>The account to be made.</summary>
    /// <param name="Login">3 to 32 lower-case letters, digits or <c>.-_</c>.</param>
    /// <param name="Name">Name of the person.</param>
    /// <param name="Password">First password, at least 10 characters.</param>
    /// <param name="Roles">At least one role.</param>
    /// <param name="Organisation">Unit where the person works; absent for applicants.</param>
    /// <param name="Window">Window, where there is one.</param>
    public sealed record Body(string Login, string Name, string Password, ImmutableArray<string> Roles, string? Organisation = null, string? Window = null);

    const string Taken = "SELECT count(*) FROM account WHERE login = @login";
    const string Insert = """
        INSERT INTO account (account_id, login, name, password_hash, roles, organisation_id, window_id, region, disabled, must_change_password, demonstration, created_at)
        VALUES (@id, @login, @name, @hash, @roles, @organisation, @window, @region, @no, @yes, @no, @now)
        """;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/accounts", Handle)
        .RequireAuthorization(Policies.AccountsManage).WithName("CreateAccount").WithTags("Accounts").WithSummary("新建账户 / Make an account").Refuses(409);

    static async Task<Results<Created<AccountDetail>, Problem>> Handle(Body body, Caller caller, HttpContext http, Writes writes, Passwords passwords, CancellationToken stop)
    {
        FieldError[] wrong = [.. new[]
        {
            AccountRules.WhyLoginUnfit(body.Login), AccountRules.WhyNameUnfit(body.Name), AccountRules.WhyRolesUnfit(body.Roles), Passwords.WhyUnfit(body.Password, body.Login, "/password"),
        }.OfType<FieldError>()];
        if (wrong.Length > 0) return Problem.Invalid(wrong);
        if (AccountRules.WhyNotGrant(caller, [], body.Roles) is { } refused) return refused;

        var hash = await passwords.Hash(body.Password, stop);
        var made = await writes.Once<AccountDetail>(http, caller, body with { Password = Secrets.HashOf(body.Password) }, write => Make(write, body, hash));
        return made.Problem is { } problem ? problem : TypedResults.Created("/api/v1/accounts/" + made.Value!.Id, made.Value);
    }

    static async Task<Answer<AccountDetail>> Make(Write write, Body body, string hash)
    {
        if (await write.One<long>(Taken, new { login = body.Login }) > 0) return Problem.Conflict("account.login-taken", "登录名已被使用", "The login is taken");
        var (region, misplaced) = await AccountRules.Place(write, body.Organisation);
        if (misplaced is not null) return misplaced;
        var id = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(write.Now)).ToString("n");
        await write.Run(Insert, new
        {
            id, login = body.Login, name = body.Name.Trim(), hash, roles = RoleWords.Write(body.Roles), organisation = body.Organisation, window = body.Window, region,
            no = false, yes = true, now = write.Now,
        });
        await write.Audit("account.create", "account/" + id, $"{body.Login}: {RoleWords.Write(body.Roles)}");
        return (await write.One<AccountRow>(AccountRow.Select + " WHERE account_id = @id", new { id }))!.ToDetail();
    }
}

using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Identity;

/// <summary><c>PUT /api/v1/accounts/{id}</c>: name, roles, place, password, disabled. Sessions and tokens of a disabled account end at once.</summary>
static class ChangeAccount
{
    /// <summary>The account as it shall be.</summary>
    /// <param name="Version">Version that was read; a newer one in the database refuses the change (409).</param>
    /// <param name="Name">Name of the person.</param>
    /// <param name="Roles">At least one role.</param>
    /// <param name="Organisation">Unit; absent for applicants.</param>
    /// <param name="Window">Window, where there is one.</param>
    /// <param name="Disabled">Whether it cannot sign in.</param>
    /// <param name="NewPassword">Sets a password that must be changed at the next sign-in; absent to keep it.</param>
    public sealed record Body(long Version, string Name, ImmutableArray<string> Roles, string? Organisation = null, string? Window = null, bool Disabled = false, string? NewPassword = null);

    const string Select = AccountRow.Select + " WHERE account_id = @id";
    const string Update = """
        UPDATE account SET name = @name, roles = @roles, organisation_id = @organisation, window_id = @window, region = @region, disabled = @disabled,
            password_hash = COALESCE(@hash, password_hash), must_change_password = CASE WHEN @hash IS NULL THEN must_change_password ELSE @yes END, version = version + 1
        WHERE account_id = @id AND version = @version
        """;
    const string EndSessions = "UPDATE session SET revoked_at = @now WHERE account_id = @id AND revoked_at IS NULL";

    static readonly Problem Stale = Problem.Conflict("account.changed-meanwhile", "账户已被他人更改，请重新读取", "Somebody else changed the account; read it again");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/v1/accounts/{id}", Handle)
        .RequireAuthorization(Policies.AccountsManage).WithName("ChangeAccount").WithTags("Accounts").WithSummary("更改账户 / Change an account").Refuses(404, 409);

    static async Task<Results<Ok<AccountDetail>, Problem>> Handle(string id, Body body, Caller caller, HttpContext http, Writes writes, Passwords passwords, CancellationToken stop)
    {
        FieldError[] wrong = [.. new[]
        {
            AccountRules.WhyNameUnfit(body.Name), AccountRules.WhyRolesUnfit(body.Roles), body.NewPassword is null ? null : Passwords.WhyUnfit(body.NewPassword, id, "/newPassword"),
        }.OfType<FieldError>()];
        if (wrong.Length > 0) return Problem.Invalid(wrong);

        var hash = body.NewPassword is null ? null : await passwords.Hash(body.NewPassword, stop);
        var keyed = body with { NewPassword = body.NewPassword is null ? null : Secrets.HashOf(body.NewPassword) };
        var changed = await writes.Once<AccountDetail>(http, caller, keyed, write => Change(write, id, body, hash));
        return changed.Problem is { } problem ? problem : TypedResults.Ok(changed.Value!);
    }

    static async Task<Answer<AccountDetail>> Change(Write write, string id, Body body, string? hash)
    {
        if (await write.One<AccountRow>(Select, new { id }) is not { } old) return Problem.NotFound("account.unknown", "没有这个账户", "There is no such account");
        if (AccountRules.WhyNotGrant(write.Caller, RoleWords.Read(old.Roles), body.Roles) is { } refused) return refused;
        var (was, stays) = (!old.Disabled && RoleWords.Read(old.Roles).Contains(AccountRoles.Administrator), !body.Disabled && body.Roles.Contains(AccountRoles.Administrator));
        if (await AccountRules.WhyNotLast(write, id, was, stays) is { } last) return last;
        var (region, misplaced) = await AccountRules.Place(write, body.Organisation);
        if (misplaced is not null) return misplaced;

        var values = new
        {
            id, version = body.Version, name = body.Name.Trim(), roles = RoleWords.Write(body.Roles), organisation = body.Organisation, window = body.Window, region,
            disabled = body.Disabled, hash, yes = true, now = write.Now,
        };
        if (await write.Run(Update, values) == 0) return Stale;
        if (body.Disabled || hash is not null) await write.Run(EndSessions, values);
        await write.Audit("account.change", "account/" + id, $"{old.Roles} -> {values.roles}{(body.Disabled ? "; disabled" : "")}{(hash is null ? "" : "; password")}");
        return (await write.One<AccountRow>(Select, new { id }))!.ToDetail();
    }
}

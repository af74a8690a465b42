using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Identity;

/// <summary><c>GET /api/v1/accounts</c>: all accounts by login, and <c>GET /api/v1/roles</c>: the roles there are.</summary>
static class ListAccounts
{
    /// <summary>A role.</summary>
    /// <param name="Id">Identifier.</param>
    /// <param name="Title">Name in both languages.</param>
    /// <param name="Reach">What its holders see: own, subtree, region or all.</param>
    public sealed record RoleReply(string Id, Kernel.LocalizedText Title, Reach Reach);

    const string Select = AccountRow.Select + """
         WHERE login > @after AND (@search = '' OR login LIKE @pattern OR lower(name) LIKE @pattern) AND (@organisation = '' OR organisation_id = @organisation)
        ORDER BY login LIMIT @fetch
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/accounts", Handle).RequireAuthorization(Policies.AccountsManage).WithName("ListAccounts").WithTags("Accounts").WithSummary("账户列表 / Accounts").Refuses(400);
        routes.MapGet("/api/v1/roles", () => TypedResults.Ok<IReadOnlyList<RoleReply>>([.. AccountRoles.All.Select(role => new RoleReply(role.Id, role.Title, role.Reach))]))
            .RequireAuthorization(Policies.SignedIn).WithName("ListRoles").WithTags("Accounts").WithSummary("角色 / Roles");
    }

    static async Task<Results<Ok<Page<AccountDetail>>, Problem>> Handle(
        [AsParameters] Paging page, Database database, CancellationToken stop, string search = "", string organisation = "")
    {
        if (page.WhyUnfit() is { } unfit) return unfit;
        await using var connection = await database.Open(stop);
        var parameters = new { after = page.After, search, pattern = Like.Containing(search), organisation, fetch = page.Fetch };
        var rows = await connection.QueryAsync<AccountRow>(new(Select, parameters, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => row.ToDetail(), row => [row.Login]));
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Dev;

/// <summary>
/// <c>PUT /api/v1/dev/fixtures/{name}</c>: a region of its own for a scenario, with a hall, a profile with some parameters replaced, items installed
/// past the gate and one account with an API token for every person. The name prefixes everything, so that scenarios do not meet.
/// </summary>
static partial class PutFixture
{
    /// <summary>A person of the scenario.</summary>
    /// <param name="Name">Name; also that of a branch, whose reviewer the person then is.</param>
    /// <param name="Roles">Roles.</param>
    internal sealed record Person(string Name, ImmutableArray<string> Roles);

    /// <summary>The scenario's world.</summary>
    /// <param name="Profile">XA, AQ, CQ, NX or QS.</param>
    /// <param name="Pipeline">Definition that its items run on.</param>
    /// <param name="People">Persons.</param>
    /// <param name="Parameters">Overrides of the profile.</param>
    /// <param name="Hours">Opening hours of the hall: open and close, for example 09:00.</param>
    /// <param name="Items">Items by name, as scenario files write them.</param>
    internal sealed record Body(
        string Profile, string Pipeline, ImmutableArray<Person> People, ImmutableDictionary<string, string>? Parameters = null, ImmutableDictionary<string, string>? Hours = null,
        ImmutableDictionary<string, JsonElement>? Items = null);

    /// <summary>What was made.</summary>
    /// <param name="Region">Region; prefix of codes, accounts and departments.</param>
    /// <param name="Items">Code of each item by its name.</param>
    /// <param name="Accounts">Account of each person by name.</param>
    /// <param name="Tokens">API token of each person by name.</param>
    internal sealed record Reply(string Region, ImmutableDictionary<string, string> Items, ImmutableDictionary<string, string> Accounts, ImmutableDictionary<string, string> Tokens);

    public static void Map(RouteGroupBuilder group) => group.MapPut("/fixtures/{name}", Handle).RequireAuthorization(Policies.DevelopmentClock)
        .WithName("PutFixture").WithSummary("建立场景用的区域、事项和账号 / Install a scenario's region, items and accounts").Refuses(409);

    static async Task<Results<Ok<Reply>, Problem>> Handle(string name, Body body, HttpContext http, Caller caller, Writes writes, Fixtures fixtures)
    {
        if (!Name().IsMatch(name)) return Problem.Invalid("?name", "fixture.name", "名称应为 1 至 16 个字母或数字", "A name is 1 to 16 letters or digits");
        // The tokens must not lie in the kept replies of the idempotency keys.
        if (http.Request.Headers.ContainsKey(Writes.KeyHeader)) return Problem.Invalid("", "idempotency.unsupported", "此操作不支持 Idempotency-Key", "This act takes no Idempotency-Key");
        var answer = await writes.Once<Reply>(http, caller, null, write => fixtures.Install(write, name, body, http.RequestAborted));
        return answer.Problem is { } problem ? problem : TypedResults.Ok(answer.Value!);
    }

    [GeneratedRegex("^[A-Za-z0-9]{1,16}$")]
    private static partial Regex Name();
}

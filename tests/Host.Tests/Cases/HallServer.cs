using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tests.Cases;

/// <summary>The demonstration halls on a Monday morning, on a clock that stands until it is moved; its people come with API tokens.</summary>
public sealed class HallServer : RunningServer
{
    const string Token = """
        INSERT INTO api_token (token_hash, token_id, name, account_id, roles, scopes, created_at) VALUES (@hash, @id, 'test', @account, @roles, 'read write', 1)
        """;

    const string Roles = "SELECT roles FROM account WHERE account_id = @account";

    /// <summary>An item of Chongqing that the urban management bureau decides in 7 working days.</summary>
    public const string Item = "CQ-CG-001";

    internal override Instant? ManualClock => Instant.FromUtc(2026, 9, 21, 2, 0);   // 10:00 in Chongqing

    /// <summary>A client of a demonstration account, for example <c>cq-acceptor</c>.</summary>
    internal async Task<Api> Person(string account)
    {
        var secret = ApiTokens.Prefix + Secrets.New();
        await using var connection = await Services.GetRequiredService<Database>().Open(default);
        var roles = await connection.ExecuteScalarAsync<string>(Roles, new { account }) ?? throw new ArgumentException($"There is no account {account}.", nameof(account));
        await connection.ExecuteAsync(Token, new { hash = Secrets.HashOf(secret), id = Guid.NewGuid().ToString("n"), account, roles });
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return new Api(client);
    }

    /// <summary>A new applicant of its own.</summary>
    internal async Task<(Api Api, string Account)> NewApplicant()
    {
        var login = await Account("applicant");
        return (await Person(login), login);
    }

    /// <summary>A case that a new applicant filed online; its number.</summary>
    internal async Task<string> Filed(string item = Item)
    {
        var (applicant, _) = await NewApplicant();
        return (string)(await applicant.Post("/api/v1/cases", new { item }))["caseNo"]!;
    }

    /// <summary>Moves the clock.</summary>
    internal async Task MoveTo(string local) => await (await Person("admin")).Put("/api/v1/dev/clock", new { now = local + ":00+08:00" });

    /// <summary>The only open task of a case.</summary>
    internal async Task<string> TaskOf(string caseNo) => (string)(await (await Person("auditor")).Get($"/api/v1/cases/{caseNo}"))["tasks"].AsArray().Single()!["id"]!;

    internal static IEnumerable<string> Texts(JsonNode list, string name) => list.AsArray().Select(each => (string)each![name]!);
}

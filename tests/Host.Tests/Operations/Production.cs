using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tests.Operations;

/// <summary>A server as it runs in Production.</summary>
public sealed class ProductionServer : RunningServer
{
    internal override ServerEnvironment Environment => ServerEnvironment.Production;
}

public sealed class Production(ProductionServer server) : IClassFixture<ProductionServer>
{
    async Task<long> Count(string sql)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    [Fact]
    public async Task nothing_is_seeded_but_the_shipped_pipelines()
    {
        Assert.Equal(0, await Count("SELECT (SELECT count(*) FROM organisation) + (SELECT count(*) FROM service_item) + (SELECT count(*) FROM account WHERE login = 'admin')"));
        Assert.Equal(5, await Count("SELECT count(*) FROM definition_version"));
    }

    [Fact]
    public async Task demonstration_accounts_are_refused_like_a_wrong_password()
    {
        await server.AddAccount("demo-person", ["administrator"], demonstration: true);

        var reply = await server.Anonymous().SignIn("demo-person", RunningServer.Password);

        Assert.Equal((HttpStatusCode.Unauthorized, "session.refused"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task the_first_administrator_is_made_once_and_demonstration_administrators_do_not_count()
    {
        var (database, passwords, clock) = (server.Services.GetRequiredService<Database>(), server.Services.GetRequiredService<Passwords>(), server.Services.GetRequiredService<SecurityClock>());
        await FirstAdministrator.Create(database, passwords, clock, "first-admin", RunningServer.Password, mustChange: false, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<WrongSetting>(() => FirstAdministrator.Create(database, passwords, clock, "second-admin", RunningServer.Password, mustChange: false, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, (await server.Anonymous().SignIn("first-admin", RunningServer.Password)).Status);
    }

    [Fact]
    public async Task the_server_says_whether_it_lives_and_can_work()
    {
        Assert.Equal("ok", (string?)(await server.Anonymous().Get("/healthz"))["status"]);
        var ready = (await server.Anonymous().Get("/readyz"))["checks"];
        Assert.Equal(("ok", "ok"), ((string?)ready["database"], (string?)ready["scheduler"]));
        Assert.Contains("http_server_request_duration_seconds_count{", (await server.Anonymous().Get("/metrics")).Text, StringComparison.Ordinal);
    }
}

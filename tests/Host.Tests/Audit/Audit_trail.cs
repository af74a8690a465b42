using System.Net;

namespace Orchestrator.Host.Tests.Audit;

public sealed class Audit_trail(RunningServer server)
{
    [Fact]
    public async Task what_was_done_and_what_was_refused_at_the_door_is_in_the_trail_page_by_page()
    {
        var login = await server.Account("process_designer");
        await server.Anonymous().SignIn(login, "not the password");
        var designer = server.Anonymous();
        await designer.SignIn(login, RunningServer.Password);
        await designer.Post("/api/v1/definitions", new { definitionId = "audited-" + login, title = new { zh = "留痕", en = "Audited" } });

        var auditor = await server.As("auditor");
        var door = await auditor.Get($"/api/v1/audit?target=login/{login}&limit=1");
        var rest = await auditor.Get($"/api/v1/audit?target=login/{login}&limit=1&cursor={(string)door["next"]!}");

        Assert.Equal(("session.open", "ok"), ((string)door["items"][0]!["action"]!, (string)door["items"][0]!["outcome"]!));
        Assert.Equal("refused", (string?)rest["items"][0]!["outcome"]);
        Assert.Equal("definition.create", (string?)(await auditor.Get($"/api/v1/audit?target=definition/audited-{login}"))["items"][0]!["action"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await designer.Get("/api/v1/audit")).Status);
    }

    [Fact]
    public async Task a_write_that_is_refused_leaves_nothing_behind()
    {
        var designer = await server.As("process_designer");
        var id = "nothing-" + Guid.NewGuid().ToString("n")[..8];
        await designer.Post("/api/v1/definitions", new { definitionId = id, title = new { zh = "甲", en = "A" } });

        await designer.Post($"/api/v1/definitions/{id}/publish");   // unsound

        var trail = await (await server.As("auditor")).Get($"/api/v1/audit?target=definition/{id}");
        Assert.Equal("definition.create", (string?)Assert.Single(trail["items"].AsArray())!["action"]);
        Assert.Equal(0, (int)(await designer.Get($"/api/v1/definitions/{id}"))["latestVersion"]);
    }
}

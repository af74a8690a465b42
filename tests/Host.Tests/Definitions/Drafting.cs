using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Tests.Definitions;

public sealed class Drafting(RunningServer server)
{
    static string NewId() => "d-" + Guid.NewGuid().ToString("n")[..10];

    async Task<(Api Api, string Id)> Made(object? body = null)
    {
        var (api, id) = (await server.As("process_designer"), NewId());
        var reply = await api.Post("/api/v1/definitions", body ?? new { definitionId = id, title = new { zh = "试用流程", en = "Trial" }, from = "standard" });
        Assert.Equal(HttpStatusCode.Created, reply.Status);
        return (api, id);
    }

    [Fact]
    public async Task the_shipped_pipelines_are_published_at_the_first_start()
    {
        var reply = await (await server.As("acceptor")).Get("/api/v1/definitions?status=published&purpose=service&limit=200");

        Assert.Superset(new HashSet<string> { "standard", "immediate", "renewal", "joint" }, reply["items"].AsArray().Select(item => (string)item!["definitionId"]!).ToHashSet());
        Assert.Equal("标准办件流程", (string?)(await (await server.As("acceptor")).Get("/api/v1/definitions/standard"))["title"]["zh"]);
    }

    [Fact]
    public async Task a_definition_made_from_a_shipped_pipeline_can_be_published_and_runs_as_version_one()
    {
        var (api, id) = await Made();

        var published = await api.Post($"/api/v1/definitions/{id}/publish");

        Assert.Equal(HttpStatusCode.OK, published.Status);
        Assert.Equal(1, (int)published["version"]);
        var stored = await api.Get($"/api/v1/definitions/{id}/versions/1");
        Assert.Equal((id, $"{id}-v1", 1, true), ((string)stored["definitionId"]!, (string)stored["id"]!, (int)stored["version"], (bool)stored["isPublished"]));
        Assert.Equal(HttpStatusCode.OK, (await api.Get($"/api/v1/definitions/{id}/draft")).Status);   // the draft stays as base
    }

    [Fact]
    public async Task an_unsound_draft_is_saved_with_its_findings_but_not_published()
    {
        var (api, id) = await Made(new { definitionId = "blank-" + NewId(), title = new { zh = "空白", en = "Blank" } });
        id = (string)(await api.Get("/api/v1/definitions?search=blank-&limit=200"))["items"][0]!["definitionId"]!;

        var check = await api.Post($"/api/v1/definitions/{id}/draft/check");
        var publish = await api.Post($"/api/v1/definitions/{id}/publish");

        Assert.False((bool)check["publishable"]);
        Assert.NotEmpty(check["findings"].AsArray());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "definition.unsound"), (publish.Status, publish.Code));
        Assert.NotEmpty(publish["findings"].AsArray());
        Assert.Empty((await api.Get($"/api/v1/definitions/{id}/versions")).Json!.AsArray());
    }

    [Fact]
    public async Task publishing_the_same_again_is_refused_and_a_change_becomes_the_next_version()
    {
        var (api, id) = await Made();
        await api.Post($"/api/v1/definitions/{id}/publish");
        Assert.Equal("definition.unchanged", (await api.Post($"/api/v1/definitions/{id}/publish")).Code);

        var draft = await api.Get($"/api/v1/definitions/{id}/draft");
        draft.Json!["description"] = "改过";
        await api.Put($"/api/v1/definitions/{id}/draft", draft.Json, ("If-Match", draft.Headers.ETag!.Tag));
        var second = await api.Post($"/api/v1/definitions/{id}/publish");

        Assert.Equal(2, (int)second["version"]);
        Assert.NotEqual("改过", (string?)(await api.Get($"/api/v1/definitions/{id}/versions/1"))["description"]);
    }

    [Fact]
    public async Task saving_over_a_draft_that_somebody_else_changed_is_refused()
    {
        var (api, id) = await Made();
        var read = await api.Get($"/api/v1/definitions/{id}/draft");
        var etag = read.Headers.ETag!.Tag;

        var first = await api.Put($"/api/v1/definitions/{id}/draft", read.Json, ("If-Match", etag));
        var second = await api.Put($"/api/v1/definitions/{id}/draft", read.Json, ("If-Match", etag));
        var blind = await api.Put($"/api/v1/definitions/{id}/draft", read.Json);

        Assert.Equal((HttpStatusCode.OK, "\"2\""), (first.Status, first.Headers.ETag!.Tag));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "draft.changed-meanwhile"), (second.Status, second.Code));
        Assert.Equal((HttpStatusCode.PreconditionRequired, "draft.if-match"), (blind.Status, blind.Code));
    }

    [Fact]
    public async Task what_the_product_does_not_know_survives_saving()
    {
        var (api, id) = await Made();
        var draft = await api.Get($"/api/v1/definitions/{id}/draft");
        draft.Json!["customProperties"]!["vendor"] = new JsonObject { ["keep"] = "me" };
        draft.Json["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "Odd", ["type"] = "Acme.Unknown", ["version"] = 1, ["secretSauce"] = 7 });

        var saved = await api.Put($"/api/v1/definitions/{id}/draft", draft.Json, ("If-Match", draft.Headers.ETag!.Tag));
        var again = await api.Get($"/api/v1/definitions/{id}/draft");

        Assert.Contains(saved["findings"].AsArray(), finding => ((string)finding!["pointer"]!).StartsWith("/root/activities", StringComparison.Ordinal));
        Assert.Equal("me", (string?)again["customProperties"]["vendor"]!["keep"]);
        Assert.Contains(again["root"]["activities"]!.AsArray(), activity => (string?)activity!["type"] == "Acme.Unknown" && (int)activity["secretSauce"]! == 7);
    }

    [Fact]
    public async Task the_diff_names_what_was_added_removed_changed_and_moved()
    {
        var (api, id) = await Made();
        await api.Post($"/api/v1/definitions/{id}/publish");
        var draft = await api.Get($"/api/v1/definitions/{id}/draft");
        var activities = draft["root"]["activities"]!.AsArray();
        activities[0]!["metadata"]!["designer"]!["position"]!["x"] = 999;
        activities[1]!["customProperties"]!["title"] = new JsonObject { ["zh"] = "新题", ["en"] = "New" };
        var gone = (string)activities[2]!["id"]!;
        activities.RemoveAt(2);
        activities.Add(new JsonObject { ["id"] = "Extra", ["type"] = "Gov.Notify", ["version"] = 1 });
        await api.Put($"/api/v1/definitions/{id}/draft", draft.Json, ("If-Match", "*"));

        var diff = await api.Get($"/api/v1/definitions/{id}/diff?from=1&to=draft");

        Assert.Equal("Extra", (string?)diff["added"][0]!["id"]);
        Assert.Equal(gone, (string?)diff["removed"][0]!["id"]);
        Assert.Equal("customProperties", (string?)Assert.Single(diff["changed"].AsArray())!["properties"]![0]);
        Assert.Equal((string?)activities[0]!["id"], (string?)Assert.Single(diff["moved"].AsArray()));
        Assert.Empty((await api.Get($"/api/v1/definitions/{id}/diff?from=1&to=1"))["added"].AsArray());
    }

    [Fact]
    public async Task an_export_starts_with_the_schema_and_can_be_imported_under_another_id()
    {
        var (api, id) = await Made();
        var export = await api.Get($"/api/v1/definitions/{id}/export");
        Assert.StartsWith("{\n  \"$schema\": \"https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json\"", export.Text);

        Assert.Equal("definition.exists", (await api.Post("/api/v1/definitions/import", export.Json)).Code);
        export.Json!["definitionId"] = id + "-copy";
        var imported = await api.Post("/api/v1/definitions/import", export.Json);

        Assert.Equal(HttpStatusCode.Created, imported.Status);
        Assert.True((bool)imported["publishable"]);
    }

    [Fact]
    public async Task the_only_draft_of_an_unpublished_definition_is_not_discarded()
    {
        var (api, id) = await Made();
        Assert.Equal("draft.only-one", (await api.Delete($"/api/v1/definitions/{id}/draft", ("If-Match", "\"1\""))).Code);
        await api.Post($"/api/v1/definitions/{id}/publish");

        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/api/v1/definitions/{id}/draft", ("If-Match", "\"1\""))).Status);
        Assert.Equal("draft.unknown", (await api.Get($"/api/v1/definitions/{id}/draft")).Code);
    }

    [Fact]
    public async Task the_same_request_under_one_key_is_done_once_and_answered_twice()
    {
        var (api, id) = (await server.As("process_designer"), NewId());
        var body = new { definitionId = id, title = new { zh = "一次", en = "Once" } };
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = await api.Post("/api/v1/definitions", body, key);
        var second = await api.Post("/api/v1/definitions", body, key);
        var other = await api.Post("/api/v1/definitions", new { definitionId = id + "x", title = new { zh = "别的", en = "Other" } }, key);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, second.Status));
        Assert.Equal(first.Text, second.Text);
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replay").Single());
        Assert.Equal((HttpStatusCode.Conflict, "idempotency.key-reused"), (other.Status, other.Code));
    }

    [Fact]
    public async Task a_role_that_may_only_read_flows_cannot_change_them()
    {
        var api = await server.As("reviewer");
        var reply = await api.Post("/api/v1/definitions", new { title = new { zh = "不许", en = "No" } });

        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), (reply.Status, reply.Code));
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/api/v1/definitions/standard")).Status);
    }

    [Fact]
    public async Task the_activity_catalogue_says_of_each_activity_its_ports_inputs_and_acts()
    {
        var reply = await (await server.As("applicant")).Get("/api/v1/activities");

        Assert.Equal(ActivityCatalog.All.Select(activity => activity.TypeName), reply["activities"].AsArray().Select(activity => (string)activity!["typeName"]!));
        var acceptance = reply["activities"].AsArray().Single(activity => (string?)activity!["typeName"] == "Gov.Acceptance")!;
        Assert.Contains(acceptance["ports"]!.AsArray(), port => (string?)port!["name"] == "DeemedAccepted" && (string?)port["kind"] == "legal");
        Assert.Contains(acceptance["acts"]!.AsArray(), act => (string?)act!["name"] == "issue_correction" && (string?)act["title"]!["zh"] == "补正告知");
    }

    [Fact]
    public async Task lists_are_read_page_by_page_without_gaps_or_repeats()
    {
        var api = await server.As("process_designer");
        var seen = new List<string>();
        var cursor = "";
        do
        {
            var page = await api.Get($"/api/v1/definitions?limit=2{cursor}");
            seen.AddRange(page["items"].AsArray().Select(item => (string)item!["definitionId"]!));
            cursor = page.Json!["next"] is { } next ? "&cursor=" + (string)next! : null;
        }
        while (cursor is not null);

        Assert.Superset(new HashSet<string>(ShippedWorkflows.Names), seen.ToHashSet());
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("limit=0", "page.limit")]
    [InlineData("limit=201", "page.limit")]
    [InlineData("limit=many", "request.parameter")]
    [InlineData("cursor=rubbish", "page.cursor")]
    [InlineData("cursor=W10", "page.cursor")]
    [InlineData("status=lost", "request.parameter")]
    public async Task a_wrong_query_is_answered_with_what_is_wrong(string query, string code)
    {
        var reply = await (await server.As("acceptor")).Get("/api/v1/definitions?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal(code, (string?)reply["errors"][0]!["code"]);
    }
}

using System.Net;
using System.Text.Json.Nodes;

namespace Orchestrator.Host.Tests.Items;

public sealed class Catalogue_of_items(PrivateServer server) : IClassFixture<PrivateServer>
{
    async Task<Api> Manager(string region = "xa")
    {
        var api = server.Anonymous();
        await api.SignIn(region + "-catalogue-manager", "Orchestrator-2026");
        return api;
    }

    /// <summary>A copy of a shipped item under a code of its own, saved as a draft.</summary>
    async Task<(Api Api, string Code, JsonObject Item)> Draft(Action<JsonObject>? change = null)
    {
        var (api, code) = (await Manager(), "XA-T-" + Guid.NewGuid().ToString("n")[..6]);
        var item = (JsonObject)(await api.Get("/api/v1/items/XA-SJ-001"))["item"].DeepClone();
        item["item_code"] = code;
        change?.Invoke(item);
        var saved = await api.Put($"/api/v1/items/{code}/draft", item);
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        return (api, code, item);
    }

    [Fact]
    public async Task anybody_may_look_through_the_catalogue()
    {
        var api = server.Anonymous();
        var all = await api.Get("/api/v1/items?limit=200");
        var region = await api.Get("/api/v1/items?region=CQ&limit=200");
        var found = await api.Get("/api/v1/items?search=食品经营");

        Assert.True(all["items"].AsArray().Count >= 24);
        Assert.All(region["items"].AsArray(), item => Assert.Equal("CQ", (string?)item!["region"]));
        Assert.Contains(found["items"].AsArray(), item => (string?)item!["code"] == "XA-SJ-001");
        Assert.Equal("item.unknown", (await api.Get("/api/v1/items/NONE")).Code);
    }

    [Fact]
    public async Task a_guide_has_the_fifteen_elements_in_both_languages()
    {
        var guide = await server.Anonymous().Get("/api/v1/items/XA-SJ-001/guide");

        Assert.Equal(15, guide["elements"].AsArray().Count);
        Assert.All(guide["elements"].AsArray(), element =>
        {
            Assert.NotEmpty((string?)element!["title"]!["zh"] ?? "");
            Assert.NotEmpty((string?)element["title"]!["en"] ?? "");
            Assert.NotEmpty(element["lines"]!.AsArray());
        });
        Assert.Equal(64, ((string)guide["contentHash"]!).Length);
    }

    [Fact]
    public async Task a_draft_that_passes_the_gate_is_published_and_the_next_version_follows_without_a_gap()
    {
        var (api, code, item) = await Draft();
        var first = await api.Post($"/api/v1/items/{code}/publish", new { });
        Assert.True(first.Status == HttpStatusCode.OK, first.Text);

        item["acceptance_conditions"]!.AsArray().Add("新增一项具体条件");
        await api.Put($"/api/v1/items/{code}/draft", item, ("If-Match", "\"1\""));
        var second = await api.Post($"/api/v1/items/{code}/publish", new { });

        var versions = (await api.Get($"/api/v1/items/{code}/versions")).Json!.AsArray();
        Assert.Equal(2, (int)second["version"]);
        Assert.Equal((string?)versions[1]!["effectiveFrom"], (string?)versions[0]!["effectiveTo"]);
        Assert.Null(versions[1]!["effectiveTo"]);
    }

    [Fact]
    public async Task a_draft_with_a_catch_all_material_is_saved_with_the_finding_and_not_published()
    {
        var (api, code, _) = await Draft(item => item["materials"]!["M01"]!["name"] = "其他材料");

        var check = await api.Post($"/api/v1/items/{code}/check");
        var publish = await api.Post($"/api/v1/items/{code}/publish", new { });

        Assert.Contains(check["findings"].AsArray(), finding => (string?)finding!["rule"] == "V-03");
        Assert.False((bool)check["publishable"]);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "item.gate", "V-03"), (publish.Status, publish.Code, (string?)publish["rule"]));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Get($"/api/v1/items/{code}")).Status);
    }

    [Fact]
    public async Task an_item_whose_pipeline_is_not_published_is_refused_by_V_20()
    {
        var (api, code, _) = await Draft(item => item["process"]!["pipeline"] = "nowhere");

        Assert.Equal("V-20", (string?)(await api.Post($"/api/v1/items/{code}/publish", new { }))["rule"]);
    }

    [Fact]
    public async Task a_suspended_item_shows_it_and_a_cancelled_one_stays_cancelled()
    {
        var (api, code, _) = await Draft();
        await api.Post($"/api/v1/items/{code}/publish", new { });

        Assert.Equal(HttpStatusCode.OK, (await api.Post($"/api/v1/items/{code}/suspension", new { reason = "机构调整" })).Status);
        Assert.Equal("suspended", (string?)(await api.Get($"/api/v1/items/{code}"))["status"]);
        Assert.Equal("CQ-13.2", (string?)(await api.Post($"/api/v1/items/{code}/publish", new { }))["rule"]);
        Assert.Equal("item.standing-same", (await api.Post($"/api/v1/items/{code}/suspension", new { reason = "又一次" })).Code);
    }

    [Fact]
    public async Task a_cancellation_in_the_future_leaves_the_item_in_force_until_then_and_is_final()
    {
        var (api, code, _) = await Draft();
        await api.Post($"/api/v1/items/{code}/publish", new { });

        Assert.Equal(HttpStatusCode.OK, (await api.Post($"/api/v1/items/{code}/cancellation", new { reason = "法规修订", effectiveFrom = "2099-01-01T00:00:00+08:00" })).Status);

        Assert.Equal("in_force", (string?)(await api.Get($"/api/v1/items/{code}"))["status"]);
        Assert.Equal("item.cancelled", (await api.Post($"/api/v1/items/{code}/resumption", new { reason = "反悔" })).Code);
    }

    [Fact]
    public async Task nothing_takes_effect_in_the_past()
    {
        var (api, code, _) = await Draft();
        await api.Post($"/api/v1/items/{code}/publish", new { });

        var reply = await api.Post($"/api/v1/items/{code}/suspension", new { reason = "倒签", effectiveFrom = "2020-01-01T00:00:00+08:00" });
        Assert.Equal("/effectiveFrom", (string?)reply["errors"][0]!["pointer"]);
    }

    [Fact]
    public async Task a_manager_writes_only_the_items_of_its_own_region()
    {
        var (_, code, item) = await Draft();

        Assert.Equal(HttpStatusCode.Forbidden, (await (await Manager("cq")).Put($"/api/v1/items/{code}/draft", item, ("If-Match", "*"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await server.As("acceptor")).Put($"/api/v1/items/{code}/draft", item)).Status);
    }

    [Theory]
    [InlineData("{}", "item.malformed")]
    [InlineData("not json", "item.malformed")]
    [InlineData("""{"item_code":"XA-X","surprise":1}""", "item.malformed")]
    public async Task an_item_that_cannot_be_read_is_refused_with_a_code(string body, string code)
    {
        var reply = await (await Manager()).Put("/api/v1/items/XA-X/draft", body);

        Assert.Equal((HttpStatusCode.BadRequest, code), (reply.Status, (string?)reply["errors"][0]!["code"]));
    }

    [Fact]
    public async Task saving_an_item_draft_unseen_is_refused()
    {
        var (api, code, item) = await Draft();

        Assert.Equal(HttpStatusCode.PreconditionRequired, (await api.Put($"/api/v1/items/{code}/draft", item)).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await api.Put($"/api/v1/items/{code}/draft", item, ("If-Match", "\"7\""))).Status);
    }

    [Fact]
    public async Task profiles_and_calendars_can_be_read_and_a_year_without_a_table_is_a_warning()
    {
        var api = await Manager();

        Assert.Equal(["AQ", "CQ", "NX", "QS", "XA"], (await api.Get("/api/v1/profiles")).Json!.AsArray().Select(profile => (string)profile!["id"]!));
        Assert.Contains((await api.Get("/api/v1/profiles/CQ"))["parameters"].AsArray(), parameter => (string?)parameter!["key"] == "P03" && (string?)parameter["value"] == "deemed_accepted_from_receipt");
        Assert.Equal("profile.unknown", (await api.Get("/api/v1/profiles/ZZ")).Code);
        var calendar = await api.Get("/api/v1/calendars");
        Assert.Contains(2026, calendar["years"].AsArray().Select(year => (int)year!));
        Assert.Equal(calendar["missing"].AsArray().Count > 0, calendar.Json!["warning"] is not null);
    }
}

using System.Net;
using Orchestrator.Host.Tests.Cases;

namespace Orchestrator.Host.Tests.Registers;

public sealed class Acting_on_registers(HallServer hall) : IClassFixture<HallServer>
{
    [Fact]
    public async Task a_policy_has_twenty_working_days_to_be_made_public_and_its_lateness_is_on_record_XA_35()
    {
        await hall.MoveTo("2026-09-21T10:00");
        var body = await hall.Person("xa-administration-body");

        var registered = await body.Post("/api/v1/registers/policy/P1/acts/register_policy", new { });
        Assert.Equal(("open", "T-PUB", "2026-10-27T00:00:00+08:00"), ((string)registered["state"]!, (string)registered["timers"][0]!["key"]!, (string)registered["timers"][0]!["due"]!));
        await hall.MoveTo("2026-10-27T09:00");

        var entry = await body.Get("/api/v1/registers/policy/P1");
        Assert.Equal(("red", "fired"), ((string)entry["colour"]!, (string)entry["timers"][0]!["state"]!));
        var facts = (await body.Get("/api/v1/registers/policy/P1/facts"))["items"].AsArray();
        Assert.Contains(facts, fact => (string)fact!["name"]! == "overdue_report" && (string)fact["at"]! == "2026-10-27T00:00:00+08:00" && (string)fact["actor"]!["id"]! == "engine");
        Assert.Equal("XA-35", (string)(await body.Post("/api/v1/registers/policy/P1/acts/publish_policy", new { }))["rule"]!);
        Assert.Equal("published", (string)(await body.Post("/api/v1/registers/policy/P1/acts/publish_policy", new { data = new { interpretation = true } }))["state"]!);
    }

    [Fact]
    public async Task entries_belong_to_a_region_and_the_same_name_means_another_thing_elsewhere()
    {
        await (await hall.Person("xa-administration-body")).Post("/api/v1/registers/policy/P2/acts/register_policy", new { });

        Assert.Equal("register.unknown", (await (await hall.Person("cq-administration-body")).Get("/api/v1/registers/policy/P2")).Code);
        Assert.Equal("open", (string)(await (await hall.Person("cq-administration-body")).Post("/api/v1/registers/policy/P2/acts/register_policy", new { }))["state"]!);
    }

    [Fact]
    public async Task a_window_left_in_opening_hours_raises_the_alarm_until_somebody_signs_in_AQ_3_1_5c()
    {
        await hall.MoveTo("2026-09-21T10:00");
        var clerk = await hall.Person("aq-acceptor");

        Assert.Equal("vacant", (string)(await clerk.Post("/api/v1/registers/window/aq-w01/acts/vacate", new { }))["state"]!);
        Assert.Equal("staffed", (string)(await clerk.Post("/api/v1/registers/window/aq-w01/acts/sign_in", new { }))["state"]!);
    }

    [Fact]
    public async Task each_act_is_for_certain_roles_and_refused_to_others()
    {
        var refused = await (await hall.Person("cq-acceptor")).Post($"/api/v1/registers/item/{HallServer.Item}/acts/cancel_item", new { });

        Assert.Equal((HttpStatusCode.Forbidden, "act.role"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await hall.Person("cq-applicant")).Post("/api/v1/registers/policy/P3/acts/register_policy", new { })).Status);
        Assert.Equal("act.unknown", (await (await hall.Person("cq-catalogue-manager")).Post($"/api/v1/items/{HallServer.Item}/acts/dance", new { })).Code);
        Assert.Equal("register.unknown", (await (await hall.Person("xa-catalogue-manager")).Post($"/api/v1/items/{HallServer.Item}/acts/cancel_item", new { })).Code);
    }

    [Fact]
    public async Task a_cancelled_item_is_so_in_the_catalogue_too_and_stays_so_CQ_13_2()
    {
        const string item = "CQ-WJ-001";
        var manager = await hall.Person("cq-catalogue-manager");

        var cancelled = await manager.Post($"/api/v1/items/{item}/acts/cancel_item", new { });

        Assert.Equal("cancelled", (string)cancelled["state"]!);
        Assert.Equal("cancelled", (string)(await hall.Anonymous().Get($"/api/v1/items/{item}"))["status"]!);
        Assert.Equal("FT-01", (string)(await (await hall.NewApplicant()).Api.Post("/api/v1/cases", new { item }))["rule"]!);
        Assert.Equal("5.6", (string)(await manager.Post($"/api/v1/items/{item}/acts/cancel_item", new { }))["rule"]!);
    }

    [Fact]
    public async Task an_item_with_a_full_record_is_published_from_its_draft_only()
    {
        var refused = await (await hall.Person("cq-catalogue-manager")).Post($"/api/v1/items/{HallServer.Item}/acts/publish", new { data = new { promised = "5wd" } });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "item.publish-draft"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task a_standing_that_begins_later_begins_by_itself_in_the_catalogue_CQ_13_2()
    {
        const string item = "CQ-ZJ-001";
        var manager = await hall.Person("cq-catalogue-manager");

        await manager.Post($"/api/v1/items/{item}/suspension", new { reason = "依据修订中", effectiveFrom = "2027-01-04T00:00:00+08:00" });
        await hall.MoveTo("2027-01-03T23:59");
        Assert.Equal("in_force", await Status());
        await hall.MoveTo("2027-01-04T00:00");
        Assert.Equal("suspended", await Status());
        await manager.Post($"/api/v1/items/{item}/resumption", new { reason = "修订完成", effectiveFrom = "2027-02-01T00:00:00+08:00" });
        await hall.MoveTo("2027-02-01T00:00");
        Assert.Equal("in_force", await Status());
        Assert.Equal("published", (string)(await manager.Get($"/api/v1/registers/item/{item}"))["state"]!);

        async Task<string> Status() => (string)(await hall.Anonymous().Get($"/api/v1/items/{item}"))["status"]!;
    }

    [Fact]
    public async Task a_published_version_has_the_item_library_follow_within_the_hour_QS_T4()
    {
        const string item = "XA-RS-001";
        var manager = await hall.Person("xa-catalogue-manager");
        var record = (await hall.Anonymous().Get($"/api/v1/items/{item}"))["item"].DeepClone();
        await manager.Put($"/api/v1/items/{item}/draft", record);

        var published = await manager.Post($"/api/v1/items/{item}/publish", new { });

        Assert.Equal(HttpStatusCode.OK, published.Status);
        var entry = await manager.Get($"/api/v1/registers/item/{item}");
        Assert.Equal(("published", "T-SYN", "running"), ((string)entry["state"]!, (string)entry["timers"][0]!["key"]!, (string)entry["timers"][0]!["state"]!));
        Assert.Equal("stopped", (string)(await manager.Post($"/api/v1/items/{item}/acts/acknowledge_sync", new { }))["timers"][0]!["state"]!);
    }
}

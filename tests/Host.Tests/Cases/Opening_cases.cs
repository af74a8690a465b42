using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tests.Cases;

public sealed class Opening_cases(HallServer hall) : IClassFixture<HallServer>
{
    [Fact]
    public async Task an_applicant_submits_online_and_owns_the_case()
    {
        var (applicant, account) = await hall.NewApplicant();

        var opened = await applicant.Post("/api/v1/cases", new { item = HallServer.Item, applicant = "cq-applicant" });

        Assert.Equal(HttpStatusCode.Created, opened.Status);
        Assert.Equal($"/api/v1/cases/{opened["caseNo"]}", opened.Headers.Location?.ToString());
        Assert.StartsWith("CQ20260921", (string)opened["caseNo"]!);
        Assert.Equal((account, "submitted", "accept", "online"), ((string)opened["applicant"]!, (string)opened["state"]["code"]!, (string)opened["stage"]["code"]!, (string)opened["channel"]!));
        Assert.Equal(("standard", 1, "CQ"), ((string)opened["pins"]["definitionId"]!, (int)opened["pins"]["itemVersion"]!, (string)opened["pins"]["profileId"]!));
    }

    [Fact]
    public async Task a_clerk_receives_at_the_window_for_an_applicant_who_then_owns_the_case()
    {
        var (applicant, account) = await hall.NewApplicant();

        var opened = await (await hall.Person("cq-w02-acceptor")).Post("/api/v1/cases", new { item = HallServer.Item, applicant = account, delivery = "window" });

        Assert.Equal(("cq-w02", "cq-hall", "cq-cgj"), ((string)opened["window"]!, (string)opened["hall"]!, (string)opened["department"]!));
        Assert.Equal(HttpStatusCode.OK, (await applicant.Get($"/api/v1/cases/{opened["caseNo"]}")).Status);
    }

    [Fact]
    public async Task an_item_outside_the_catalogue_opens_no_case_FT_01()
    {
        var (applicant, _) = await hall.NewApplicant();

        var (zh, en) = (await applicant.Post("/api/v1/cases", new { item = "CQ-XX-999" }), await applicant.Post("/api/v1/cases", new { item = "CQ-XX-999" }, ("Accept-Language", "en")));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "item.unknown", "FT-01"), (zh.Status, zh.Code, (string)zh["rule"]!));
        Assert.Equal("CQ-XX-999", (string)zh["details"][0]!);
        Assert.Contains("未列入目录", (string)zh["title"]!);
        Assert.Contains("not in the catalogue", (string)en["title"]!);
    }

    [Fact]
    public async Task a_suspended_item_takes_no_case_from_its_instant_on_and_takes_cases_again_when_it_is_resumed_CQ_13_2()
    {
        const string item = "CQ-CG-002";
        var (applicant, _) = await hall.NewApplicant();
        var manager = await hall.Person("cq-catalogue-manager");
        var draft = (string)(await applicant.Post("/api/v1/cases", new { item, act = "create_draft" }))["caseNo"]!;

        await manager.Post($"/api/v1/items/{item}/acts/suspend_item", new { data = new { effective_from = "2026-09-21T12:00" } });
        Assert.Equal(HttpStatusCode.Created, (await applicant.Post("/api/v1/cases", new { item })).Status);
        await hall.MoveTo("2026-09-21T12:00");
        var (late, submitted) = (await applicant.Post("/api/v1/cases", new { item }), await applicant.Post($"/api/v1/cases/{draft}/acts/submit", new { }));
        await manager.Post($"/api/v1/items/{item}/acts/resume_item", new { });

        Assert.Equal(("FT-01", "FT-01"), ((string)late["rule"]!, (string)submitted["rule"]!));
        Assert.Equal(HttpStatusCode.OK, (await applicant.Post($"/api/v1/cases/{draft}/acts/submit", new { })).Status);
    }

    [Fact]
    public async Task a_clerk_receives_for_the_own_region_only()
    {
        var refused = await (await hall.Person("xa-acceptor")).Post("/api/v1/cases", new { item = HallServer.Item });

        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task the_same_request_sent_again_opens_one_case_and_another_under_its_key_is_refused()
    {
        var (applicant, account) = await hall.NewApplicant();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var (first, again) = (await applicant.Post("/api/v1/cases", new { item = HallServer.Item }, key), await applicant.Post("/api/v1/cases", new { item = HallServer.Item }, key));
        var other = await applicant.Post("/api/v1/cases", new { item = HallServer.Item, channel = "terminal" }, key);

        Assert.Equal((HttpStatusCode.Created, first.Text), (again.Status, again.Text));
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replay").Single());
        Assert.Equal((HttpStatusCode.Conflict, "idempotency.key-reused"), (other.Status, other.Code));
        await using var connection = await hall.Services.GetRequiredService<Database>().Open(TestContext.Current.CancellationToken);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM service_case WHERE applicant_id = @account", new { account }));
    }

    [Theory]
    [InlineData("""{ "item": "CQ-CG-001", "act": "approve" }""", "/act", "act.unknown")]
    [InlineData("""{ "item": "CQ-CG-001", "materials": "M01" }""", "/materials", "json.wrong-type")]
    [InlineData("""{ "item": "CQ-CG-001", "chanel": "online" }""", "/chanel", "json.unknown-member")]
    [InlineData("""{ "act": "submit" }""", "", "json.missing-member")]
    [InlineData("""{ "item": null }""", "/item", "json.null")]
    [InlineData("""{ "item": """, "/item", "json.malformed")]
    public async Task a_malformed_request_says_what_is_wrong_where(string body, string pointer, string code)
    {
        var refused = await (await hall.NewApplicant()).Api.Post("/api/v1/cases", body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal((pointer, code), ((string)refused["errors"][0]!["pointer"]!, (string)refused["errors"][0]!["code"]!));
    }

    [Fact]
    public async Task a_channel_that_does_not_exist_is_refused_by_the_rule_of_receipt_TR_05()
    {
        var refused = await (await hall.NewApplicant()).Api.Post("/api/v1/cases", new { item = HallServer.Item, channel = "pigeon" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "TR-05", "channel"), (refused.Status, (string)refused["rule"]!, (string)refused["details"][0]!));
    }

    [Fact]
    public async Task nobody_opens_cases_without_signing_in() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await hall.Anonymous().Post("/api/v1/cases", new { item = HallServer.Item })).Status);
}

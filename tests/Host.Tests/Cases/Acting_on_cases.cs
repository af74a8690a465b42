using System.Net;

namespace Orchestrator.Host.Tests.Cases;

public sealed class Acting_on_cases(HallServer hall) : IClassFixture<HallServer>
{
    [Fact]
    public async Task a_rule_refuses_with_its_id_in_the_caller_s_language_and_nothing_changes_FT_05()
    {
        var (applicant, _) = await hall.NewApplicant();
        var caseNo = (string)(await applicant.Post("/api/v1/cases", new { item = HallServer.Item, missing = new[] { "M01", "M03" } }))["caseNo"]!;
        var acceptor = await hall.Person("cq-acceptor");
        await acceptor.Post($"/api/v1/cases/{caseNo}/acts/issue_correction", Correction("M01"));
        await applicant.Post($"/api/v1/cases/{caseNo}/acts/resubmit", new { data = new { materials = new[] { "M01" } } });

        var (zh, en) = (await acceptor.Post($"/api/v1/cases/{caseNo}/acts/issue_correction", Correction("M03")), await acceptor.Post($"/api/v1/cases/{caseNo}/acts/issue_correction", Correction("M03"), ("Accept-Language", "en")));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "FT-05", "rule.ft-05"), (zh.Status, (string)zh["rule"]!, zh.Code));
        Assert.Equal(("zh-CN", "en"), (zh.Language, en.Language));
        Assert.NotEqual((string)zh["title"]!, (string)en["title"]!);
        Assert.Equal("submitted", (string)(await acceptor.Get($"/api/v1/cases/{caseNo}"))["state"]["code"]!);
    }

    static object Correction(string material) => new { data = new { materials = new[] { material }, limit = "5wd", form = "electronic" } };

    [Fact]
    public async Task what_none_of_the_caller_s_roles_may_do_is_forbidden()
    {
        var (applicant, _) = await hall.NewApplicant();
        var caseNo = (string)(await applicant.Post("/api/v1/cases", new { item = HallServer.Item }))["caseNo"]!;

        var refused = await applicant.Post($"/api/v1/cases/{caseNo}/acts/accept", new { });

        Assert.Equal((HttpStatusCode.Forbidden, "act.role", "5.7"), (refused.Status, refused.Code, (string)refused["rule"]!));
    }

    [Fact]
    public async Task what_nobody_may_do_is_refused_by_its_own_rule_whoever_asks_FT_22()
    {
        var refused = await (await hall.Person("cq-cgj-reviewer")).Post($"/api/v1/cases/{await hall.Filed()}/acts/change_version", new { data = new { version = 2 } });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "FT-22"), (refused.Status, (string)refused["rule"]!));
    }

    [Fact]
    public async Task an_act_sent_again_under_its_key_is_done_once()
    {
        var (caseNo, acceptor, key) = (await hall.Filed(), await hall.Person("cq-acceptor"), ("Idempotency-Key", Guid.NewGuid().ToString()));

        var (first, again) = (await acceptor.Post($"/api/v1/cases/{caseNo}/acts/accept", new { }, key), await acceptor.Post($"/api/v1/cases/{caseNo}/acts/accept", new { }, key));

        Assert.Equal((HttpStatusCode.OK, first.Text), (again.Status, again.Text));
        Assert.Single((await acceptor.Get($"/api/v1/cases/{caseNo}/events"))["items"].AsArray(), entry => (string)entry!["act"]! == "accept");
    }

    [Fact]
    public async Task the_applicant_withdraws_before_the_decision_and_the_case_stays_closed_TR_40_FT_21()
    {
        var (applicant, _) = await hall.NewApplicant();
        var caseNo = (string)(await applicant.Post("/api/v1/cases", new { item = HallServer.Item }))["caseNo"]!;

        Assert.Equal("withdrawn", (string)(await applicant.Post($"/api/v1/cases/{caseNo}/withdrawal", new { reason = "改到外地办理" }))["state"]["code"]!);
        Assert.Equal("FT-21", (string)(await applicant.Post($"/api/v1/cases/{caseNo}/withdrawal", new { }))["rule"]!);
    }

    [Fact]
    public async Task silence_of_the_agency_accepts_the_case_at_its_legal_instant_CQ_18_1b()
    {
        await hall.MoveTo("2026-09-21T10:00");
        var (caseNo, supervisor) = (await hall.Filed(), await hall.Person("cq-supervisor"));

        await hall.MoveTo("2026-09-24T15:00");
        var deemed = await supervisor.Get($"/api/v1/cases/{caseNo}");

        Assert.Equal(("deemed", "2026-09-21"), ((string)deemed["mode"]!, (string)deemed["acceptedOn"]!));
        var fired = (await supervisor.Get($"/api/v1/cases/{caseNo}/events"))["items"].AsArray().Last(entry => entry!["events"]!.ToJsonString().Contains("视为受理", StringComparison.Ordinal) || entry["events"]!.ToJsonString().Contains("\\u89C6\\u4E3A\\u53D7\\u7406", StringComparison.Ordinal))!;
        Assert.Equal("2026-09-23T00:00:00+08:00", (string)fired["at"]!);
    }

    [Theory]
    [InlineData("""{ "data": [] }""", "act.data")]
    [InlineData("""{ "date": {} }""", "json.unknown-member")]
    [InlineData("""{ "data": { """, "json.malformed")]
    public async Task malformed_data_is_refused_before_anything_is_asked(string body, string code) =>
        Assert.Equal(code, (string)(await (await hall.Person("cq-acceptor")).Post($"/api/v1/cases/{await hall.Filed()}/acts/accept", body))["errors"][0]!["code"]!);

    [Fact]
    public async Task an_act_that_does_not_exist_is_refused_with_a_code() =>
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "act.unknown"), await Answer((await hall.Person("cq-acceptor")).Post($"/api/v1/cases/{await hall.Filed()}/acts/dance", new { })));

    [Fact]
    public async Task a_signal_for_which_nothing_waits_is_refused_and_applicants_send_none()
    {
        var (applicant, _) = await hall.NewApplicant();
        var caseNo = (string)(await applicant.Post("/api/v1/cases", new { item = HallServer.Item }))["caseNo"]!;

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "signal.not-awaited"), await Answer((await hall.Person("cq-acceptor")).Post($"/api/v1/cases/{caseNo}/signals/paid", new { data = new { amount = 1 } })));
        Assert.Equal(HttpStatusCode.Forbidden, (await applicant.Post($"/api/v1/cases/{caseNo}/signals/paid", new { })).Status);
    }

    static async Task<(HttpStatusCode, string?)> Answer(Task<Reply> asked)
    {
        var reply = await asked;
        return (reply.Status, reply.Code);
    }
}

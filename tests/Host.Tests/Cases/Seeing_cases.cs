using System.Net;

namespace Orchestrator.Host.Tests.Cases;

public sealed class Seeing_cases(HallServer hall) : IClassFixture<HallServer>
{
    [Theory]
    [InlineData("cq-acceptor")]               // the region's acceptor
    [InlineData("cq-w02-acceptor")]           // a window of the same hall
    [InlineData("cq-cgj-reviewer")]           // the department that decides
    [InlineData("cq-supervisor")]
    [InlineData("auditor")]
    public async Task the_hall_the_department_and_supervision_see_a_case(string account) =>
        Assert.Equal(HttpStatusCode.OK, (await (await hall.Person(account)).Get($"/api/v1/cases/{await hall.Filed()}")).Status);

    [Theory]
    [InlineData("xa-acceptor")]               // another region
    [InlineData("xa-supervisor")]
    [InlineData("cq-scjg-reviewer")]          // another department of the region
    [InlineData("cq-applicant")]              // somebody else
    public async Task for_others_it_does_not_exist(string account)
    {
        var (caseNo, stranger) = (await hall.Filed(), await hall.Person(account));

        foreach (var path in new[] { "", "/events", "/timers", "/timers/T-ACC/explanation", "/documents", "/documents/D1" })
            Assert.Equal((HttpStatusCode.NotFound, "case.unknown"), await Answer(stranger.Get($"/api/v1/cases/{caseNo}{path}")));
        Assert.Equal((HttpStatusCode.NotFound, "case.unknown"), await Answer(stranger.Post($"/api/v1/cases/{caseNo}/acts/accept", new { })));
        Assert.Equal((HttpStatusCode.NotFound, "case.unknown"), await Answer(stranger.Post($"/api/v1/cases/{caseNo}/withdrawal", new { })));
        Assert.Equal((HttpStatusCode.NotFound, "case.unknown"), await Answer(stranger.Post($"/api/v1/cases/{caseNo}/evaluations", new { score = 5 })));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/api/v1/tasks/{await hall.TaskOf(caseNo)}")).Status);
        Assert.DoesNotContain(caseNo, HallServer.Texts((await stranger.Get($"/api/v1/cases?q={caseNo}"))["items"], "caseNo"));
    }

    static async Task<(HttpStatusCode, string?)> Answer(Task<Reply> asked)
    {
        var reply = await asked;
        return (reply.Status, reply.Code);
    }

    [Fact]
    public async Task a_branch_department_sees_a_joint_case_while_its_opinion_is_wanted()
    {
        var caseNo = await hall.Filed("CQ-YJS-001");
        await (await hall.Person("cq-acceptor")).Post($"/api/v1/cases/{caseNo}/acts/accept", new { });
        var (fire, education) = (await hall.Person("cq-xf-reviewer"), await hall.Person("cq-wjw-reviewer"));

        var task = (await fire.Get($"/api/v1/tasks?case={caseNo}"))["items"].AsArray().Single()!;
        Assert.Equal(("cq-xf", "reviewer"), ((string)task["part"]!, (string)task["role"]!["code"]!));
        Assert.Equal(HttpStatusCode.OK, (await fire.Get($"/api/v1/cases/{caseNo}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await education.Get($"/api/v1/cases/{caseNo}")).Status);

        Assert.Equal(HttpStatusCode.OK, (await fire.Post($"/api/v1/tasks/{task["id"]}/complete", new { outcome = "branch_done", data = new { result = "agree" } })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await fire.Get($"/api/v1/cases/{caseNo}")).Status);
    }

    [Fact]
    public async Task the_applicant_learns_what_happened_but_not_who_did_it_nor_the_office_s_own_notes()
    {
        var (applicant, _) = await hall.NewApplicant();
        var caseNo = (string)(await applicant.Post("/api/v1/cases", new { item = HallServer.Item }))["caseNo"]!;
        await (await hall.Person("cq-acceptor")).Post($"/api/v1/cases/{caseNo}/acts/accept", new { });
        await (await hall.Person("cq-cgj-reviewer")).Post($"/api/v1/cases/{caseNo}/acts/review_done", new { data = new { opinion = "positive", note = "内部意见" } });

        var (own, office) = (await applicant.Get($"/api/v1/cases/{caseNo}/events"), await (await hall.Person("cq-acceptor")).Get($"/api/v1/cases/{caseNo}/events"));

        var (accepted, reviewed) = (Entry(own, "accept"), Entry(own, "review_done"));
        Assert.Null(accepted["actor"]!["id"]);
        Assert.Equal("acceptor", (string)accepted["actor"]!["role"]!["code"]!);
        Assert.Contains("受理通知书", accepted["events"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.DoesNotContain("note", own.Text);
        Assert.Equal(["state_entered"], HallServer.Texts(reviewed["events"]!, "type"));
        Assert.Equal("cq-acceptor", (string)Entry(office, "accept")["actor"]!["id"]!);
        Assert.Contains("内部意见", office.Text);
    }

    static System.Text.Json.Nodes.JsonNode Entry(Reply history, string act) => history["items"].AsArray().Single(entry => (string)entry!["act"]! == act)!;

    [Fact]
    public async Task a_list_is_paged_newest_first_and_filtered()
    {
        var (applicant, _) = await hall.NewApplicant();
        var opened = new List<string>();
        for (var i = 0; i < 3; i++) opened.Add((string)(await applicant.Post("/api/v1/cases", new { item = HallServer.Item }))["caseNo"]!);
        await applicant.Post($"/api/v1/cases/{opened[1]}/withdrawal", new { reason = "不办了" });

        var (paged, cursor) = (new List<string>(), "");
        do
        {
            var page = await applicant.Get($"/api/v1/cases?limit=1{cursor}");
            paged.AddRange(HallServer.Texts(page["items"], "caseNo"));
            cursor = (string?)page.Json!["next"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(opened.Order(StringComparer.Ordinal), paged.Order(StringComparer.Ordinal));
        Assert.Equal([opened[1]], HallServer.Texts((await applicant.Get("/api/v1/cases?state=withdrawn"))["items"], "caseNo"));
        Assert.Equal([opened[2]], HallServer.Texts((await applicant.Get($"/api/v1/cases?q={opened[2].ToLowerInvariant()}"))["items"], "caseNo"));
        Assert.Equal("page.cursor", (string)(await applicant.Get("/api/v1/cases?cursor=nonsense"))["errors"][0]!["code"]!);
        Assert.Equal("page.limit", (string)(await applicant.Get("/api/v1/cases?limit=0"))["errors"][0]!["code"]!);
    }

    [Fact]
    public async Task everybody_is_offered_what_their_roles_may_do_now()
    {
        var (applicant, _) = await hall.NewApplicant();
        var caseNo = (string)(await applicant.Post("/api/v1/cases", new { item = HallServer.Item }))["caseNo"]!;
        var (acceptor, reviewer) = (await hall.Person("cq-acceptor"), await hall.Person("cq-cgj-reviewer"));

        Assert.Equal(["accept", "accept_promise", "accept_tolerant", "complete_on_the_spot", "issue_correction", "refuse_acceptance"], await Offered(acceptor, caseNo));
        Assert.Equal(["withdraw"], await Offered(applicant, caseNo));
        Assert.Empty(await Offered(reviewer, caseNo));

        await acceptor.Post($"/api/v1/cases/{caseNo}/acts/accept", new { });
        Assert.Empty(await Offered(acceptor, caseNo));
        Assert.Equal(["review_done", "start_special"], await Offered(reviewer, caseNo));
        await reviewer.Post($"/api/v1/cases/{caseNo}/acts/review_done", new { data = new { opinion = "positive" } });
        Assert.Equal(["approve", "deny"], await Offered(await hall.Person("cq-cgj-decider"), caseNo));
    }

    static async Task<IEnumerable<string>> Offered(Api person, string caseNo) =>
        HallServer.Texts((await person.Get($"/api/v1/cases/{caseNo}"))["acts"], "name").Order(StringComparer.Ordinal);

    [Fact]
    public async Task a_clock_says_how_much_is_used_and_why_it_ends_when_it_ends()
    {
        var (caseNo, acceptor) = (await hall.Filed(), await hall.Person("cq-acceptor"));
        await acceptor.Post($"/api/v1/cases/{caseNo}/acts/accept", new { });

        var promised = (await acceptor.Get($"/api/v1/cases/{caseNo}/timers")).Json!.AsArray().Single(timer => (string)timer!["key"]! == "T-PRO")!;
        var (json, zh, en) = (
            await acceptor.Get($"/api/v1/cases/{caseNo}/timers/T-PRO/explanation"),
            await acceptor.Get($"/api/v1/cases/{caseNo}/timers/T-PRO/explanation", ("Accept", "text/plain")),
            await acceptor.Get($"/api/v1/cases/{caseNo}/timers/T-PRO/explanation", ("Accept", "text/plain"), ("Accept-Language", "en")));

        // 7 working days from Monday 2026-09-21: the Mid-Autumn Festival is from 25 to 27 September, the National Day holiday from 1 to 7 October.
        Assert.Equal(("running", 0, 7, "2026-10-09T00:00:00+08:00"), ((string)promised["state"]!, (int)promised["used"]!, (int)promised["of"]!, (string)promised["due"]!));
        Assert.Equal("2026-10-09T00:00:00+08:00", (string)json["due"]!);
        Assert.Contains(json["days"].AsArray(), day => (string)day!["date"]! == "2026-09-25" && !(bool)day["counted"]!);
        Assert.StartsWith("承诺办结时限", zh.Text);
        Assert.StartsWith("Promised limit", en.Text);
        Assert.Equal("timer.unknown", (await acceptor.Get($"/api/v1/cases/{caseNo}/timers/unknown/explanation")).Code);
    }

    [Fact]
    public async Task a_document_is_read_with_its_content()
    {
        var (caseNo, acceptor) = (await hall.Filed(), await hall.Person("cq-acceptor"));
        var document = (await acceptor.Get($"/api/v1/cases/{caseNo}/documents")).Json!.AsArray().Single()!;

        var read = await acceptor.Get($"/api/v1/cases/{caseNo}/documents/{document["no"]}");

        Assert.Equal(("收件回执", "2026-09-21"), ((string)read["name"]!, (string)read["content"]["received_on"]!));
        Assert.Equal("document.unknown", (await acceptor.Get($"/api/v1/cases/{caseNo}/documents/none")).Code);
    }
}

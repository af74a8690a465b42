using System.Net;
using Orchestrator.Host.Tests.Cases;

namespace Orchestrator.Host.Tests.Evaluations;

public sealed class Rating_the_service(HallServer hall) : IClassFixture<HallServer>
{
    /// <summary>A case of Xing'an (ratings are invited at completion) that has been delivered and closed.</summary>
    async Task<(Api Applicant, string CaseNo)> Completed()
    {
        var (applicant, _) = await hall.NewApplicant();
        var caseNo = (string)(await applicant.Post("/api/v1/cases", new { item = "XA-SJ-001", delivery = "window" }))["caseNo"]!;
        foreach (var (person, act, data) in new (string, string, object)[]
        {
            ("xa-acceptor", "accept", new { }), ("xa-scjg-reviewer", "review_done", new { opinion = "positive" }), ("xa-scjg-decider", "approve", new { licence = new[] { "electronic", "paper" } }),
            ("xa-scjg-decider", "result_at_window", new { handover = true }), ("xa-acceptor", "pick_up", new { applicant_matches = true }), ("xa-acceptor", "close", new { }),
        })
            Assert.Equal(HttpStatusCode.OK, (await (await hall.Person(person)).Post($"/api/v1/cases/{caseNo}/acts/{act}", new { data })).Status);
        return (applicant, caseNo);
    }

    [Fact]
    public async Task the_applicant_rates_once_for_each_invitation_XA_38_2b()
    {
        var (applicant, caseNo) = await Completed();
        Assert.Contains("rate", HallServer.Texts((await applicant.Get($"/api/v1/cases/{caseNo}"))["acts"], "name"));

        var (first, second) = (await applicant.Post($"/api/v1/cases/{caseNo}/evaluations", new { score = 5, channel = "sms" }), await applicant.Post($"/api/v1/cases/{caseNo}/evaluations", new { score = 1 }));

        Assert.Equal((1, 5), ((int)first["evaluations"]["rated"]!, (int)first["evaluations"]["lastScore"]!));
        Assert.Equal("XA-38.2b", (string)second["rule"]!);
        Assert.Empty((await (await hall.Person("xa-supervisor")).Get($"/api/v1/cases?kind=ticket&q={caseNo}"))["items"].AsArray());
    }

    [Fact]
    public async Task staff_never_rate_FT_17()
    {
        var (_, caseNo) = await Completed();

        var refused = await (await hall.Person("xa-acceptor")).Post($"/api/v1/cases/{caseNo}/evaluations", new { score = 5 });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "FT-17"), (refused.Status, (string)refused["rule"]!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task a_score_is_one_to_five(int score)
    {
        var (applicant, caseNo) = await Completed();

        Assert.Equal("score", (string)(await applicant.Post($"/api/v1/cases/{caseNo}/evaluations", new { score }))["details"][0]!);
    }

    [Fact]
    public async Task a_bad_review_opens_a_ticket_that_the_same_endpoints_work_on_XA_38_3a()
    {
        var (applicant, caseNo) = await Completed();
        await applicant.Post($"/api/v1/cases/{caseNo}/evaluations", new { score = 1, realName = false, text = "等了一上午" });
        var (chief, supervisor) = (await hall.Person("xa-scjg-chief-representative"), await hall.Person("xa-supervisor"));

        var ticket = (string)(await supervisor.Get($"/api/v1/cases?kind=ticket&q={caseNo}"))["items"].AsArray().Single()!["caseNo"]!;
        Assert.Equal("received", (string)(await supervisor.Get($"/api/v1/cases/{ticket}"))["state"]["code"]!);
        Assert.Equal("verified_reasonable", (string)(await chief.Post($"/api/v1/cases/{ticket}/acts/ticket_verify", new { data = new { reasonable = true } }))["state"]["code"]!);
        Assert.Equal("FT-18", (string)(await chief.Post($"/api/v1/cases/{ticket}/acts/ticket_close", new { }))["rule"]!);

        var rating = (await supervisor.Get("/api/v1/evaluations?bad=true&item=XA-SJ-001"))["items"].AsArray().Single(each => (string)each!["caseNo"]! == caseNo)!;
        Assert.Equal((1, false, "等了一上午"), ((int)rating["score"]!, (bool)rating["realName"]!, (string)rating["text"]!));
        Assert.Null(rating["applicant"]);
        Assert.Empty((await (await hall.Person("cq-supervisor")).Get("/api/v1/evaluations?item=XA-SJ-001"))["items"].AsArray());
    }
}

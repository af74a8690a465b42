using System.Net;
using Orchestrator.Host.Tests.Cases;

namespace Orchestrator.Host.Tests.Tasks;

public sealed class Work_list(HallServer hall) : IClassFixture<HallServer>
{
    [Fact]
    public async Task everybody_has_the_tasks_of_their_role_and_place()
    {
        var caseNo = await hall.Filed();

        Assert.Equal(["Gov.Acceptance"], await Listed("cq-acceptor", caseNo));
        Assert.Equal(["Gov.Acceptance"], await Listed("cq-w03-acceptor", caseNo));
        Assert.Equal(["Gov.Acceptance"], await Listed("cq-cgj-chief-representative", caseNo));   // stands in for the others (XA-34)
        Assert.Empty(await Listed("cq-cgj-reviewer", caseNo));
        Assert.Empty(await Listed("xa-acceptor", caseNo));
        Assert.Empty(await Listed("cq-applicant", caseNo));

        await (await hall.Person("cq-acceptor")).Post($"/api/v1/cases/{caseNo}/acts/accept", new { });
        Assert.Equal(["Gov.Review"], await Listed("cq-cgj-reviewer", caseNo));
        Assert.Empty(await Listed("cq-scjg-reviewer", caseNo));
        Assert.Empty(await Listed("cq-acceptor", caseNo));
    }

    async Task<IEnumerable<string>> Listed(string account, string caseNo) =>
        HallServer.Texts((await (await hall.Person(account)).Get($"/api/v1/tasks?case={caseNo}"))["items"], "activity");

    [Fact]
    public async Task an_applicant_finds_the_own_correction_on_the_list_with_its_limit()
    {
        var (applicant, _) = await hall.NewApplicant();
        var caseNo = (string)(await applicant.Post("/api/v1/cases", new { item = HallServer.Item, missing = new[] { "M01" } }))["caseNo"]!;
        await (await hall.Person("cq-acceptor")).Post($"/api/v1/cases/{caseNo}/acts/issue_correction", new { data = new { materials = new[] { "M01" }, limit = "5wd", form = "electronic" } });

        var task = (await applicant.Get("/api/v1/tasks"))["items"].AsArray().Single()!;

        Assert.Equal(("Gov.Correction", "applicant", "2026-09-30T00:00:00+08:00"), ((string)task["activity"]!, (string)task["side"]!, (string)task["due"]!));
        Assert.Equal(["resubmit"], HallServer.Texts((await applicant.Get($"/api/v1/tasks/{task["id"]}"))["outcomes"], "name"));
        Assert.Equal("submitted", (string)(await applicant.Post($"/api/v1/tasks/{task["id"]}/complete", new { outcome = "resubmit", data = new { materials = new[] { "M01" } } }))["state"]["code"]!);
    }

    [Fact]
    public async Task a_claimed_task_is_its_claimer_s_until_it_is_given_back()
    {
        var caseNo = await hall.Filed();
        var (task, first, second) = (await hall.TaskOf(caseNo), await hall.Person("cq-w01-acceptor"), await hall.Person("cq-w02-acceptor"));

        Assert.Equal("cq-w01-acceptor", (string)(await first.Post($"/api/v1/tasks/{task}/claim"))["claimedBy"]!);
        Assert.Equal(HttpStatusCode.OK, (await first.Post($"/api/v1/tasks/{task}/claim")).Status);   // twice is well
        Assert.Empty((await second.Get($"/api/v1/tasks?case={caseNo}"))["items"].AsArray());
        Assert.Single((await first.Get($"/api/v1/tasks?case={caseNo}&mine=true"))["items"].AsArray());
        Assert.Equal("task.claimed", (await second.Post($"/api/v1/tasks/{task}/claim")).Code);
        Assert.Equal("task.not-claimed", (await second.Delete($"/api/v1/tasks/{task}/claim")).Code);
        var refused = await second.Post($"/api/v1/tasks/{task}/complete", new { outcome = "accept" });
        Assert.Equal((HttpStatusCode.Conflict, "task.claimed"), (refused.Status, refused.Code));

        await first.Delete($"/api/v1/tasks/{task}/claim");
        Assert.Equal(HttpStatusCode.OK, (await second.Post($"/api/v1/tasks/{task}/complete", new { outcome = "accept" })).Status);
    }

    [Fact]
    public async Task of_two_who_claim_or_complete_at_once_exactly_one_does()
    {
        var people = new[] { await hall.Person("cq-w01-acceptor"), await hall.Person("cq-w02-acceptor"), await hall.Person("cq-w03-acceptor") };
        for (var round = 0; round < 5; round++)
        {
            var (claimed, completed) = (await hall.TaskOf(await hall.Filed()), await hall.TaskOf(await hall.Filed()));

            var claims = await Task.WhenAll(people.Select(person => person.Post($"/api/v1/tasks/{claimed}/claim")));
            var completions = await Task.WhenAll(people.Select(person => person.Post($"/api/v1/tasks/{completed}/complete", new { outcome = "accept" })));

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict], claims.Select(reply => reply.Status).Order());
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict], completions.Select(reply => reply.Status).Order());
        }
    }

    [Fact]
    public async Task a_task_that_is_done_is_gone_and_one_that_never_was_unknown()
    {
        var caseNo = await hall.Filed();
        var (task, acceptor, key) = (await hall.TaskOf(caseNo), await hall.Person("cq-acceptor"), ("Idempotency-Key", Guid.NewGuid().ToString()));
        var done = await acceptor.Post($"/api/v1/tasks/{task}/complete", new { outcome = "accept" }, key);

        var stale = await acceptor.Post($"/api/v1/tasks/{task}/complete", new { outcome = "accept" });
        var again = await acceptor.Post($"/api/v1/tasks/{task}/complete", new { outcome = "accept" }, key);

        Assert.Equal((HttpStatusCode.Conflict, "task.gone"), (stale.Status, stale.Code));
        Assert.Equal((HttpStatusCode.OK, done.Text), (again.Status, again.Text));   // the same request: the kept reply, not a conflict
        Assert.Equal("task.gone", (await acceptor.Post($"/api/v1/tasks/{task}/claim")).Code);
        Assert.Equal((HttpStatusCode.NotFound, "task.unknown"), (stale = await acceptor.Post($"/api/v1/tasks/{caseNo}-T999/complete", new { outcome = "accept" }), (stale.Status, stale.Code)).Item2);
        Assert.Equal("task.unknown", (await acceptor.Post("/api/v1/tasks/nothing/complete", new { outcome = "accept" })).Code);
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("approve")]
    [InlineData("dance")]
    public async Task an_outcome_that_the_task_does_not_have_is_refused(string outcome)
    {
        var refused = await (await hall.Person("cq-cgj-chief-representative")).Post($"/api/v1/tasks/{await hall.TaskOf(await hall.Filed())}/complete", new { outcome });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "task.outcome"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task a_first_representative_hands_a_task_to_somebody_with_its_role()
    {
        var task = await hall.TaskOf(await hall.Filed());
        var (chief, clerk) = (await hall.Person("cq-cgj-chief-representative"), await hall.Person("cq-w02-acceptor"));
        await (await hall.Person("cq-w01-acceptor")).Post($"/api/v1/tasks/{task}/claim");

        Assert.Equal("account.unfit", (string)(await chief.Post($"/api/v1/tasks/{task}/assignment", new { account = "cq-cgj-reviewer" }))["errors"][0]!["code"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Post($"/api/v1/tasks/{task}/assignment", new { account = "cq-w02-acceptor" })).Status);
        Assert.Equal("cq-w02-acceptor", (string)(await chief.Post($"/api/v1/tasks/{task}/assignment", new { account = "cq-w02-acceptor" }))["claimedBy"]!);
        Assert.Equal(HttpStatusCode.OK, (await clerk.Post($"/api/v1/tasks/{task}/complete", new { outcome = "accept" })).Status);
    }

    [Fact]
    public async Task a_role_that_does_not_do_the_task_neither_claims_nor_completes_it()
    {
        var caseNo = await hall.Filed();
        var (task, reviewer) = (await hall.TaskOf(caseNo), await hall.Person("cq-cgj-reviewer"));

        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.Post($"/api/v1/tasks/{task}/claim")).Status);
        Assert.Equal("act.role", (await reviewer.Post($"/api/v1/tasks/{task}/complete", new { outcome = "accept" })).Code);
    }
}

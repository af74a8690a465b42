using System.Net;
using Orchestrator.Host.Tests.Cases;

namespace Orchestrator.Host.Tests.Supervision;

public sealed class Supervising(HallServer hall) : IClassFixture<HallServer>
{
    [Fact]
    public async Task what_is_late_is_counted_listed_and_ordered_in_the_own_region_only()
    {
        var caseNo = await hall.Filed("NX-JT-001");
        await (await hall.Person("nx-acceptor")).Post($"/api/v1/cases/{caseNo}/acts/accept", new { data = new { window = "nx-w01" } });
        await hall.MoveTo("2026-11-20T09:00");
        var (supervisor, other) = (await hall.Person("nx-supervisor"), await hall.Person("qs-supervisor"));

        var summary = await supervisor.Get("/api/v1/supervision/summary");
        Assert.Equal((1, 1, "reviewing", "red", "review", "nx-jtj"), (
            (int)summary["open"]!, (int)summary["overdue"]!, (string)summary["byState"][0]!["key"]!["code"]!, (string)summary["byColour"][0]!["key"]!["code"]!,
            (string)summary["byStage"][0]!["key"]!["code"]!, (string)summary["byDepartment"][0]!["key"]!["code"]!));
        var late = (await supervisor.Get("/api/v1/supervision/overdue"))["items"].AsArray();
        Assert.Contains(late, each => (string)each!["timer"]! == "T-PRO" && (int)each["lateDays"]! > 0 && (string)each["caseNo"]! == caseNo);
        var orders = (await supervisor.Get("/api/v1/supervision/orders"))["items"].AsArray();
        Assert.Contains(orders, each => (string)each!["timer"]! == "T-PRO" && each["closedAt"] is null);

        Assert.Equal(0, (int)(await other.Get("/api/v1/supervision/summary"))["open"]!);
        Assert.Empty((await other.Get("/api/v1/supervision/overdue"))["items"].AsArray());
        Assert.Empty((await other.Get("/api/v1/supervision/orders"))["items"].AsArray());

        await (await hall.Person("nx-jtj-reviewer")).Post($"/api/v1/cases/{caseNo}/acts/review_done", new { data = new { opinion = "positive" } });
        await (await hall.Person("nx-jtj-decider")).Post($"/api/v1/cases/{caseNo}/acts/approve", new { data = new { licence = new[] { "electronic", "paper" } } });
        Assert.DoesNotContain((await supervisor.Get("/api/v1/supervision/orders"))["items"].AsArray(), each => (string)each!["timer"]! == "T-PRO");
        Assert.Contains((await supervisor.Get("/api/v1/supervision/orders?all=true"))["items"].AsArray(), each => (string)each!["timer"]! == "T-PRO" && each["closedAt"] is not null);
    }

    [Theory]
    [InlineData("cq-applicant")]
    [InlineData("cq-acceptor")]
    public async Task only_supervision_supervises(string account) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await (await hall.Person(account)).Get("/api/v1/supervision/summary")).Status);
}

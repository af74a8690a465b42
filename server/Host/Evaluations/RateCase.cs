using System.Text.Json;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Evaluations;

/// <summary><c>POST /api/v1/cases/{caseNo}/evaluations</c>: 评价, by the applicant alone and once for each invitation (XA-38.2b, FT-17).</summary>
static class RateCase
{
    /// <param name="Score">1 非常不满意 to 5 非常满意; 1 and 2 are bad reviews and open a ticket.</param>
    /// <param name="Channel">Where it was given: window, sms, app, …</param>
    /// <param name="RealName">Whether the name may be known to those who look into it; yes unless told.</param>
    /// <param name="Text">What the applicant says.</param>
    internal sealed record Body(int Score, string? Channel = null, bool RealName = true, string? Text = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/cases/{caseNo}/evaluations", Handle).RequireAuthorization(Policies.Cases).WithTags("Evaluations").WithName("RateCase")
            .WithSummary("评价 / Rate the service").Produces<CaseView>().SettlesAtOnce().Refuses(400, 403, 404, 409, 422, 503);

    static Task<IResult> Handle(string caseNo, Body body, HttpContext http, Caller caller, CaseActs acts) =>
        acts.Do(http, caller, new(caseNo, "rate", JsonSerializer.SerializeToElement(new { score = body.Score, channel = body.Channel, real_name = body.RealName, text = body.Text })), body);
}

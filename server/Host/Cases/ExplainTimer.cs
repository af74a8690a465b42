using Microsoft.Net.Http.Headers;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Host.Cases;

/// <summary><c>GET /api/v1/cases/{caseNo}/timers/{timer}/explanation</c>: why a clock ends when it ends, day by day; as JSON, or as text for whoever asks for <c>text/plain</c>.</summary>
static class ExplainTimer
{
    static readonly Problem Unknown = Problem.NotFound("timer.unknown", "办件没有这个时限", "The case has no such clock");

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/{caseNo}/timers/{timer}/explanation", Handle).RequireAuthorization(Policies.Cases).WithName("ExplainTimer")
            .WithSummary("时限逐日说明 / Why a clock ends when it ends").Produces<Explanation>(StatusCodes.Status200OK, "application/json", "text/plain").Refuses(404);

    static async Task<IResult> Handle(string caseNo, string timer, HttpRequest request, Caller caller, CaseReader reader, IPinnedData pinned, TimeProvider clock, CancellationToken stop)
    {
        if (await reader.Find(caller, caseNo, stop) is not { } seen) return CaseReplies.Unknown;
        if (seen.State.Timer(timer) is not { } found) return Unknown;
        var (pins, now) = (seen.State.Pins, Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()));
        var explanation = Explanation.Of(found, now, await pinned.Calendar(stop), await pinned.Profile(pins.ProfileId, pins.ProfileVersion, stop), await pinned.Item(pins.ItemCode, pins.ItemVersion, stop));
        return WantsText(request) ? TypedResults.Text(explanation.Print(Language.Of(request))) : TypedResults.Ok(explanation);
    }

    static bool WantsText(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var wanted) && wanted.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault()?.MediaType == "text/plain";
}

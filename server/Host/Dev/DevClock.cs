using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Dev;

/// <summary>
/// <c>GET/PUT /api/v1/dev/clock</c>: the manual clock. Moving it forward does everything that becomes due on the way, in due order and each thing
/// with the clock at its own instant, before it answers. Moving it back does nothing but that: what has happened stays, and no case goes back
/// behind its last act.
/// </summary>
static class DevClock
{
    static readonly Instant First = Instant.FromUtc(2000, 1, 1, 0, 0), Last = Instant.FromUtc(2100, 1, 1, 0, 0);

    /// <param name="Now">Where the clock shall stand, for example 2026-09-28T09:00:00+08:00.</param>
    internal sealed record Body(Instant Now);

    /// <param name="Now">Where the clock stands.</param>
    /// <param name="Done">How many things were done on the way.</param>
    internal sealed record Reply(Instant Now, int Done);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/clock", (ManualClock clock) => TypedResults.Ok(new Reply(clock.Now, 0))).RequireAuthorization(Policies.SignedIn)
            .WithName("ReadClock").WithSummary("人工时钟 / The manual clock");
        group.MapPut("/clock", Handle).RequireAuthorization(Policies.DevelopmentClock).WithName("MoveClock").WithSummary("拨动人工时钟 / Move the manual clock");
    }

    static async Task<Results<Ok<Reply>, Problem>> Handle(Body body, ManualClock clock, MoveClock move, CancellationToken stop)
    {
        if (body.Now < First || body.Now > Last) return Problem.Invalid("/now", "clock.range", "时刻应在 2000 年至 2100 年之间", "The instant lies between 2000 and 2100");
        if (body.Now < clock.Now) clock.Set(body.Now);
        return TypedResults.Ok(new Reply(body.Now, await move.To(body.Now, stop)));
    }
}

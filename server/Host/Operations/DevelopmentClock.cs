using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Operations;

/// <summary><c>/api/v1/dev/clock</c>: reads and moves the manual clock. It exists only on servers started with <c>--manual-clock</c>, which Production refuses.</summary>
static class DevelopmentClock
{
    /// <summary>Where the clock shall stand.</summary>
    /// <param name="To">The instant; the clock never goes back.</param>
    public sealed record Body(Instant To);

    /// <summary>Where the clock stands.</summary>
    /// <param name="Now">Legal time.</param>
    /// <param name="Done">How many things became due on the way and were done.</param>
    public sealed record Reply(Instant Now, int Done);

    public static void Map(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<ManualClock>() is null) return;
        var group = routes.MapGroup("/api/v1/dev/clock").WithTags("Development");
        group.MapGet("", (ManualClock clock) => TypedResults.Ok(new Reply(clock.Now, 0)))
            .RequireAuthorization(Policies.SignedIn).WithName("ReadClock").WithSummary("人工时钟 / Where the manual clock stands");
        group.MapPost("", Move).RequireAuthorization(Policies.DevelopmentClock).WithName("MoveClock").WithSummary("拨快人工时钟 / Move the manual clock forward");
    }

    static async Task<Results<Ok<Reply>, Problem>> Move(Body body, ManualClock clock, MoveClock mover, CancellationToken stop)
    {
        if (body.To < clock.Now) return Problem.Invalid("/to", "clock.backwards", "时钟不能往回拨", "The clock does not go back");
        var done = await mover.To(body.To, stop);
        return TypedResults.Ok(new Reply(clock.Now, done));
    }
}

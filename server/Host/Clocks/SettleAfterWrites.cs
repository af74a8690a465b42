namespace Orchestrator.Host.Clocks;

/// <summary>With a manual clock nothing rings: what a request leaves to be done at this instant (messages, tickets, owed acts) is done before its answer.</summary>
static class SettleAfterWrites
{
    /// <summary>Settles after every writing request of the group. Does nothing on a server with a clock of its own.</summary>
    public static TBuilder SettlesAtOnce<TBuilder>(this TBuilder group) where TBuilder : IEndpointConventionBuilder => group.AddEndpointFilter(async (context, next) =>
    {
        var result = await next(context);
        var services = context.HttpContext.RequestServices;
        if (!HttpMethods.IsGet(context.HttpContext.Request.Method) && services.GetService<MoveClock>() is { } move)
            await move.To(services.GetRequiredService<ManualClock>().Now, context.HttpContext.RequestAborted);
        return result;
    });
}

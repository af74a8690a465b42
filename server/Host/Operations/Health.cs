using Microsoft.AspNetCore.Http.HttpResults;

namespace Orchestrator.Host.Operations;

/// <summary>Something without which the server cannot do its work.</summary>
interface IReadinessCheck
{
    /// <summary>Name in the answer of <c>/readyz</c>.</summary>
    string Name { get; }

    /// <summary>Null when all is well, else what is wrong, in one line of English for operators.</summary>
    Task<string?> WhyNotReady(CancellationToken stop);
}

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can do its work (database, migrations, scheduler); a balancer sends no requests before.</summary>
static class Health
{
    const int CheckSeconds = 5;

    /// <summary>State of the server.</summary>
    /// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
    /// <param name="Checks">What is wrong by check; <c>ok</c> where nothing is.</param>
    public sealed record Reply(string Status, IReadOnlyDictionary<string, string> Checks);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Ok(new Reply("ok", new Dictionary<string, string>())))
            .AllowAnonymous().WithName("Healthz").WithTags("Operations").WithSummary("进程存活 / The process lives");
        routes.MapGet("/readyz", Ready).AllowAnonymous().WithName("Readyz").WithTags("Operations").WithSummary("可以接收请求 / Ready for requests");
    }

    static async Task<Results<Ok<Reply>, JsonHttpResult<Reply>>> Ready(IEnumerable<IReadinessCheck> checks, IHostApplicationLifetime life, CancellationToken stop)
    {
        var results = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var check in checks) results[check.Name] = await Result(check, stop) ?? "ok";
        if (life.ApplicationStopping.IsCancellationRequested) results["process"] = "stopping";
        return results.Values.All(result => result == "ok")
            ? TypedResults.Ok(new Reply("ok", results))
            : TypedResults.Json(new Reply("unavailable", results), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    static async Task<string?> Result(IReadinessCheck check, CancellationToken stop)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limited.CancelAfter(TimeSpan.FromSeconds(CheckSeconds));
        try
        {
            return await check.WhyNotReady(limited.Token);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or OperationCanceledException or InvalidOperationException)
        {
            return e is OperationCanceledException ? "no answer" : "failed";   // details are in the log of whoever uses it, not on an open address
        }
    }
}

using System.Text.Json;

namespace Orchestrator.Host.Problems;

/// <summary>Sees to it that every answer of 400 and above under the API is a problem document, and that no exception shows its inside.</summary>
static partial class ProblemMiddleware
{
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.Use(Guard);
        app.UseStatusCodePages(context => Empty(context.HttpContext));
    }

    static async Task Guard(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await Answer(context, e).ExecuteAsync(context);
        }
    }

    static Problem Answer(HttpContext context, Exception e)
    {
        if (e is BadHttpRequestException bad) return BodyProblems.Of(bad);
        if (e is JsonException json && context.GetEndpoint() is not null && context.Request.ContentLength is not 0 and not null) return BodyProblems.Of(json);
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Orchestrator.Host.Problems");
        Failed(log, e, context.Request.Method, context.Request.Path.Value ?? "");
        context.Response.Clear();
        return new(StatusCodes.Status500InternalServerError, "server.error", new("服务器内部错误", "The server failed"));
    }

    /// <summary>Answers that came without a body: unknown paths, wrong methods, refused challenges.</summary>
    static Task Empty(HttpContext context) => (context.Response.StatusCode switch
    {
        401 => new Problem(401, "session.required", new("请先登录", "Sign in first")),
        403 => Problem.Forbidden(),
        404 => Problem.NotFound("path.unknown", "没有这个地址", "There is nothing at this address"),
        405 => new(405, "path.method", new("此地址不支持该方法", "The address does not take this method")),
        413 => BodyProblems.TooLarge,
        415 => BodyProblems.WrongType,
        var status => new Problem(status, "http." + status, new("请求未能完成", "The request was not done")),
    }).ExecuteAsync(context);

    [LoggerMessage(EventId = 1000, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    static partial void Failed(ILogger log, Exception e, string method, string path);
}

namespace Orchestrator.Host.Operations;

/// <summary>Every request has an id: the caller's <c>X-Request-Id</c> where it is a plain word, else one of ours. It is in every log line and every problem.</summary>
static class RequestIds
{
    const string Header = "X-Request-Id";

    public static void UseRequestIds(this IApplicationBuilder app, ILoggerFactory loggers)
    {
        var log = loggers.CreateLogger("Orchestrator.Host.Requests");
        app.Use(async (context, next) =>
        {
            var given = context.Request.Headers[Header].ToString();
            var id = IsPlainWord(given) ? given : Guid.NewGuid().ToString("n");
            context.TraceIdentifier = id;
            context.Response.Headers[Header] = id;
            using (log.BeginScope(new Dictionary<string, object> { ["RequestId"] = id })) await next(context);
        });
    }

    static bool IsPlainWord(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}

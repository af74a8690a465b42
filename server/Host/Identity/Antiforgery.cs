using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Identity;

/// <summary>
/// Unsafe requests that a browser's cookie vouches for must repeat the session's token in <c>X-CSRF-Token</c>, and no unsafe request may
/// come from a page of another origin. Tokens of programs need no such proof: a browser never sends them by itself.
/// </summary>
static class Antiforgery
{
    public const string Header = "X-CSRF-Token";

    static readonly Problem Missing = new(StatusCodes.Status403Forbidden, "csrf.missing",
        new("缺少或错误的防伪令牌（X-CSRF-Token）", "The antiforgery token (X-CSRF-Token) is missing or wrong"));
    static readonly Problem Foreign = new(StatusCodes.Status403Forbidden, "csrf.foreign-origin", new("请求来自其他站点", "The request comes from another site"));
    static readonly Problem ReadOnly = new(StatusCodes.Status403Forbidden, "token.read-only", new("此令牌只能读取", "This token may only read"));
    static readonly Problem PasswordFirst = new(StatusCodes.Status403Forbidden, "password.must-change", new("请先修改口令", "Change your password first"));

    public static void UseAntiforgeryTokens(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (WhyRefused(context) is { } problem) await problem.ExecuteAsync(context);
        else await next(context);
    });

    static Problem? WhyRefused(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return null;
        var caller = Caller.Of(context);
        if (caller is { ReadOnly: true }) return ReadOnly;
        if (caller is not { Session: null } && IsForeign(request)) return Foreign;
        if (caller?.Session is { } session && !session.Accepts(request.Headers[Header])) return Missing;
        return caller is { MustChangePassword: true } && !request.Path.StartsWithSegments("/api/v1/session") ? PasswordFirst : null;
    }

    /// <summary>Browsers name the page's origin on unsafe requests; programs send none.</summary>
    static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
}

namespace Orchestrator.Host.Identity;

/// <summary>The cookie of a session: not for scripts, not for other sites, and over TLS bound to this host.</summary>
static class SessionCookie
{
    public static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-orchestrator" : "orchestrator";

    public static void Set(HttpContext context, string secret, TimeSpan lifetime) =>
        context.Response.Cookies.Append(NameFor(context.Request), secret, Options(context.Request, lifetime));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request, null));

    static CookieOptions Options(HttpRequest request, TimeSpan? lifetime) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", MaxAge = lifetime, IsEssential = true };
}

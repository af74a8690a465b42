namespace Orchestrator.Host.Operations;

/// <summary>Headers that keep browsers from doing more with an answer than was meant.</summary>
static class SecurityHeaders
{
    const string Content = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Content;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        if (IsApi(context.Request.Path)) headers.CacheControl = "no-store";
        return next(context);
    });

    static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/elsa") || path.StartsWithSegments("/hooks") || path.StartsWithSegments("/openapi");
}

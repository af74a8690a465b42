using Microsoft.Net.Http.Headers;

namespace Orchestrator.Host.Problems;

/// <summary>The caller's language from Accept-Language: <c>zh-CN</c> unless English is preferred.</summary>
static class Language
{
    public static string Of(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var wanted)) return "zh-CN";
        var best = wanted.Where(Known).OrderByDescending(language => language.Quality ?? 1).FirstOrDefault();
        return best is not null && IsEnglish(best) ? "en" : "zh-CN";
    }

    static bool Known(StringWithQualityHeaderValue language) =>
        (language.Quality ?? 1) > 0 && (IsEnglish(language) || language.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase));

    static bool IsEnglish(StringWithQualityHeaderValue language) => language.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase);
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Host.Identity;

/// <summary>Opaque 256-bit secrets. The database holds only their hashes: whoever reads it cannot sign in with what it says.</summary>
static class Secrets
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>The session that carried a request, and its antiforgery token: a page of another origin can make a browser send the cookie, but cannot read the token.</summary>
/// <param name="Id">Hash of the secret in the cookie.</param>
/// <param name="Csrf">What unsafe requests must repeat in X-CSRF-Token.</param>
/// <param name="ExpiresAt">Absolute end, in milliseconds since 1970.</param>
sealed record SessionRef(string Id, string Csrf, long ExpiresAt)
{
    public bool Accepts(string? token) =>
        token is { Length: > 0 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Csrf));
}

/// <summary>The clock of sessions, tokens and lockouts. It is the real one even where a manual clock moves the legal time: a jump of a month must not sign everybody out.</summary>
sealed record SecurityClock(TimeProvider Time)
{
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();
}

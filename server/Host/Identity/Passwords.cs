using System.Globalization;
using System.Security.Cryptography;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Identity;

/// <summary>Hashes and compares passwords: PBKDF2-SHA256 with a salt each, kept as <c>pbkdf2-sha256$iterations$salt$hash</c>.</summary>
sealed class Passwords(ServerSettings settings) : IDisposable
{
    public const int LeastLength = 10, MostLength = 128;
    const string Kind = "pbkdf2-sha256";
    const int SaltBytes = 16, HashBytes = 32;

    // A hash costs tens of milliseconds of one core: a flood of sign-ins must queue here instead of starving all other work.
    readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    readonly Lazy<string> nobody = new(() => Compute(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), settings.PasswordIterations));

    public Task<string> Hash(string password, CancellationToken stop) => InTurn(() => Compute(password, settings.PasswordIterations), stop);

    /// <summary>Whether the password fits. Without a stored hash (no such account) it takes as long and says no.</summary>
    public Task<bool> Fits(string? stored, string password, CancellationToken stop) =>
        InTurn(() => Compare(stored ?? nobody.Value, password) && stored is not null, stop);

    /// <summary>Whether a stored hash was made with fewer iterations than are asked for now.</summary>
    public bool IsOutdated(string stored) => int.Parse(stored.Split('$')[1], CultureInfo.InvariantCulture) < settings.PasswordIterations;

    /// <summary>What is wrong with a new password; null when it may be used.</summary>
    public static FieldError? WhyUnfit(string password, string login, string pointer) => password switch
    {
        { Length: < LeastLength } => new(pointer, "password.too-short", new($"口令至少 {LeastLength} 个字符", $"A password has at least {LeastLength} characters")),
        { Length: > MostLength } => new(pointer, "password.too-long", new($"口令至多 {MostLength} 个字符", $"A password has at most {MostLength} characters")),
        _ when password.Contains(login, StringComparison.OrdinalIgnoreCase) => new(pointer, "password.contains-login", new("口令不得包含登录名", "A password must not contain the login")),
        _ when password.Distinct().Count() < 5 => new(pointer, "password.too-simple", new("口令过于简单", "The password is too simple")),
        _ => null,
    };

    public void Dispose() => turns.Dispose();

    async Task<T> InTurn<T>(Func<T> work, CancellationToken stop)
    {
        await turns.WaitAsync(stop);
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            turns.Release();
        }
    }

    static string Compute(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Kind}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    static bool Compare(string stored, string password)
    {
        if (stored.Split('$') is not [Kind, var iterations, var salt, var hash]) return false;
        var expected = Convert.FromBase64String(hash);
        var actual = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(expected, actual);
    }
}

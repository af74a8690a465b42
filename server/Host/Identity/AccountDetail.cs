using NodaTime;

namespace Orchestrator.Host.Identity;

/// <summary>An account as administrators see it.</summary>
/// <param name="Id">Account id.</param>
/// <param name="Login">Login name.</param>
/// <param name="Name">Name of the person.</param>
/// <param name="Roles">Roles.</param>
/// <param name="Organisation">Unit; null for applicants.</param>
/// <param name="Window">Window; null for none.</param>
/// <param name="Region">Region of the unit.</param>
/// <param name="Disabled">Whether the account cannot sign in.</param>
/// <param name="Demonstration">Whether it belongs to the demonstration and is refused in Production.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Version">To be repeated when it is changed.</param>
sealed record AccountDetail(
    string Id, string Login, string Name, IReadOnlyList<string> Roles, string? Organisation, string? Window, string? Region, bool Disabled, bool Demonstration, Instant CreatedAt, long Version);

/// <summary>An account as stored.</summary>
sealed class AccountRow
{
    public const string Select = """
        SELECT account_id, login, name, roles, organisation_id, window_id, region, disabled, demonstration, created_at, version FROM account
        """;

    public string AccountId { get; init; } = "";
    public string Login { get; init; } = "";
    public string Name { get; init; } = "";
    public string Roles { get; init; } = "";
    public string? OrganisationId { get; init; }
    public string? WindowId { get; init; }
    public string? Region { get; init; }
    public bool Disabled { get; init; }
    public bool Demonstration { get; init; }
    public long CreatedAt { get; init; }
    public long Version { get; init; }

    public AccountDetail ToDetail() => new(AccountId, Login, Name, [.. RoleWords.Read(Roles).Order(StringComparer.Ordinal)], OrganisationId, WindowId, Region,
        Disabled, Demonstration, Instant.FromUnixTimeMilliseconds(CreatedAt), Version);
}

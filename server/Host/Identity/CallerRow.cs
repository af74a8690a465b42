using System.Collections.Immutable;

namespace Orchestrator.Host.Identity;

/// <summary>An account with its place in the organisation, as the sign-in queries read it.</summary>
sealed class CallerRow
{
    /// <summary>Columns of account <c>a</c> and its unit <c>o</c>; one read gives all that scope and policies ask.</summary>
    public const string Columns = """
        a.account_id, a.login, a.name, a.roles, a.organisation_id, a.window_id, a.demonstration, a.must_change_password,
        COALESCE(o.region, a.region) AS region, o.kind, o.path, o.department_id, o.hall_id, h.path AS hall_path, d.path AS department_path
        """;

    public const string Joins = """
        LEFT JOIN organisation o ON o.id = a.organisation_id
        LEFT JOIN organisation h ON h.id = o.hall_id
        LEFT JOIN organisation d ON d.id = o.department_id
        """;

    public string AccountId { get; init; } = "";
    public string Login { get; init; } = "";
    public string Name { get; init; } = "";
    public string Roles { get; init; } = "";
    public string? OrganisationId { get; init; }
    public string? WindowId { get; init; }
    public bool Demonstration { get; init; }
    public bool MustChangePassword { get; init; }
    public string? Region { get; init; }
    public string? Kind { get; init; }
    public string? Path { get; init; }
    public string? DepartmentId { get; init; }
    public string? HallId { get; init; }
    public string? HallPath { get; init; }
    public string? DepartmentPath { get; init; }
    public string? PasswordHash { get; init; }

    // Of the session or token that carried the request.
    public string? SessionId { get; init; }
    public string? Csrf { get; init; }
    public long? ExpiresAt { get; init; }
    public long LastSeenAt { get; init; }
    public string? TokenRoles { get; init; }
    public string? Scopes { get; init; }

    public Caller ToCaller()
    {
        var roles = RoleWords.Read(Roles);
        if (TokenRoles is { Length: > 0 }) roles = roles.Intersect(RoleWords.Read(TokenRoles));   // a token never has more than its account has now
        return new()
        {
            Id = AccountId, Login = Login, Name = Name, Roles = roles, Region = Region, Organisation = OrganisationId, Department = DepartmentId, Hall = HallId,
            Window = WindowId ?? (Kind == "window" ? OrganisationId : null),
            ScopePath = Kind is "window" or "post" ? HallPath ?? DepartmentPath ?? Path : Path,
            Session = SessionId is null ? null : new(SessionId, Csrf ?? "", ExpiresAt ?? 0),
            ReadOnly = Scopes is not null && !Scopes.Split(' ').Contains("write"),
            MustChangePassword = MustChangePassword,
        };
    }
}

/// <summary>Roles as stored: words separated by blanks, sorted.</summary>
static class RoleWords
{
    public static ImmutableHashSet<string> Read(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    public static string Write(IEnumerable<string> roles) => string.Join(' ', roles.Distinct().Order(StringComparer.Ordinal));
}

using System.Collections.Immutable;
using System.Security.Claims;

namespace Orchestrator.Host.Identity;

/// <summary>Who calls: what handlers may know of the signed-in account. Bound from the request; never null behind a policy.</summary>
sealed record Caller
{
    const string Item = "orchestrator.caller";

    /// <summary>Account id.</summary>
    public required string Id { get; init; }
    public required string Login { get; init; }
    public required string Name { get; init; }

    /// <summary>Roles as <see cref="AccountRoles"/> lists them.</summary>
    public required ImmutableHashSet<string> Roles { get; init; }

    /// <summary>Region (XA, AQ, CQ, NX, QS); null for applicants and administrators without a place.</summary>
    public string? Region { get; init; }
    /// <summary>Place in the organisation; null for applicants.</summary>
    public string? Organisation { get; init; }
    /// <summary>Nearest department at or above the place.</summary>
    public string? Department { get; init; }
    /// <summary>Nearest hall at or above the place.</summary>
    public string? Hall { get; init; }
    /// <summary>The window, where the place is one or lies in one.</summary>
    public string? Window { get; init; }
    /// <summary>Path of the subtree that the caller sees: of the hall for windows and posts, else of the place itself.</summary>
    public string? ScopePath { get; init; }

    /// <summary>Session that carried the request; null for API tokens.</summary>
    public SessionRef? Session { get; init; }

    /// <summary>Whether an API token limited to reading carried the request.</summary>
    public bool ReadOnly { get; init; }
    public bool MustChangePassword { get; init; }

    public bool Is(params ReadOnlySpan<string> anyOf)
    {
        foreach (var role in anyOf)
            if (Roles.Contains(role)) return true;
        return false;
    }

    public bool IsStaff => Roles.Any(role => role is not (AccountRoles.Applicant or AccountRoles.Agent));

    /// <summary>The widest reach of the caller's roles.</summary>
    public Reach Reach => Roles.Select(role => AccountRoles.Find(role)?.Reach ?? Reach.Own).DefaultIfEmpty(Reach.Own).Max();

    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, Id), new(ClaimTypes.Name, Login), .. Roles.Select(role => new Claim(ClaimTypes.Role, role))], RequestAuthentication.SchemeName));

    public void AttachTo(HttpContext context) => context.Items[Item] = this;

    public static Caller? Of(HttpContext context) => context.Items[Item] as Caller;

    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));
}

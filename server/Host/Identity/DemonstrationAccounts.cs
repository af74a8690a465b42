using System.Text.Json;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Catalogue;

namespace Orchestrator.Host.Identity;

/// <summary>
/// Accounts with which a newcomer can look around, all with one known password and marked as demonstration: Production refuses them. One for each
/// post of the organisation (its login is the post's id), one for each role in each region (<c>xa-acceptor</c>), applicants, and the administrators.
/// </summary>
static class DemonstrationAccounts
{
    public const string Password = "Orchestrator-2026";

    const string Insert = """
        INSERT INTO account (account_id, login, name, password_hash, roles, organisation_id, window_id, region, disabled, must_change_password, demonstration, created_at)
        VALUES (@login, @login, @name, @hash, @roles, @organisation, @window, @region, @no, @no, @yes, @now)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>An account to be made.</summary>
    /// <param name="Login">Login; also its id.</param>
    /// <param name="Name">Name.</param>
    /// <param name="Roles">Roles, separated by blanks.</param>
    /// <param name="Organisation">Unit; null for applicants and administrators.</param>
    /// <param name="Window">Window; null for none.</param>
    /// <param name="Region">Region; null for none.</param>
    public sealed record Person(string Login, string Name, string Roles, string? Organisation = null, string? Window = null, string? Region = null);

    /// <summary>Makes those that are missing.</summary>
    public static async Task Seed(Write write, string hash)
    {
        foreach (var person in People([.. DemonstrationCatalogue.Organisation()]))
            await write.Run(Insert, new
            {
                login = person.Login, name = person.Name, hash, roles = person.Roles, organisation = person.Organisation, window = person.Window, region = person.Region,
                no = false, yes = true, now = write.Now,
            });
    }

    /// <summary>Everybody there is.</summary>
    public static IEnumerable<Person> People(IReadOnlyList<OrganisationUnit> organisation)
    {
        yield return new("admin", "系统管理员", "administrator security_admin");
        yield return new("auditor", "审计员", "auditor");
        foreach (var region in organisation.Where(unit => unit is { Kind: "region", Parent: null }))
        {
            yield return new($"{region.Id}-applicant", $"{region.Name.Zh}申请人", AccountRoles.Applicant);
            yield return new($"{region.Id}-agent", $"{region.Name.Zh}代办人", AccountRoles.Agent);
            foreach (var role in RolesOf(organisation.Where(unit => unit.Region == region.Region)))
                yield return new($"{region.Id}-{role.Replace('_', '-')}", $"{region.Name.Zh}{AccountRoles.Find(role)!.Title.Zh}", role, region.Id, FirstWindow(organisation, region, role), region.Region);
        }
        foreach (var post in organisation.Where(unit => RoleOf(unit) is not null))
            yield return new(post.Id, post.Name.Zh, RoleOf(post)!, post.Id, organisation.FirstOrDefault(unit => unit.Id == post.Parent && unit.Kind == "window")?.Id, post.Region);
    }

    static IEnumerable<string> RolesOf(IEnumerable<OrganisationUnit> units) => units.Select(RoleOf).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    /// <summary>Whoever sits at windows sits at the first of the region, so that what windows may accept can be tried (NX-2.3.1a).</summary>
    static string? FirstWindow(IReadOnlyList<OrganisationUnit> organisation, OrganisationUnit region, string role) =>
        role is AccountRoles.Acceptor or "delivery_clerk" ? organisation.FirstOrDefault(unit => unit.Kind == "window" && unit.Region == region.Region)?.Id : null;

    static string? RoleOf(OrganisationUnit unit) =>
        unit is { Kind: "post", Data: { ValueKind: JsonValueKind.Object } data } && data.TryGetProperty("role", out var role) && AccountRoles.Find(role.GetString() ?? "") is { } known ? known.Id : null;
}

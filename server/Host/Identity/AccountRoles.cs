using System.Collections.Frozen;
using System.Collections.Immutable;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Identity;

/// <summary>One role that an account may have.</summary>
/// <param name="Id">Identifier on the wire and in definitions.</param>
/// <param name="Title">Name.</param>
/// <param name="Reach">What its holders see of other people's cases.</param>
sealed record AccountRole(string Id, LocalizedText Title, Reach Reach);

/// <summary>How far a role sees.</summary>
enum Reach
{
    /// <summary>Only what the account itself applied for.</summary>
    Own,

    /// <summary>The subtree of the account's department, or of its hall for windows and posts.</summary>
    Subtree,

    /// <summary>The account's region.</summary>
    Region,

    /// <summary>Everything.</summary>
    All,
}

/// <summary>角色: those that the kernel declares, and the three that run the server.</summary>
static class AccountRoles
{
    public const string Applicant = "applicant", Agent = "agent", Acceptor = "acceptor", ChiefRepresentative = "chief_representative",
        AdministrationBody = "administration_body", Supervisor = "supervisor", DisciplineObserver = "discipline_observer", HotlineOperator = "hotline_operator",
        CallBackClerk = "call_back_clerk", CatalogueManager = "catalogue_manager", ProcessDesigner = "process_designer", ArchiveClerk = "archive_clerk",
        PolicyOwner = "policy_owner", System = "system", Administrator = "administrator", SecurityAdmin = "security_admin", Auditor = "auditor";

    public static ImmutableArray<AccountRole> All { get; } =
    [
        .. Roles.All.Select(role => new AccountRole(role.Name, role.Title, ReachOf(role.Name))),
        new(Administrator, new("系统管理员", "Administrator"), Reach.All),
        new(SecurityAdmin, new("安全管理员", "Security administrator"), Reach.Own),
        new(Auditor, new("审计员", "Auditor"), Reach.All),
    ];

    static readonly FrozenDictionary<string, AccountRole> ById = All.ToFrozenDictionary(role => role.Id, StringComparer.Ordinal);

    /// <summary>All roles of people who work here: everybody but applicants and their agents.</summary>
    public static ImmutableArray<string> Staff { get; } = [.. All.Select(role => role.Id).Where(id => id is not (Applicant or Agent))];

    public static AccountRole? Find(string id) => ById.GetValueOrDefault(id);

    static Reach ReachOf(string role) => role switch
    {
        Applicant or Agent => Reach.Own,
        AdministrationBody or Supervisor or DisciplineObserver or HotlineOperator or CallBackClerk or ArchiveClerk or PolicyOwner => Reach.Region,
        _ => Reach.Subtree,
    };
}

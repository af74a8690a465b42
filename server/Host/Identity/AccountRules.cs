using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Identity;

/// <summary>What an account must look like, and who may give which role.</summary>
static partial class AccountRules
{
    public const int LongestName = 64;

    const string Unit = "SELECT region FROM organisation WHERE id = @id";
    const string OtherAdministrators = """
        SELECT count(*) FROM account WHERE account_id <> @id AND disabled = @no AND demonstration = @no AND (' ' || roles || ' ') LIKE '% administrator %'
        """;

    static readonly Problem OnlyAdministrators = Problem.Forbidden("只有系统管理员可以授予或更改系统管理员", "Only an administrator gives or changes the role of administrator");

    public static FieldError? WhyLoginUnfit(string login) =>
        LoginForm().IsMatch(login) ? null : new("/login", "account.login", new("登录名须为 3 至 32 个小写字母、数字或 .-_", "A login has 3 to 32 lower-case letters, digits or .-_"));

    public static FieldError? WhyNameUnfit(string name) =>
        name.Trim().Length is > 0 and <= LongestName ? null : new("/name", "account.name", new($"姓名须为 1 至 {LongestName} 字", $"A name has 1 to {LongestName} characters"));

    public static FieldError? WhyRolesUnfit(ImmutableArray<string> roles) =>
        roles.IsDefaultOrEmpty || roles.Any(role => AccountRoles.Find(role) is null)
            ? new("/roles", "account.roles", new("角色不存在或未指定", "A role is unknown, or none is given"))
            : null;

    /// <summary>A security administrator manages people but does not make or unmake administrators.</summary>
    public static Problem? WhyNotGrant(Caller caller, IEnumerable<string> before, IEnumerable<string> after) =>
        before.Concat(after).Contains(AccountRoles.Administrator) && !caller.Is(AccountRoles.Administrator) ? OnlyAdministrators : null;

    /// <summary>The region of the unit, or what is wrong with naming it.</summary>
    public static async Task<(string? Region, Problem? Problem)> Place(Write write, string? organisation)
    {
        if (organisation is null) return (null, null);
        var found = await write.Many<string?>(Unit, new { id = organisation });
        return found.Count == 1 ? (found[0], null) : (null, Problem.Invalid("/organisation", "account.organisation", "没有这个单位", "There is no such unit"));
    }

    /// <summary>Somebody must be left who can let others in.</summary>
    public static async Task<Problem?> WhyNotLast(Write write, string id, bool wasAdministrator, bool staysAdministrator) =>
        wasAdministrator && !staysAdministrator && await write.One<long>(OtherAdministrators, new { id, no = false }) == 0
            ? Problem.Conflict("account.last-administrator", "这是最后一个系统管理员", "This is the last administrator")
            : null;

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{2,31}$")]
    private static partial Regex LoginForm();
}

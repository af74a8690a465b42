using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Host.Demonstration;

/// <summary>Where demonstration cases of one item play: what they are pinned to, and who works there.</summary>
/// <param name="Region">Region id.</param>
/// <param name="Hall">Hall that takes them in.</param>
/// <param name="Terms">The item.</param>
/// <param name="Objects">服务对象: 自然人, 法人, 其他组织.</param>
/// <param name="Flow">Its pipeline.</param>
/// <param name="Pins">Pins of a new case.</param>
/// <param name="Context">Context of every step but for the instant.</param>
/// <param name="Posts">Who works there.</param>
sealed record Scene(string Region, string Hall, ItemTerms Terms, ImmutableArray<string> Objects, Flow Flow, CasePins Pins, StepContext Context, Posts Posts)
{
    public PolicyProfile Profile => Context.Profile;

    string Prefix => Region.ToLowerInvariant();

    /// <summary>Windows that may accept the item (NX-2.3.1a).</summary>
    public ImmutableArray<string> Windows => [.. Posts.Windows(Hall).Where(window => Terms.Windows.IsEmpty || Terms.Windows.Contains(window))];

    /// <summary>Ids of the materials that applicants hand in themselves.</summary>
    public ImmutableArray<string> Materials => [.. Terms.Materials.Where(material => !material.Value.Exempt).Select(material => material.Key)];

    /// <summary>Account of the applicant who can be signed in as.</summary>
    public string ApplicantAccount => $"{Prefix}-applicant";

    /// <summary>The person who does the work of that role for this item.</summary>
    /// <param name="role">Role of 5.7.</param>
    /// <param name="window">Window, for those who sit at one.</param>
    /// <param name="department">Department; null for that of the item.</param>
    public Actor Who(string role, string? window = null, string? department = null) =>
        Posts.Find(role, window, department ?? Terms.Department, Hall, $"{Prefix}-hall", $"{Prefix}-body") ?? throw new InvalidOperationException($"Nobody is {role} for {Terms.Code}.");

    /// <summary>Whoever files for others: the agent of a village station where there is one.</summary>
    public Actor Agent => Posts.Find("agent", $"{Prefix}-station1") ?? new($"{Prefix}-agent", "agent");
}

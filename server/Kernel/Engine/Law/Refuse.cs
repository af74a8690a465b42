using System.Collections.Immutable;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>What an act does to its token: it stays, leaves through a port, or is refused.</summary>
readonly record struct ActResult(Refusal? Refusal, string? Port)
{
    /// <summary>The case stays where it is.</summary>
    public static readonly ActResult Stay = default;
    /// <summary>The token leaves through a port.</summary>
    public static ActResult Go(string port) => new(null, port);
    public static implicit operator ActResult(Refusal refusal) => new(refusal, null);
}

/// <summary>Makes refusals; each names the rule that forbids the act.</summary>
static class Refuse
{
    public static Refusal By(string rule, string zh, string en, params ImmutableArray<string> details) => new("rule." + rule.ToLowerInvariant(), rule, new LocalizedText(zh, en), details);

    /// <summary>The act does not fit the state the case is in; the transition's own guard refuses it.</summary>
    public static Refusal WrongState(string transition, string act, string state) =>
        new("case.wrong-state", transition, new LocalizedText($"办件处于“{state}”状态，不能执行“{act}”", $"'{act}' is not possible while the case is {state}"));

    public static Refusal Role(string act, string role) =>
        new("act.role", "5.7", new LocalizedText($"角色“{role}”不能执行“{act}”", $"Role '{role}' may not perform '{act}'"));

    public static Refusal Data(string rule, string name, string zh, string en) => new("act.data", rule, new LocalizedText(zh, en), [name]);
}

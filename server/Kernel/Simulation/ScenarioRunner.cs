using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Simulation;

/// <summary>Where a scenario runs: the kernel alone, or a server over HTTP. Both must give the same answers.</summary>
public interface IScenarioWorld
{
    /// <summary>Moves the clock to an instant; everything due on the way, and at the instant itself, happens first.</summary>
    Task MoveTo(Instant at);
    /// <summary>Performs the act of a step; null when it was done, else why not.</summary>
    Task<Refusal?> Perform(ScenarioStep step);
    /// <summary>The object of a step now, and what happened to it since it was last observed; null when it does not exist.</summary>
    Task<Observation?> Observe(ScenarioStep step);
}

/// <summary>What became of one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Seen">What was seen; null when the object does not exist.</param>
/// <param name="Refusal">Why the act was refused; null when it was done or there was none.</param>
/// <param name="Unmet">Unmet expectations.</param>
public sealed record StepReport(ScenarioStep Step, Observation? Seen, Refusal? Refusal, ImmutableArray<string> Unmet);

/// <summary>What became of a scenario.</summary>
public sealed record ScenarioReport(Scenario Scenario, ImmutableArray<StepReport> Steps)
{
    /// <summary>Whether every expectation was met.</summary>
    public bool Passed => Steps.All(step => step.Unmet.IsEmpty);
}

/// <summary>Runs scenarios step by step in any world.</summary>
public static class ScenarioRunner
{
    /// <summary>Runs all steps, also after an unmet expectation, so that the whole timeline can be read.</summary>
    public static async Task<ScenarioReport> Run(Scenario scenario, IScenarioWorld world)
    {
        var reports = ImmutableArray.CreateBuilder<StepReport>();
        foreach (var step in scenario.Steps)
        {
            await world.MoveTo(step.At);
            var before = step.Refused is null ? null : await world.Observe(step);
            var refusal = step.Do is null ? null : await world.Perform(step);
            var seen = before is null ? await world.Observe(step) : Join(before, await world.Observe(step));
            reports.Add(new StepReport(step, seen, refusal, [.. Verdict(step, refusal, before, seen)]));
        }
        return new ScenarioReport(scenario, reports.ToImmutable());
    }

    static IEnumerable<string> Verdict(ScenarioStep step, Refusal? refusal, Observation? before, Observation? seen)
    {
        foreach (var each in Refused(step, refusal)) yield return each;
        if (step.Refused is not null && before is not null && seen is not null && before.State != seen.State) yield return $"a refused act changed the state from {before.State} to {seen.State}";
        if (step.Expect.ValueKind != JsonValueKind.Object) yield break;
        if (seen is null) { yield return $"{step.Target} does not exist"; yield break; }
        foreach (var unmet in Expectations.Unmet(step.Expect, seen)) yield return unmet;
    }

    /// <summary>FT- and V- ids are compared strictly; with any other id only the refusal is demanded (R-14).</summary>
    static IEnumerable<string> Refused(ScenarioStep step, Refusal? refusal)
    {
        if (step.Refused is null)
        {
            if (refusal is not null) yield return $"{step.Do} was refused by {refusal.Rule}: {refusal.Message.En}";
            yield break;
        }
        if (refusal is null) { yield return $"{step.Do} was done, wanted a refusal by {step.Refused}"; yield break; }
        var strict = step.Refused.StartsWith("FT-", StringComparison.Ordinal) || step.Refused.StartsWith("V-", StringComparison.Ordinal);
        if (strict && refusal.Rule != step.Refused) yield return $"{step.Do} was refused by {refusal.Rule}, wanted {step.Refused}";
        foreach (var detail in step.RefusedDetails)
            if (!refusal.Named.Contains(detail)) yield return $"the refusal does not name {detail}; it names {string.Join(", ", refusal.Named)}";
    }

    static Observation? Join(Observation before, Observation? after) => after is null ? null : after with
    {
        Documents = [.. before.Documents, .. after.Documents],
        Records = [.. before.Records, .. after.Records],
        Orders = [.. before.Orders, .. after.Orders],
        Path = [.. before.Path, .. after.Path],
        Notices = [.. before.Notices, .. after.Notices],
        Started = [.. before.Started, .. after.Started],
    };
}

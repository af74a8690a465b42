using NodaTime;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Host.Demonstration;

/// <summary>What has been played: cases and tickets with their rows still to be written.</summary>
/// <param name="Cases">The runs, tickets behind their cases.</param>
/// <param name="Refusals">Acts that the rules refused; none on any day that was thought of.</param>
sealed record Performance(IReadOnlyList<CaseRun> Cases, IReadOnlyList<string> Refusals);

/// <summary>Plays the scripts on the kernel, one case after the other in the order in which they are opened. No I/O.</summary>
/// <param name="scenes">Where cases play, by item.</param>
/// <param name="tickets">The flow of tickets.</param>
/// <param name="calendar">Working days.</param>
/// <param name="now">Where all of them end.</param>
sealed class Troupe(IReadOnlyDictionary<string, Scene> scenes, Flow tickets, WorkingCalendar calendar, Instant now)
{
    const ulong Seed = 20260301;

    readonly PastDays days = new(calendar, now);
    readonly List<CaseRun> runs = [];
    readonly List<string> refusals = [];

    /// <summary>Plays all.</summary>
    /// <param name="numberOf">Draws the number of a case that is opened in a region at an instant.</param>
    public async Task<Performance> Play(Func<string, Instant, Task<string>> numberOf)
    {
        foreach (var script in Scripts().OrderBy(script => script.Acts[0].At)) Play(script, await numberOf(script.Scene.Region, script.Acts[0].At));
        return new(runs, refusals);
    }

    IEnumerable<CaseScript> Scripts() => Cast.All([.. scenes.Keys.Order(StringComparer.Ordinal)]).Select((part, n) =>
    {
        var script = new CaseScript(scenes[part.Item], days, new Dice(Seed + (ulong)n), part.Age);
        part.Play(script);
        return script;
    });

    void Play(CaseScript script, string caseNo)
    {
        var (scene, opening) = (script.Scene, script.Acts[0]);
        var run = new CaseRun(scene.Flow, new("case", scene.Region, scene.Hall, scene.Terms.Department, script.Owner), scene.Context);
        if (run.Open(new(caseNo, scene.Pins, opening.Name, opening.Actor, opening.Data), opening.At) is { } refusal)
        {
            Refused(script, opening, refusal);
            return;
        }
        runs.Add(run);
        Continue(script, run, script.Acts.Skip(1).Where(act => !act.OnTicket));
        foreach (var asked in run.Tickets.ToList()) PlayTicket(script, run, asked);
    }

    void PlayTicket(CaseScript script, CaseRun rated, Effect.StartTicket asked)
    {
        var scene = script.Scene;
        var pins = scene.Pins with { DefinitionId = tickets.DefinitionId, DefinitionVersionId = tickets.VersionId, DefinitionVersion = tickets.Version };
        var run = new CaseRun(tickets, rated.Scope with { Kind = "ticket" }, scene.Context);
        if (run.Open(new(asked.CaseNo, pins, "rate", Actor.Engine, default, null, asked.Ticket), script.Acts.Single(act => act.Name == "rate").At, OutboxTopic.Ticket + ".start") is not null) return;
        runs.Add(run);
        Continue(script, run, script.Acts.Where(act => act.OnTicket));
    }

    /// <summary>The rest of the acts, up to the first that is refused, and what is due by now.</summary>
    void Continue(CaseScript script, CaseRun run, IEnumerable<ScriptedAct> acts)
    {
        foreach (var act in acts)
            if (run.Do(act) is { } refusal)
            {
                Refused(script, act, refusal);
                break;
            }
        run.Until(now);
    }

    void Refused(CaseScript script, ScriptedAct act, Refusal refusal) =>
        refusals.Add($"{script.Scene.Terms.Code} {act.Name} at {LegalTime.LocalOf(act.At)}: {refusal.Rule} {refusal.Message.En} ({string.Join(", ", refusal.Named)})");
}

using NodaTime;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Registers;

namespace Orchestrator.Kernel.Simulation;

public sealed partial class KernelWorld
{
    readonly Dictionary<string, RegisterHistory> registers = new(StringComparer.Ordinal);

    sealed class RegisterHistory(RegisterState state)
    {
        public RegisterState State { get; set; } = state;
        public List<RegisterFact> Facts { get; } = [];
        public int Seen { get; set; }
    }

    /// <summary>Puts an item in past the gate, in force (or proposed) from the instant at which the scenario begins.</summary>
    void Install(string code, ItemTerms terms) => Keep($"item:{code}", ItemRegister.Install(terms, RegisterContextAt(now)));

    ItemTerms? InForce(string code) =>
        registers.GetValueOrDefault($"item:{code}")?.State is ItemEntry item ? item.InForce(now)?.Terms ?? (item.Versions.LastOrDefault()?.Terms is { } last ? last with { Status = item.StateAt(now) } : item.Draft) : null;

    string StatusOf(ItemTerms item) => registers.GetValueOrDefault($"item:{item.Code}")?.State is ItemEntry entry && entry.StateAt(now) is "cancelled" or "suspended"
        ? registers[$"item:{item.Code}"].State.StateAt(now)
        : item.Status;

    Instant? NextRegisterWake => registers.Values.Select(each => each.State.NextWake).Min();

    void FireRegisters(Instant until)
    {
        foreach (var (subject, history) in registers.ToList())
            if (history.State.NextWake <= until)
            {
                var advanced = Register.Advance(history.State, RegisterContextAt(until));
                now = until;
                Keep(subject, advanced);
            }
    }

    Refusal? PerformOnRegister(string subject, ScenarioStep step)
    {
        var entry = registers.GetValueOrDefault(subject)?.State ?? Register.Open(subject);
        if (entry is null) return new Refusal("register.unknown", "5.6", new LocalizedText($"没有“{subject}”", $"There is no '{subject}'"));
        var result = Register.Apply(entry, step.Do!, step.By, step.With, RegisterContextAt(now));
        if (result.Refused is { } refusal) return refusal;
        Keep(subject, result);
        FireRegisters(now);
        return null;
    }

    void Keep(string subject, RegisterResult result)
    {
        if (!registers.TryGetValue(subject, out var history)) registers[subject] = history = new RegisterHistory(result.State);
        history.State = result.State;
        history.Facts.AddRange(result.Facts);
        foreach (var fact in result.Facts)
            if (fact.Kind == RegisterFactKind.TerminateCases) TerminateCasesOf(fact.Name);
    }

    /// <summary>TR-43 where the profile says so: the basis of the running cases has lapsed.</summary>
    void TerminateCasesOf(string item)
    {
        foreach (var running in cases.Values.Where(each => each.Item.Code == item && !each.State.Ended).ToList())
            Answer(running, CaseEngine.Step(running.Flow, running.State, new Stimulus.Act("terminate", Actor.Engine, Json.Object(("cause", "item_cancelled"))), ContextOf(running)));
    }

    Observation? ObserveRegister(string subject)
    {
        if (registers.GetValueOrDefault(subject) is not { } history) return null;
        var since = history.Facts.Skip(history.Seen).ToList();
        history.Seen = history.Facts.Count;
        IReadOnlyList<string> Names(RegisterFactKind kind) => [.. since.Where(fact => fact.Kind == kind).Select(fact => fact.Name)];
        return new Observation
        {
            State = history.State.StateAt(now),
            Colour = history.State.Colour.ToString().ToLowerInvariant(),
            Flags = history.State.Flags,
            Timers = history.State.Timers.ToDictionary(timer => timer.Key, timer => Observation.Of(timer.Value, now, calendar)),
            Documents = Names(RegisterFactKind.Document),
            Records = Names(RegisterFactKind.Record),
            Orders = Names(RegisterFactKind.Order),
            Notices = [.. since.Where(fact => fact.Kind == RegisterFactKind.Notice).Select(fact => (fact.Name, fact.To ?? ""))],
            Started = Names(RegisterFactKind.TimerStarted),
        };
    }

    RegisterContext RegisterContextAt(Instant at) => new(at, calendar, profile, hall);
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Simulation;

namespace Orchestrator.Host.Simulation;

sealed partial class HttpWorld
{
    /// <inheritdoc/>
    public Task<Observation?> Observe(ScenarioStep step)
    {
        if (step.Subject is { } subject && !IsTicket(subject)) return ObserveRegister(RegisterPath(subject));
        return CaseOf(step) is { } caseNo ? ObserveCase(caseNo) : Task.FromResult<Observation?>(null);
    }

    async Task<Observation?> ObserveCase(string caseNo)
    {
        var view = await server.Get($"/api/v1/cases/{caseNo}", tokens![Observer]);
        var timers = await server.Get($"/api/v1/cases/{caseNo}/timers", tokens[Observer]);
        var since = await Since(caseNo);
        return new Observation
        {
            State = view.GetProperty("state").GetProperty("code").GetString()!,
            Outcome = Text(view, "outcome"), Mode = Text(view, "mode"), Colour = Text(view, "colour")!, ForcedOutcome = Text(view, "forcedOutcome"),
            OnTime = view.GetProperty("onTime").ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
            AcceptedOn = Text(view, "acceptedOn") is { } day ? LocalDatePattern.Iso.Parse(day).Value : null,
            PinnedVersion = view.GetProperty("pins").GetProperty("itemVersion").GetInt32(),
            Evaluations = (view.GetProperty("evaluations").GetProperty("invited").GetInt32(), view.GetProperty("evaluations").GetProperty("rated").GetInt32()),
            Flags = [.. view.GetProperty("flags").EnumerateArray().Select(each => each.GetString()!)],
            Timers = Timers(timers),
            Documents = [.. since.OfType<DocumentIssued>().Select(e => e.Document.Name)],
            Records = [.. since.OfType<RecordMade>().Select(e => Own(e.Kind))],
            Orders = [.. since.OfType<OrderOpened>().Select(e => Own(e.Timer))],
            Path = [.. since.OfType<StateEntered>().Select(e => e.State)],
            Notices = [.. since.OfType<NoticeQueued>().Select(e => (e.Kind, Own(e.To)))],
            Started = [.. since.OfType<TimerChanged>().Where(e => e.Verb == TimerVerb.Started).Select(e => Own(e.Timer.Key))],
        };
    }

    /// <summary>What happened to a case since it was last observed.</summary>
    async Task<List<CaseEvent>> Since(string caseNo)
    {
        var (events, entries) = (new List<CaseEvent>(), await History($"/api/v1/cases/{caseNo}/events"));
        foreach (var entry in entries)
            if (entry.GetProperty("seq").GetInt64() is var seq && seq > seen.GetValueOrDefault(caseNo))
            {
                events.AddRange(KernelJson.ReadEvents(Encoding.UTF8.GetBytes(entry.GetProperty("events").GetRawText())));
                seen[caseNo] = seq;
            }
        return events;
    }

    async Task<Observation?> ObserveRegister(string path)
    {
        var (view, refusal) = await server.Send(HttpMethod.Get, $"/api/v1/registers/{path}", tokens![Observer]);
        if (refusal is not null) return null;
        var facts = (await History($"/api/v1/registers/{path}/facts")).Where(fact => fact.GetProperty("seq").GetInt64() > seen.GetValueOrDefault(path)).ToList();
        if (facts.Count > 0) seen[path] = facts[^1].GetProperty("seq").GetInt64();
        ImmutableArray<string> Names(string kind) => [.. facts.Where(fact => Text(fact, "kind") == kind).Select(fact => Own(Text(fact, "name")!))];
        return new Observation
        {
            State = Text(view, "state")!, Colour = Text(view, "colour")!, Flags = [.. view.GetProperty("flags").EnumerateArray().Select(each => each.GetString()!)],
            Timers = Timers(view.GetProperty("timers")), Documents = Names("document"), Records = Names("record"), Orders = Names("order"), Started = Names("timer_started"),
            Notices = [.. facts.Where(fact => Text(fact, "kind") == "notice").Select(fact => (Text(fact, "name")!, Text(fact, "to") ?? ""))],
        };
    }

    async Task<List<JsonElement>> History(string path)
    {
        var (entries, cursor) = (new List<JsonElement>(), (string?)null);
        do
        {
            var page = await server.Get($"{path}?limit=200{(cursor is null ? "" : $"&cursor={cursor}")}", tokens![Observer]);
            entries.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = Text(page, "next");
        }
        while (cursor is not null);
        return entries;
    }

    Dictionary<string, ObservedTimer> Timers(JsonElement timers) => timers.EnumerateArray().ToDictionary(
        timer => Own(Text(timer, "key")!),
        timer => new ObservedTimer(
            Text(timer, "state")!, InstantOf(Text(timer, "due")!), timer.GetProperty("used").GetInt32(), timer.GetProperty("of").GetInt32(), Text(timer, "colour")!,
            timer.GetProperty("inTime").GetBoolean(), timer.GetProperty("lateDays").GetInt32()));

    static Instant InstantOf(string text) => OffsetDateTimePattern.ExtendedIso.Parse(text).Value.ToInstant();
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Tests.Engine;

/// <summary>A random hall: one of the shipped flows, one of the regions, a random item, random acts by random roles with random data, a clock that jumps. All of it follows from the seed.</summary>
sealed class RandomHall
{
    static readonly string[] Flows = ["standard", "standard", "immediate", "renewal", "joint", "bad-review"];
    static readonly string[] Profiles = ["XA", "AQ", "CQ", "NX", "QS"];
    static readonly string[] Materials = ["M1", "M2", "M3", "M5", "M7", "M9"];
    static readonly string[] Limits = ["1wd", "3wd", "5wd", "10wd", "7cd", "7cd!", "2h", "30min", "1m", "ots", "0wd", "0cd", "2026-09-30", "2020-01-01", "9999-12-31", "x"];
    static readonly string[] Acts = [.. ActivityCatalog.All.SelectMany(each => each.Acts).Concat(ActivityCatalog.CaseActs).Select(each => each.Name).Append("nonsense").Distinct()];

    static readonly string[] OnTheCase = [.. ActivityCatalog.CaseActs.Select(each => each.Name)];

    readonly Random random;
    readonly Flow flow;
    readonly PolicyProfile profile;
    readonly ItemTerms item;
    readonly CasePins pins;

    public RandomHall(int seed)
    {
        random = new Random(seed);
        var pipeline = Pick(Flows);
        flow = ShippedWorkflows.Get(pipeline);
        profile = ShippedProfiles.Get(Pick(Profiles)).With(Overrides());
        item = Item(pipeline);
        pins = new CasePins(flow.DefinitionId, flow.VersionId, 1, item.Code, 1, profile.Id, 1);
        Now = Hall.At(2026, 9, 1, 8) + Duration.FromHours(random.Next(24 * 40));
    }

    public Flow Flow => flow;
    public Instant Now { get; private set; }
    public CaseState? State { get; set; }
    public StringBuilder Log { get; } = new();
    public StepContext Context => new(Now, WorkingCalendar.Shipped, profile, item);

    public void Pass()
    {
        Now += random.Next(6) switch { 0 or 1 => Duration.Zero, 2 or 3 => Duration.FromMinutes(random.Next(600)), 4 => Duration.FromHours(20), _ => Duration.FromHours(random.Next(24 * 12)) };
        Log.Append(CultureInfo.InvariantCulture, $" | {Now}");
    }

    public Stimulus Next()
    {
        if (State is null) return Opening();
        Stimulus stimulus = random.Next(12) switch
        {
            0 => new Stimulus.Signal(Pick(Acts), Someone(), Data()),
            1 => new Stimulus.Acknowledged(random.Next(3) == 0 ? default : State.PendingNotices, [Pick<string>(["T-CRT", "T-SHR", "T-PRO", "T-NTF"])]),
            2 when random.Next(4) == 0 => new Stimulus.SubCaseEnded(random.Next(30), Data()),
            2 when random.Next(4) == 0 => new Stimulus.Migrate(pins, Someone()),
            2 => new Stimulus.TimerDue(State.Timers.IsEmpty ? "T-PRO" : Pick([.. State.Timers]).Key),
            _ => SomeAct(State),
        };
        Log.Append(CultureInfo.InvariantCulture, $" | {stimulus}");
        return stimulus;
    }

    Stimulus Opening()
    {
        var act = flow.Purpose == FlowPurpose.Ticket ? "rate" : Pick(["submit", "receive", "receive", "submit", "create_draft", "open_consultation", "book", "accept"]);
        Log.Append(CultureInfo.InvariantCulture, $"{flow.DefinitionId} {profile.Id} {act}");
        var ticket = flow.Purpose == FlowPurpose.Ticket ? new TicketFacts("K0", 1, random.Next(2) == 0, "window") : null;
        var data = item.Renewable && random.Next(4) > 0 ? JsonSerializer.SerializeToElement(new { licence = new { no = "L1", valid_to = $"{Now.WithOffset(LegalTime.Offset).Date.PlusDays(random.Next(12)):uuuu-MM-dd}" } }) : Data();
        return new Stimulus.Start("K1", pins, act, Someone(act), data, Ticket: ticket);
    }

    /// <summary>Mostly an act that the case offers, by a role that may do it, so that random cases get somewhere.</summary>
    Stimulus.Act SomeAct(CaseState state)
    {
        var offered = state.Tokens.SelectMany(token => flow.Find(token.Node)!.Activity.Acts).Select(act => act.Name).ToArray();
        if (state.Status == CaseStatus.Suspended && random.Next(4) == 0) return new Stimulus.Act("resume", new Actor("F", "chief_representative"), Data());
        var name = random.Next(10) switch { < 7 when offered.Length > 0 => Pick(offered), 7 => Pick(OnTheCase), _ => Pick(Acts) };
        var task = random.Next(6) == 0 && !state.Tasks.IsEmpty ? Pick([.. state.Tasks]).Id : null;
        return new Stimulus.Act(name, Someone(name), Data(), task);
    }

    Actor Someone(string? act = null)
    {
        var roles = act is not null && random.Next(6) > 0 && ActivityCatalog.FindAct(act) is { } known ? known.Roles : [.. Roles.All.Select(each => each.Name)];
        var name = Pick(["Zhang", "Li", "Wang", "A", "B"]);
        return new Actor(name, Pick([.. roles]), random.Next(3) == 0 ? Pick(["A", "B", "D"]) : null, random.Next(3) == 0 ? Pick(["W01", "W02"]) : null);
    }

    JsonElement Data()
    {
        if (random.Next(12) == 0) return default;
        if (random.Next(12) == 0) return JsonSerializer.SerializeToElement(Pick<object>([1, "x", true, new[] { 1 }]));
        var data = new JsonObject();
        void Maybe(string name, Func<JsonNode?> value, int oneIn = 3) { if (random.Next(oneIn) == 0) data[name] = random.Next(25) == 0 ? JsonValue.Create(7) : value(); }
        Maybe("materials", () => random.Next(2) == 0 ? Some(Materials) : new JsonArray("M5"), 2);
        Maybe("missing", () => random.Next(3) == 0 ? Some(Materials) : new JsonArray("M5"));
        Maybe("limit", () => Pick(Limits), 2);
        Maybe("form", () => Pick(["paper", "electronic", "oral"]));
        Maybe("channel", () => Pick(["online", "window", "terminal", "proxy", "fax"]));
        Maybe("window", () => Pick(["W01", "W02"]));
        Maybe("delivery", () => Pick(["mail", "window", "online", "pigeon"]), 2);
        Maybe("promise_signed", () => random.Next(3) > 0, 2);
        Maybe("overdue", () => Pick(["deny_with_reasons", "deemed_withdrawn", "shrug"]));
        Maybe("kind", () => Pick(["听证", "检验", "散步"]), 2);
        Maybe("branch", () => Pick(["A", "B", "D"]));
        Maybe("result", () => Pick(["agree", "deny"]));
        Maybe("licence", () => random.Next(2) == 0 ? Some(["electronic", "paper"]) : new JsonObject { ["no"] = "L1", ["valid_to"] = Pick(["2026-09-30", "2026-10-20", "2026-10-31", "2020-01-01", "9999-12-31", "?"]) }, 2);
        foreach (var name in (string[])["reasons", "contact", "seal", "cause", "delegated_by", "text", "finding", "ground"]) Maybe(name, () => Pick(["x", "y", ""]), 2);
        foreach (var name in (string[])["reasonable", "applicant_matches", "handover", "omit_document", "real_name", "authorised"]) Maybe(name, () => random.Next(4) > 0);
        Maybe("score", () => random.Next(7));
        return JsonSerializer.SerializeToElement(data);
    }

    ItemTerms Item(string pipeline)
    {
        var terms = new JsonObject
        {
            ["promised"] = Pick<JsonNode?>([null, "0wd", "1wd", "5wd", "10wd", "10cd"]), ["statutory"] = Pick<JsonNode?>([null, "20wd", "30cd", "2m"]), ["kind"] = Pick(["promise", "immediate"]), ["pre_review"] = random.Next(2) == 0,
            ["materials"] = JsonNode.Parse("""{"M1": {"necessity": "main"}, "M2": {"necessity": "main"}, "M3": {"necessity": "main", "promise_waivable": true}, "M5": {"necessity": "minor"}, "M7": {"shareable": true}}"""),
            ["tolerance_materials"] = new JsonArray("M5"), ["special_procedures"] = JsonNode.Parse("""[{"kind": "听证", "limit": "5wd", "published": true}, {"kind": "检验", "limit": "3wd", "published": true}]"""),
            ["promise_mode"] = JsonNode.Parse("""{"waives": ["M3"], "text": "t", "liability": "l", "supervision": "s"}"""), ["renewable"] = pipeline == "renewal" || random.Next(3) == 0, ["accept_on_receipt"] = random.Next(3) == 0, ["proxy_listed"] = random.Next(2) == 0,
        };
        if (pipeline == "joint" && random.Next(5) > 0) terms["joint"] = JsonNode.Parse("""{"lead": "A", "limit": "10wd", "branches": {"A": "5wd", "B": "7wd"}}""");
        return ItemTerms.FromScenario("X1", JsonSerializer.SerializeToElement(terms)) with { Status = random.Next(20) == 0 ? "suspended" : "in_force" };
    }

    IEnumerable<KeyValuePair<string, string>> Overrides()
    {
        if (random.Next(3) > 0) yield break;
        (string Key, string[] Values)[] all = [("P03", ["escalate", "deemed_accepted_from_receipt"]), ("P06", ["not_accepted", "deemed_withdrawn"]), ("P07", ["as_notified", "deny_with_reasons", "n/a"]), ("P13", ["true", "false"]),
            ("P16", ["run", "pause"]), ("P22", ["strict", "off"]), ("P23", ["true", "false"]), ("P25", ["1wd", "none"]), ("P56", ["false"]), ("P59", ["no_roll"]), ("P02", ["ots"]), ("P10", ["true"]), ("P36", ["true"])];
        foreach (var (key, values) in all)
            if (random.Next(4) == 0) yield return KeyValuePair.Create(key, Pick(values));
    }

    JsonArray Some(string[] from) => [.. from.Where(_ => random.Next(2) == 0).Select(each => (JsonNode)each)];

    T Pick<T>(T[] from) => from[random.Next(from.Length)];
}

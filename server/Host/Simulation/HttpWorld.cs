using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Simulation;

namespace Orchestrator.Host.Simulation;

/// <summary>
/// A scenario's world behind the HTTP API of a server with a manual clock: every person has an account, every act goes through the public
/// endpoints, and what is observed is what the API says of cases, timers and histories. The server must be one for trials: its clock is moved.
/// </summary>
sealed partial class HttpWorld : IScenarioWorld
{
    const string Observer = "observer";

    static readonly HashSet<string> Openings = ["submit", "receive", "create_draft", "open_consultation", "book"];
    static readonly HashSet<string> OpeningMembers =
        ["channel", "window", "materials", "missing", "delivery", "result_forms", "licence", "promise_signed", "applicant", "authorised", "slot", "question"];

    readonly ServerClient server;
    readonly string administrator;
    readonly Scenario scenario;
    readonly string region = "S" + RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 11);
    readonly Dictionary<string, string> cases = new(StringComparer.Ordinal), tickets = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);
    readonly string applicant;
    ImmutableDictionary<string, string>? tokens;
    JsonElement fixture;

    /// <summary>A world for a scenario.</summary>
    /// <param name="http">Client whose base address is the server.</param>
    /// <param name="administrator">API token of an administrator, who may move the clock.</param>
    /// <param name="scenario">The scenario.</param>
    public HttpWorld(HttpClient http, string administrator, Scenario scenario)
    {
        server = new(http);
        (this.administrator, this.scenario) = (administrator, scenario);
        applicant = scenario.Steps.Select(step => step.By).FirstOrDefault(by => by.Role == "applicant")?.Id ?? "applicant";
    }

    /// <inheritdoc/>
    public async Task MoveTo(Instant at)
    {
        Require(await server.Send(HttpMethod.Put, "/api/v1/dev/clock", administrator, new { now = InstantConverter.Format(at) }));
        if (tokens is null) await Install();
    }

    /// <inheritdoc/>
    public async Task<Refusal?> Perform(ScenarioStep step) => Own(await Act(step));

    Task<Refusal?> Act(ScenarioStep step)
    {
        if (step.Subject is { } subject && !IsTicket(subject)) return ActOnRegister(subject, step);
        if (step is { Subject: { } ticket, Do: "rate" }) return RateForTicket(ticket, step);
        return CaseOf(step) is { } caseNo ? ActOnCase(caseNo, step) : Open(step);
    }

    async Task Install()
    {
        var people = scenario.Steps.GroupBy(step => step.By.Id).ToDictionary(group => group.Key, group => group.Select(step => step.By.Role).Distinct().ToArray());
        people.TryAdd(applicant, ["applicant"]);
        people[Observer] = ["supervisor", "auditor"];
        fixture = Require(await server.Send(HttpMethod.Put, $"/api/v1/dev/fixtures/{region}", administrator, new
        {
            profile = scenario.Profile, pipeline = scenario.Pipeline, parameters = scenario.Parameters, items = scenario.Items,
            hours = new Dictionary<string, string> { ["open"] = $"{scenario.Hall.Open:HH:mm}", ["close"] = $"{scenario.Hall.Close:HH:mm}" },
            people = people.Select(person => new { name = person.Key, roles = person.Value }),
        }));
        tokens = fixture.GetProperty("tokens").EnumerateObject().ToImmutableDictionary(each => each.Name, each => each.Value.GetString()!);
    }

    async Task<Refusal?> Open(ScenarioStep step)
    {
        if (!Openings.Contains(step.Do!)) return new("act.unknown", "5.2", new("办件尚未开立", "The case has not been opened"));
        var body = new JsonObject { ["item"] = CodeOf(Text(step.With, "item") ?? ""), ["act"] = step.Do };
        foreach (var member in Members(step.With).Where(member => OpeningMembers.Contains(member.Name))) body[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        if (step.By.Role != "applicant" && !body.ContainsKey("applicant")) body["applicant"] = fixture.GetProperty("accounts").GetProperty(applicant).GetString();
        var (reply, refusal) = await server.Send(HttpMethod.Post, "/api/v1/cases", TokenOf(step), body);
        if (refusal is null) cases[step.Target] = reply.GetProperty("caseNo").GetString()!;
        return refusal;
    }

    async Task<Refusal?> ActOnCase(string caseNo, ScenarioStep step)
    {
        if (step.Do == "rate" && Text(step.With, "on_behalf_of") is null) return await Rate(caseNo, step);
        if (step.Do == "withdraw") return (await server.Send(HttpMethod.Post, $"/api/v1/cases/{caseNo}/withdrawal", TokenOf(step), new { })).Refusal;
        var data = DataOf(step);
        return await TaskFor(caseNo, step) is { } task
            ? (await server.Send(HttpMethod.Post, $"/api/v1/tasks/{task}/complete", TokenOf(step), new { outcome = step.Do, data })).Refusal
            : (await server.Send(HttpMethod.Post, $"/api/v1/cases/{caseNo}/acts/{step.Do}", TokenOf(step), new { data })).Refusal;
    }

    async Task<Refusal?> Rate(string caseNo, ScenarioStep step)
    {
        var score = step.With.TryGetProperty("score", out var given) ? given.GetInt32() : 0;
        var realName = !step.With.TryGetProperty("real_name", out var named) || named.ValueKind != JsonValueKind.False;
        var body = new { score, channel = Text(step.With, "channel"), realName, text = Text(step.With, "text") };
        return (await server.Send(HttpMethod.Post, $"/api/v1/cases/{caseNo}/evaluations", TokenOf(step), body)).Refusal;
    }

    /// <summary>A bad review opens a ticket, which is another case; the list of cases says which.</summary>
    async Task<Refusal?> RateForTicket(string ticket, ScenarioStep step)
    {
        if (Text(step.With, "case") is not { } name || !cases.TryGetValue(name, out var caseNo)) return new("case.unknown", "TR-01", new("办件不存在", "There is no such case"));
        if (await Rate(caseNo, step) is { } refusal) return refusal;
        var found = await server.Get($"/api/v1/cases?kind=ticket&q={caseNo}", tokens![Observer]);
        if (found.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("caseNo").GetString()!).FirstOrDefault(each => !tickets.ContainsValue(each)) is { } opened) tickets[ticket] = opened;
        return null;
    }

    async Task<Refusal?> ActOnRegister(string subject, ScenarioStep step) =>
        (await server.Send(HttpMethod.Post, $"/api/v1/registers/{RegisterPath(subject)}/acts/{step.Do}", TokenOf(step), new { data = DataOf(step) })).Refusal;

    /// <summary>The task on the actor's work list that the act would complete; null when there is none, so that the act goes straight to the case.</summary>
    async Task<string?> TaskFor(string caseNo, ScenarioStep step)
    {
        var tasks = await server.Get($"/api/v1/tasks?case={caseNo}", TokenOf(step));
        foreach (var task in tasks.GetProperty("items").EnumerateArray())
            if (task.GetProperty("role").GetProperty("code").GetString() == step.By.Role && ActivityCatalog.Find(task.GetProperty("activity").GetString()!)?.Act(step.Do!) is not null
                && (Text(step.With, "branch") is not { } branch || Text(task, "part") == $"{region}-{branch}"))
                return task.GetProperty("id").GetString();
        return null;
    }

    /// <summary>The data of the act; branches and lead departments are departments of the fixture.</summary>
    JsonNode? DataOf(ScenarioStep step)
    {
        if (step.With.ValueKind != JsonValueKind.Object) return null;
        var data = JsonNode.Parse(step.With.GetRawText())!.AsObject();
        foreach (var name in new[] { "branch", "lead" })
            if (data[name] is JsonValue value) data[name] = $"{region}-{value}";
        return data;
    }

    string? CaseOf(ScenarioStep step) => step.Subject is { } subject ? tickets.GetValueOrDefault(subject) : step.Case is { } name ? cases.GetValueOrDefault(name) : null;

    string CodeOf(string item) => fixture.GetProperty("items").TryGetProperty(item, out var code) ? code.GetString()! : item;

    string RegisterPath(string subject) => subject.Split(':', 2) is ["item", var item] ? $"item/{CodeOf(item)}" : subject.Replace(':', '/');

    string TokenOf(ScenarioStep step) => tokens![step.By.Id];

    /// <summary>What the server names by the fixture's prefix, under the scenario's own name.</summary>
    string Own(string text) => text.Replace($"{region}-", "", StringComparison.Ordinal);

    Refusal? Own(Refusal? refusal) => refusal is null ? null : refusal with { Details = [.. refusal.Named.Select(Own)] };

    static bool IsTicket(string subject) => subject.StartsWith("ticket:", StringComparison.Ordinal);

    static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static IEnumerable<JsonProperty> Members(JsonElement json) => json.ValueKind == JsonValueKind.Object ? json.EnumerateObject() : [];

    static JsonElement Require((JsonElement Reply, Refusal? Refusal) answer) =>
        answer.Refusal is { } refusal ? throw new HttpRequestException($"{refusal.Code} {refusal.Message.En} {string.Join(", ", refusal.Named)} {answer.Reply}") : answer.Reply;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Cases;

/// <summary><c>POST /api/v1/cases</c>: opens a case of an item, by whatever channel it comes.</summary>
static class OpenCase
{
    /// <summary>Licence that is to be renewed.</summary>
    internal sealed record LicenceBody(string No, [property: JsonPropertyName("valid_to")] LocalDate? ValidTo = null);

    /// <summary>The request. Everything but item and act is data of the act, by the names of the activity catalogue.</summary>
    internal sealed record Body
    {
        /// <summary>Code of the item.</summary>
        public required string Item { get; init; }
        /// <summary>submit, receive, create_draft, open_consultation or book; unless told, applicants submit and staff receive.</summary>
        public string? Act { get; init; }
        /// <summary>Login or id of the applicant's account, or the name given at the window. Applicants are always themselves.</summary>
        public string? Applicant { get; init; }
        /// <summary>online, window, terminal or proxy.</summary>
        public string? Channel { get; init; }
        public string? Window { get; init; }
        /// <summary>Materials handed in, by their ids in the guide.</summary>
        public string[]? Materials { get; init; }
        /// <summary>Materials not handed in; instead of <see cref="Materials"/>.</summary>
        public string[]? Missing { get; init; }
        /// <summary>window, online, mail or agent.</summary>
        public string? Delivery { get; init; }
        /// <summary>electronic, paper.</summary>
        [JsonPropertyName("result_forms")]
        public string[]? ResultForms { get; init; }
        public LicenceBody? Licence { get; init; }
        [JsonPropertyName("promise_signed")]
        public bool? PromiseSigned { get; init; }
        /// <summary>Whether the proxy has the applicant's authorisation.</summary>
        public bool? Authorised { get; init; }
        /// <summary>Slot of a booking.</summary>
        public string? Slot { get; init; }
        /// <summary>Question of a consultation.</summary>
        public string? Question { get; init; }
    }

    static readonly string[] Openings = ["submit", "receive", "create_draft", "open_consultation", "book"];

    static readonly JsonSerializerOptions DataJson = new(WireJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("", Handle).RequireAuthorization(Policies.Cases).WithName("OpenCase")
            .WithSummary("提交或收件，开立办件 / Open a case").Produces<CaseView>(StatusCodes.Status201Created).Refuses(400, 403, 409, 422, 503);

    static async Task<IResult> Handle(Body body, HttpContext http, Caller caller, CaseOpening opening)
    {
        var act = body.Act ?? (caller.IsStaff || caller.Is(AccountRoles.Agent) ? "receive" : "submit");
        if (!Openings.Contains(act))
            return Problem.Invalid("/act", "act.unknown", $"开立办件的操作为 {string.Join("、", Openings)}", $"A case is opened by {string.Join(", ", Openings)}");
        return await opening.Do(http, caller, body.Item, act, DataOf(body), body);
    }

    /// <summary>The data of the act: the body without what is not the act's.</summary>
    static JsonElement DataOf(Body body)
    {
        var data = JsonSerializer.SerializeToNode(body, DataJson)!.AsObject();
        data.Remove("item");
        data.Remove("act");
        return JsonSerializer.SerializeToElement(data);
    }
}

/// <summary>Opens cases: takes the versions in force, draws a number, names the place and the applicant.</summary>
sealed class CaseOpening(Database database, ItemsInForce items, RegionProfiles profiles, IPinnedData pinned, CaseSeam seam, CaseNumbers numbers, TimeProvider clock)
{
    const string Account = "SELECT account_id FROM account WHERE account_id = @applicant OR login = @applicant ORDER BY account_id LIMIT 1";
    const string HallOfWindow = "SELECT hall_id FROM organisation WHERE id = @window AND region = @region";

    static readonly Problem OtherRegion = Problem.Forbidden("不得为其他区域收件", "You may not receive for another region");

    /// <summary>Opens a case in the name of the caller.</summary>
    public async Task<IResult> Do(HttpContext http, Caller caller, string code, string act, JsonElement data, object body)
    {
        var stop = http.RequestAborted;
        var now = Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var actor = ActorRoles.Actor(caller, ActorRoles.ToOpen(caller, act));
        var (request, unfit) = CaseReplies.Request(http, actor, $"case.{act}", body);
        if (request is null) return unfit!;
        if (await items.Find(code, now.ToUnixTimeMilliseconds(), stop) is not { DefinitionId: { } definition } item) return CaseReplies.ToProblem(Unlisted(code));
        if (caller.IsStaff && caller.Reach != Reach.All && caller.Region is { } region && region != item.Region) return OtherRegion;
        if (item.Status != "in_force" || !item.Holds) return CaseReplies.ToProblem(NotInForce(item));
        if (await profiles.Find(item.Region, now.ToUnixTimeMilliseconds(), stop) is not { } profile) return CaseReplies.ToProblem(Unlisted(code));
        var flow = await pinned.Latest(definition, stop);
        var pins = new CasePins(flow.DefinitionId, flow.VersionId, flow.Version, item.ItemCode, item.Version, profile.Id, profile.Version);
        var (applicant, named) = await Applicant(caller, data, stop);
        var scope = new CaseScope("case", item.Region, await Hall(caller, item, data, stop), item.Department, applicant);
        return await Start(new(pins, act, actor, named), scope, request, item.Region, now, http);
    }

    sealed record Opening(CasePins Pins, string Act, Actor Actor, JsonElement Data);

    async Task<IResult> Start(Opening opening, CaseScope scope, RequestInfo request, string region, Instant now, HttpContext http)
    {
        var caseNo = await numbers.Next(region, now, http.RequestAborted);
        var stimulus = new Stimulus.Start(caseNo, opening.Pins, opening.Act, opening.Actor, opening.Data);
        var start = new StartCase(stimulus, scope, request, CaseReplies.View(StatusCodes.Status201Created, scope));
        return (await seam.Start(start, http.RequestAborted)).ToHttp(http);
    }

    /// <summary>The account that owns the case, and the data with the applicant as the kernel shall know it.</summary>
    async Task<(string? Account, JsonElement Data)> Applicant(Caller caller, JsonElement data, CancellationToken stop)
    {
        if (!caller.IsStaff && !caller.Is(AccountRoles.Agent)) return (caller.Id, With(data, caller.Id));
        if (!data.TryGetProperty("applicant", out var given)) return (caller.IsStaff ? null : caller.Id, data);
        await using var connection = await database.Open(stop);
        var account = await connection.ExecuteScalarAsync<string?>(new(Account, new { applicant = given.GetString() }, cancellationToken: stop));
        return account is null ? (caller.IsStaff ? null : caller.Id, data) : (account, With(data, account));
    }

    /// <summary>The hall of the window that was named, else the caller's, else the item's.</summary>
    async Task<string?> Hall(Caller caller, ItemInForce item, JsonElement data, CancellationToken stop)
    {
        if (!caller.IsStaff) return item.Hall;
        if (!data.TryGetProperty("window", out var window)) return caller.Hall ?? item.Hall;
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<string?>(new(HallOfWindow, new { window = window.GetString(), region = item.Region }, cancellationToken: stop)) ?? caller.Hall ?? item.Hall;
    }

    static JsonElement With(JsonElement data, string applicant)
    {
        var members = data.EnumerateObject().Where(member => member.Name != "applicant").ToDictionary(member => member.Name, member => member.Value);
        members["applicant"] = JsonSerializer.SerializeToElement(applicant);
        return JsonSerializer.SerializeToElement(members);
    }

    static Refusal Unlisted(string code) => new("item.unknown", "FT-01", new($"事项“{code}”未列入目录", $"Item '{code}' is not in the catalogue"), [code]);

    static Refusal NotInForce(ItemInForce item) =>
        new("rule.ft-01", "FT-01", new("事项未生效、已停止或者已取消，不能收件", "The item is not in force: not yet, suspended or cancelled"), [item.Status]);
}

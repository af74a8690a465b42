using System.Text.Json;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Registers;

namespace Orchestrator.Host.Registers;

/// <summary>The one path on which people change register entries: what is due fires first, then the act is done, in one commit with its audit entry.</summary>
sealed class RegisterDesk(Writes writes, RegionProfiles profiles, IPinnedData pinned, TimeProvider clock)
{
    public static readonly Problem Unknown = Problem.NotFound("register.unknown", "没有这条登记", "There is no such entry");

    static readonly Problem NoRegion = Problem.Invalid("", "register.region", "您的账号不属于任何区域", "Your account belongs to no region");
    static readonly Problem Meanwhile = Problem.Conflict("write.conflict", "数据已被他人更新，请重试", "Somebody else changed this meanwhile; try again");
    static readonly Problem FromDraft = new(StatusCodes.Status422UnprocessableEntity, "item.publish-draft", new("该事项有完整要素，请由草稿发布", "The item has a full record: publish its draft"));

    /// <summary>Legal instant of the server.</summary>
    public Instant Now => Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Does an act on an entry.</summary>
    public async Task<Answer<RegisterView>> Act(HttpContext http, Caller caller, string kind, string id, string act, JsonElement data, object? body)
    {
        if (RegisterActs.Roles(kind, act) is not { } allowed) return RegisterActs.UnknownAct(act);
        if (ActorRoles.First(caller, allowed) is not { } role) return CaseReplies.ToProblem(new("act.role", "5.7", new("您的角色不能办理此项登记", "None of your roles may do this"), [.. allowed]));
        return await writes.Once<RegisterView>(http, caller, body, async write =>
        {
            if (act == "publish" && await ItemPublication.HasFullRecord(write, id)) return FromDraft;
            return await Change(write, caller, kind, id, (state, context) => Do(state, act, ActorRoles.Actor(caller, role), data, context), act, null, http.RequestAborted);
        });
    }

    /// <summary>An act that is part of a larger write: the standing of an item.</summary>
    /// <param name="write">Transaction of the larger write.</param>
    /// <param name="caller">Who acts, allowed by the larger write.</param>
    /// <param name="code">Item.</param>
    /// <param name="act">suspend_item, resume_item or cancel_item.</param>
    /// <param name="from">From when on.</param>
    /// <param name="reason">Why.</param>
    /// <param name="stop">Interrupts.</param>
    /// <returns>Why it was not done; null when it was.</returns>
    public async Task<Problem?> Stand(Write write, Caller caller, string code, string act, Instant from, string reason, CancellationToken stop)
    {
        var data = JsonSerializer.SerializeToElement(new { effective_from = InstantConverter.Format(from) });
        var actor = ActorRoles.Actor(caller, ActorRoles.First(caller, RegisterActs.Roles(RegisterEntry.Item, act)!) ?? AccountRoles.CatalogueManager);
        return (await Change(write, caller, RegisterEntry.Item, code, (state, context) => Do(state, act, actor, data, context), act, reason, stop)).Problem;
    }

    /// <summary>What follows on a version that a larger write has published: the duties that waited for it are done, the library has to follow.</summary>
    public async Task<Problem?> Published(Write write, Caller caller, string code, Kernel.Items.PublishRequest request, CancellationToken stop) =>
        (await Change(write, caller, RegisterEntry.Item, code, (state, context) => ItemRegister.Published((ItemEntry)state, request, context), "publish", null, stop)).Problem;

    async Task<Answer<RegisterView>> Change(
        Write write, Caller caller, string kind, string id, Func<RegisterState, RegisterContext, RegisterResult> change, string act, string? reason, CancellationToken stop)
    {
        var (entry, problem) = await Find(write, caller, kind, id);
        if (entry is null) return problem!;
        var context = await Context(entry.Region, caller.Hall, stop);
        var result = change(entry.State, context);
        if (result.Refused is { } refusal) return CaseReplies.ToProblem(refusal);
        var actor = ActorRoles.Actor(caller, ActorRoles.First(caller, RegisterActs.Roles(kind, act) ?? []) ?? AccountRoles.System);
        if (!await RegisterRows.Save(write, entry, result, actor, context.Now, reason)) return Meanwhile;
        await write.Audit($"register.{act}", entry.Subject);
        return RegisterView.Of(entry with { State = result.State }, context.Now, context.Calendar);
    }

    static RegisterResult Do(RegisterState state, string act, Actor actor, JsonElement data, RegisterContext context)
    {
        var due = Register.Advance(state, context);
        var done = Register.Apply(due.State, act, actor, data, context);
        return done with { Facts = due.Facts.AddRange(done.Facts) };
    }

    async Task<(RegisterEntry?, Problem?)> Find(Write write, Caller caller, string kind, string id)
    {
        var subject = RegisterEntry.Key(kind, id, caller.Region ?? "");
        if (await RegisterRows.Load(write, subject, Now) is { } entry) return Sees(caller, entry.Region) ? (entry, null) : (null, Unknown);
        if (kind == RegisterEntry.Item) return (null, Unknown);
        return caller.Region is { } region && Register.Open($"{kind}:{id}") is { } fresh ? (new(subject, region, fresh, 0, null), null) : (null, NoRegion);
    }

    /// <summary>An entry is for the people of its region.</summary>
    public static bool Sees(Caller caller, string region) => caller.Reach == Reach.All || caller.Region == region;

    /// <summary>What the register may know of a region.</summary>
    public async Task<RegisterContext> Context(string region, string? hall, CancellationToken stop, Instant? at = null)
    {
        var now = at ?? Now;
        var profile = await profiles.Find(region, now.ToUnixTimeMilliseconds(), stop) ?? throw new PinnedDataMissingException($"profile of region '{region}'");
        return new(now, await pinned.Calendar(stop), await pinned.Profile(profile.Id, profile.Version, stop), await pinned.Hall(hall, stop));
    }
}

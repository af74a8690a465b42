using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Kernel.Registers;

/// <summary>事项库: items from proposal to cancellation. Published versions never change; cases stay on the version they were opened with.</summary>
public static class ItemRegister
{
    /// <summary>Puts an item in past the gate, as fixtures and seeds do: in force from <paramref name="context"/>'s instant, or a draft when it is one or still lacks its lead department.</summary>
    public static RegisterResult Install(ItemTerms terms, RegisterContext context)
    {
        var entry = new ItemEntry { Id = terms.Code };
        if (terms.Status == "draft" || terms.Joint is { Lead: null }) return Propose(entry, terms, context);
        return new RegisterWork(entry with
        {
            Versions = [new ItemVersion(terms with { Status = "in_force" }, context.Now)],
            SuspendedFrom = terms.Status == "suspended" ? context.Now : null,
            CancelledFrom = terms.Status == "cancelled" ? context.Now : null,
            CancellationTold = terms.Status == "cancelled",
        }, context).Done();
    }

    /// <summary>Takes a draft. A joint item without a lead department starts T-LED (CQ-24b).</summary>
    public static RegisterResult Propose(ItemEntry item, ItemTerms draft, RegisterContext context)
    {
        var work = new RegisterWork(item with { Draft = draft with { Status = "draft" } }, context);
        if (draft.Joint is { Lead: null }) work.Start("T-LED");
        return work.Done();
    }

    /// <summary>Acts: <c>publish</c>, <c>designate_lead</c>, <c>suspend_item</c>, <c>resume_item</c>, <c>cancel_item</c>, <c>acknowledge_sync</c>, <c>register_legal_change</c>, <c>adjust_catalogue</c>, <c>publish_catalogue</c>.</summary>
    /// <exception cref="FormatException">The data have the wrong form; nothing was done.</exception>
    public static RegisterResult Apply(ItemEntry item, string act, JsonElement data, RegisterContext context) => act switch
    {
        "publish" => Publish(item, data, context),
        "designate_lead" => DesignateLead(item, data, context),
        "suspend_item" => Suspend(item, data, context),
        "resume_item" => Resume(item, context),
        "cancel_item" => Cancel(item, data, context),
        "acknowledge_sync" => Stop(item, "T-SYN", context),
        "register_legal_change" => Start(item, "T-GDE", "legal_change", context),
        "adjust_catalogue" => Start(item, "T-CAT", "catalogue_change", context),
        "publish_catalogue" => PublishCatalogue(item, context),
        _ => Register.Unknown(item, act),
    };

    static RegisterResult Publish(ItemEntry item, JsonElement data, RegisterContext context)
    {
        if ((item.Draft ?? item.Versions.LastOrDefault()?.Terms) is not { } origin)
            return RegisterResult.Refuse(item, "V-01", "事项没有可发布的内容", "There is nothing to publish");
        var version = RegisterData.NumberOf(data, "version") ?? (item.Draft?.Version ?? origin.Version + 1);
        var next = ScenarioItems.Revise(origin, data) with { Version = version, Status = "in_force" };
        var effective = RegisterData.InstantOf(data, "effective_from") ?? context.Now;
        return PublishVersion(item, next, new PublishRequest(version, context.Now, effective, RegisterData.FlagOf(data, "reported_to_body")), context);
    }

    /// <summary>Publishes a version if the gate lets it through: the version before it ends at the instant at which it takes effect (QS-T4).</summary>
    public static RegisterResult PublishVersion(ItemEntry item, ItemTerms next, PublishRequest request, RegisterContext context)
    {
        if (item.CancelledFrom is not null || item.SuspendedFrom is not null)
            return RegisterResult.Refuse(item, "V-01", "事项已停止执行或者取消，不能发布", "The item is suspended or cancelled and cannot be published", item.StateAt(context.Now));
        if (ItemPublishGate.FirstBlock(ItemPublishGate.CheckTerms(next, item.Versions, request, context.Profile)) is { } block)
            return new RegisterResult(item, [], block.ToRefusal());
        return Published(item with { Draft = null, Versions = Follow(item.Versions, next, request.EffectiveFrom) }, request, context);
    }

    /// <summary>What a publication is followed by, where the gate has let it through and the version stands: it is on record, duties that waited for it are done, the library has to follow.</summary>
    public static RegisterResult Published(ItemEntry item, PublishRequest request, RegisterContext context)
    {
        var work = new RegisterWork(item, context);
        work.Record("version_published", $"{request.Version}");
        if (request.ReportedToBody) work.Record("report_to_body", $"{request.Version}");
        foreach (var duty in new[] { "T-LED", "T-GDE", "T-CAT" }) work.Stop(duty);
        work.Start("T-SYN");
        return work.Done();
    }

    static ImmutableArray<ItemVersion> Follow(ImmutableArray<ItemVersion> versions, ItemTerms next, Instant effective)
    {
        if (versions.Length == 0) return [new ItemVersion(next, effective)];
        var last = versions[^1];
        return last.Number == next.Version ? versions : [.. versions[..^1], last with { EffectiveTo = effective }, new ItemVersion(next, effective)];
    }

    static RegisterResult DesignateLead(ItemEntry item, JsonElement data, RegisterContext context)
    {
        var origin = item.Draft ?? item.Versions.LastOrDefault()?.Terms;
        if (origin?.Joint is not { } joint)
            return RegisterResult.Refuse(item, "CQ-24b", "该事项不是联办事项", "This is not a joint item");
        if (RegisterData.TextOf(data, "lead") is not { } lead)
            return RegisterResult.Refuse(item, "CQ-24b", "请指定牵头部门", "The lead department is missing", "lead");
        var version = item.Draft?.Version ?? origin.Version + 1;
        var work = new RegisterWork(item with { Draft = origin with { Joint = joint with { Lead = lead }, Version = version, Status = "draft" } }, context);
        work.Record("designation", lead);
        work.Stop("T-LED");
        return work.Done();
    }

    static RegisterResult Suspend(ItemEntry item, JsonElement data, RegisterContext context)
    {
        if (item.CancelledFrom is not null || item.SuspendedFrom is not null || item.Versions.IsEmpty)
            return RegisterResult.Refuse(item, "5.6", "事项不在用", "The item is not in force", item.StateAt(context.Now));
        var work = new RegisterWork(item with { SuspendedFrom = From(data, context) }, context);
        work.Record("suspension");
        return work.Done();
    }

    static RegisterResult Resume(ItemEntry item, RegisterContext context)
    {
        if (item.SuspendedFrom is null || item.CancelledFrom is not null)
            return RegisterResult.Refuse(item, "5.6", "事项没有停止执行", "The item is not suspended", item.StateAt(context.Now));
        var work = new RegisterWork(item with { SuspendedFrom = null }, context);
        work.Record("resumption");
        return work.Done();
    }

    /// <summary>The catalogue is published anew in the same act and says from when; new cases are blocked from that moment (CQ-13.1b, CQ-13.2).</summary>
    static RegisterResult Cancel(ItemEntry item, JsonElement data, RegisterContext context)
    {
        if (item.CancelledFrom is not null)
            return RegisterResult.Refuse(item, "5.6", "事项已取消", "The item is cancelled already");
        var from = From(data, context);
        var work = new RegisterWork(item with { CancelledFrom = from }, context);
        work.Start("T-CAT");
        IssueCatalogue(work);
        if (from <= context.Now) TakeEffect(work, (ItemEntry)work.State);
        return work.Done();
    }

    /// <summary>The cancellation takes effect; under <c>inflight.on_cancel</c> = terminate running cases end (TR-43, OP-11).</summary>
    internal static void TakeEffect(RegisterWork work, ItemEntry item)
    {
        work.State = item with { CancellationTold = true };
        work.Record("item_cancelled");
        if (work.Context.Profile.TerminateOnCancel) work.Tell(RegisterFactKind.TerminateCases, item.Id);
    }

    static RegisterResult PublishCatalogue(ItemEntry item, RegisterContext context)
    {
        var work = new RegisterWork(item, context);
        IssueCatalogue(work);
        return work.Done();
    }

    static void IssueCatalogue(RegisterWork work)
    {
        work.Document("政务服务事项目录");
        work.Stop("T-CAT");
    }

    static RegisterResult Start(ItemEntry item, string kind, string record, RegisterContext context)
    {
        var work = new RegisterWork(item, context);
        work.Record(record);
        if (item.Timers.GetValueOrDefault(kind) is not ({ State: TimerState.Running } or { State: TimerState.Fired, DutyStands: true })) work.Start(kind);
        return work.Done();
    }

    static RegisterResult Stop(ItemEntry item, string kind, RegisterContext context)
    {
        var work = new RegisterWork(item, context);
        work.Stop(kind);
        return work.Done();
    }

    // An act cannot take effect in the past.
    static Instant From(JsonElement data, RegisterContext context) => Instant.Max(RegisterData.InstantOf(data, "effective_from") ?? context.Now, context.Now);
}

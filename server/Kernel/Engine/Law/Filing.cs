using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>Consultation, booking, draft and filing: everything up to the receipt (TR-01 … TR-05, 5.4).</summary>
static class Filing
{
    public static ActResult OpenConsultation(Work work, Stimulus.Act act)
    {
        if (NotInForce(work) is { } refusal) return refusal;
        work.Change(facts => facts with { Applicant = facts.Applicant ?? ApplicantOf(act), Channel = act.Data.Text("channel") ?? facts.Channel });
        work.Record("consultation", ("question", act.Data.Text("question")));
        return ActResult.Go("Consulted");
    }

    public static ActResult Answer(Work work, Stimulus.Act act)
    {
        work.Change(facts => facts with { Consultation = "answered" });
        work.StopTimer("T-CON");
        work.Record("consultation_answer", ("text", act.Data.Text("text")));
        work.TellApplicant(new LocalizedText("您的咨询已答复", "Your question has been answered"));
        return ActResult.Go("Answered");
    }

    /// <summary>首问负责: a referral does not pause the clock and does not change the owner (XA-14b).</summary>
    public static ActResult Refer(Work work, Stimulus.Act act)
    {
        work.Record("consultation_referral", ("to", act.Data.Text("to")));
        return ActResult.Stay;
    }

    public static ActResult CloseConsultation(Work work, Stimulus.Act act)
    {
        work.Change(facts => facts with { Consultation = "closed" });
        return ActResult.Go("Closed");
    }

    public static ActResult Book(Work work, Stimulus.Act act)
    {
        if (NotInForce(work) is { } refusal) return refusal;
        work.Change(facts => facts with { Booking = "booked", Applicant = facts.Applicant ?? ApplicantOf(act), Window = act.Data.Text("window") ?? facts.Window });
        work.Record("booking", ("slot", act.Data.Text("slot")), ("window", act.Data.Text("window")));
        return work.State.Tokens.Any(token => token.Node == work.Flow.Nodes[work.Flow.Start].Id) ? ActResult.Go("Booked") : ActResult.Stay;
    }

    public static ActResult CancelBooking(Work work, Stimulus.Act act) => NotBooked(work) is { } refusal ? refusal : Booking(work, "cancelled");

    public static ActResult NoShow(Work work, Stimulus.Act act) => NotBooked(work) is { } refusal ? refusal : Booking(work, "no_show");

    static Refusal? NotBooked(Work work) => work.Facts.Booking == "booked" ? null : Refuse.By("5.4", "没有有效的预约", "There is no booking in force", "booking");

    public static ActResult Arrive(Work work, Stimulus.Act act)
    {
        Booking(work, "arrived");
        return ActResult.Go("Arrived");
    }

    /// <summary>TR-01. At the intake it opens a draft; at a booking it goes on without the visit.</summary>
    public static ActResult CreateDraft(Work work, Stimulus.Act act)
    {
        if (NotInForce(work) is { } refusal) return refusal;
        work.Change(facts => facts with { Applicant = facts.Applicant ?? ApplicantOf(act) });
        return ActResult.Go(work.State.Tokens.Any(token => token.Node == work.Flow.Nodes[work.Flow.Start].Id) ? "Drafted" : "Arrived");
    }

    /// <summary>TR-02.</summary>
    public static ActResult AskPreReview(Work work, Stimulus.Act act) =>
        work.Item.PreReview ? ActResult.Go("PreReviewAsked") : Refuse.By("TR-02", "该事项不提供预审", "This item offers no pre-review");

    /// <summary>TR-03.</summary>
    public static ActResult PreReviewOpinion(Work work, Stimulus.Act act)
    {
        work.StopTimer("T-PRV");
        work.Document("预审意见", ("text", act.Data.Text("text")));
        return ActResult.Go("Opinion");
    }

    /// <summary>TR-04.</summary>
    public static ActResult Submit(Work work, Stimulus.Act act) => Receive(work, act, "online");

    /// <summary>TR-05. A booking or an online step is never demanded first (QS-14b).</summary>
    public static ActResult ReceiveAtWindow(Work work, Stimulus.Act act) => Receive(work, act, "window");

    static ActResult Receive(Work work, Stimulus.Act act, string usual)
    {
        var channel = act.Data.Text("channel") ?? usual;
        if (Forbidden(work, act, channel) is { } refusal) return refusal;
        work.Change(facts => facts with
        {
            Channel = channel,
            ReceiptChannel = channel,
            ReceivedOn = work.Today,
            Window = act.Data.Text("window") ?? act.Actor.Window ?? facts.Window,
            Delivery = act.Data.Text("delivery") ?? facts.Delivery,
            ResultForms = act.Data.Texts("result_forms") ?? facts.ResultForms,
            Licence = LicenceOf(act.Data) ?? facts.Licence,
            Applicant = facts.Applicant ?? ApplicantOf(act),
            Proxy = channel == "proxy" ? act.Actor.Id : facts.Proxy,
            PromiseSigned = act.Data.Flag("promise_signed") ?? facts.PromiseSigned,
            Missing = MissingOf(work, act.Data),
        });
        work.StopTimers("T-CON", "T-PRV");
        Receipts(work, channel);
        ArmRenewal(work);
        return ActResult.Go("Submitted");
    }

    static Refusal? Forbidden(Work work, Stimulus.Act act, string channel)
    {
        if (NotInForce(work) is { } notInForce) return notInForce;
        if (channel is not ("online" or "window" or "terminal" or "proxy"))
            return Refuse.Data("TR-05", "channel", $"渠道“{channel}”不存在", $"There is no channel '{channel}'");
        if (act.Data.Text("delivery") is { } delivery && !work.Profile.DeliveryMethods.Contains(delivery))
            return Refuse.Data("P29", "delivery", $"本地区不提供送达方式“{delivery}”", $"The region does not deliver by '{delivery}'");
        if (channel == "proxy" && work.Profile.ProxyListedOnly && !work.Item.ProxyListed)
            return Refuse.By("FT-19", "该事项不在嘎查村（社区）代办清单内", "The item is not on the list of items that village stations may file");
        if (channel == "proxy" && act.Data.Flag("authorised") == false)
            return Refuse.By("AQ-3.3b", "代办须有申请人授权", "A proxy needs the applicant's authorisation");
        return null;
    }

    /// <summary>FT-01: only items in force open cases (XA-7.1c, CQ-13.2).</summary>
    static Refusal? NotInForce(Work work) => work.Context.Item is { Status: "in_force" } || (work.Context.Item is null && work.Flow.Purpose != Graph.FlowPurpose.Service)
        ? null
        : Refuse.By("FT-01", $"事项“{work.Item.Name}”未列入目录或已停止、取消，不能收件", "The item is not in force: it is unlisted, suspended or cancelled", work.Item.Status);

    static void Receipts(Work work, string channel)
    {
        work.Document("收件回执", ("materials", work.Item.Materials.Keys.Except(work.Facts.Missing)), ("received_on", work.Today), ("channel", channel));
        if (channel == "proxy") work.Document("代办记录", ("proxy", work.Facts.Proxy));
        if (work.Facts.PromiseSigned && work.Item.PromiseMode is { } promise)
        {
            work.Document("告知书", ("text", promise.Text), ("liability", promise.Liability), ("supervision", promise.Supervision));
            work.Document("告知承诺书", ("waives", promise.Waives), ("signed_on", work.Today));
        }
    }

    /// <summary>T-EXT is armed at the filing and never rolls (XA-17.4, C-7).</summary>
    static void ArmRenewal(Work work)
    {
        if (!work.Item.Renewable || work.Facts.Licence?.ValidTo is not { } validTo) return;
        if (validTo < work.Today) work.Flag("licence_expired");
        else if (validTo < TimerMath.LastDate) work.StartTimer("T-EXT", new Clocks.TimeLimit(0, Clocks.LimitUnit.Date, Rolls: false, Date: validTo));
    }

    static ImmutableArray<string> MissingOf(Work work, JsonElement data)
    {
        if (data.Texts("missing") is { } missing) return [.. missing.Where(id => work.Item.Materials.TryGetValue(id, out var material) && !material.Exempt)];   // XA-10.4a
        if (data.Texts("materials") is not { } given) return [];
        return [.. work.Item.Materials.Where(material => !material.Value.Exempt && !given.Contains(material.Key)).Select(material => material.Key)];
    }

    static LicenceInHand? LicenceOf(JsonElement data)
    {
        var licence = data.Member("licence");
        if (licence.ValueKind != JsonValueKind.Object || licence.Text("no") is not { } no) return null;
        return new LicenceInHand(no, LocalDatePattern.Iso.Parse(licence.Text("valid_to") ?? "") is { Success: true } date ? date.Value : null);
    }

    static string? ApplicantOf(Stimulus.Act act) => act.Data.Text("applicant") ?? (act.Actor.Role == "applicant" ? act.Actor.Id : null);

    static ActResult Booking(Work work, string state)
    {
        work.Change(facts => facts with { Booking = state });
        return ActResult.Stay;
    }
}

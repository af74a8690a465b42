using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Demonstration;

/// <summary>Up to the receipt: consultation, booking, draft, filing (TR-01 … TR-05, 5.4).</summary>
sealed partial class CaseScript
{
    readonly string window, applicant;
    readonly bool person;
    string channel = "online";
    string delivery = "window";
    string[] lacking = [];
    bool promised;
    LocalDate? validTo;

    /// <summary>The applicant, known by account or by name.</summary>
    Actor Applicant => channel == "proxy" ? scene.Agent : new(Named, "applicant");

    /// <summary>The case belongs to the account of the region's demonstration applicant.</summary>
    public CaseScript Own()
    {
        Owner = scene.ApplicantAccount;
        return this;
    }

    /// <summary>The applicant wants the result by this way, if the region has it (P29).</summary>
    public CaseScript WantsBy(string way)
    {
        delivery = scene.Profile.DeliveryMethods.Contains(way) ? way : "window";
        return this;
    }

    public CaseScript Consult(string question) => Do("open_consultation", Applicant, ("channel", "online"), ("question", question), ("applicant", Named));

    public CaseScript Answer() => Do("answer", scene.Who("guide"), ("text", $"请按《{scene.Terms.Name}》办事指南准备材料，可网上提交，也可到窗口办理。"));

    public CaseScript CloseConsultation() => Do("close_consultation", scene.Who("guide"));

    /// <summary>A visit so many working days from now; negative for one that should have been so many working days back.</summary>
    public CaseScript Book(int inDays) => Do("book", Applicant, ("slot", $"{Iso(inDays > 0 ? days.Coming(inDays) : days[-inDays])} {dice.Between(9, 15):00}:30"), ("window", window), ("applicant", Named));

    public CaseScript CancelBooking() => Do("cancel_booking", Applicant);

    public CaseScript NoShow() => Do("no_show", scene.Who("guide"));

    public CaseScript Arrive() => Do("arrive", scene.Who("guide"));

    public CaseScript Draft() => Do("create_draft", Applicant, ("applicant", Named));

    public CaseScript AskPreReview() => Do("ask_pre_review", Applicant);

    public CaseScript PreReviewed() => Do("pre_review_opinion", Acceptor, ("text", "材料基本齐全，平面图请补标面积后提交。"));

    /// <summary>Filed online, with everything but what is named.</summary>
    public CaseScript Submit(params string[] missing) => File("submit", Applicant, "online", missing);

    /// <summary>Filed at a window.</summary>
    public CaseScript Receive(params string[] missing) => File("receive", Acceptor, "window", missing);

    /// <summary>Filed by the applicant at a terminal.</summary>
    public CaseScript AtTerminal() => File("receive", Applicant, "terminal", []);

    /// <summary>Filed by an agent (AQ-3.3b): the agent's account follows it.</summary>
    public CaseScript ByProxy()
    {
        Owner = scene.Agent.Id;
        return File("receive", scene.Agent, "proxy", []);
    }

    /// <summary>Filed with the promise that replaces what it may (CQ-23).</summary>
    public CaseScript WithPromise()
    {
        promised = true;
        return Submit([.. scene.Terms.PromiseMode!.Waives]);
    }

    /// <summary>A renewal of a licence that is valid to the working day so many days back, or for so many more calendar days.</summary>
    public CaseScript Renewing(int endedBack) => Renewing(days[endedBack]);

    public CaseScript RenewingIn(int calendarDays) => Renewing(Kernel.Clocks.LegalTime.DateOf(days.Now).PlusDays(calendarDays));

    CaseScript Renewing(LocalDate end)
    {
        validTo = end;
        return this;
    }

    CaseScript File(string act, Actor actor, string by, string[] missing)
    {
        (channel, lacking) = (by, missing);
        return Do(act, actor, ("channel", by), ("window", by == "window" ? window : null), ("applicant", by == "proxy" ? applicant : Named), ("missing", missing),
            ("delivery", delivery), ("promise_signed", promised ? true : null), ("authorised", by == "proxy" ? true : null), ("licence", Licence()));
    }

    object? Licence() => scene.Terms.Renewable
        ? new { no = $"{scene.Region}{dice.Between(2019, 2022)}{dice.Between(1000, 9999)}", valid_to = Iso(validTo ?? Kernel.Clocks.LegalTime.DateOf(at).PlusDays(dice.Between(80, 120))) }
        : null;

    string Named => Owner ?? applicant;

    Actor Acceptor => scene.Who("acceptor", window);

    static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}

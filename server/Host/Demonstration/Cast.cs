using System.Collections.Immutable;

namespace Orchestrator.Host.Demonstration;

/// <summary>One demonstration case.</summary>
/// <param name="Item">Code of its item.</param>
/// <param name="Age">Working days since it was opened.</param>
/// <param name="Play">What happens to it.</param>
sealed record Part(string Item, int Age, Action<CaseScript> Play);

/// <summary>
/// The two hundred: first those that show one thing each, so that everything the law knows is to be seen in the hall on any day; then
/// everyday cases of all items in turn, old and new.
/// </summary>
static partial class Cast
{
    public const int Count = 200;

    /// <summary>All parts, over the items that there are.</summary>
    public static IEnumerable<Part> All(IReadOnlyList<string> items)
    {
        var featured = Featured.Where(part => items.Contains(part.Item)).ToList();
        return featured.Concat(Enumerable.Range(0, Count - featured.Count).Select(n => new Part(items[n % items.Count], AgeOf(n, items.Count), Everyday)));
    }

    /// <summary>Of three everyday cases of an item one is long done, one is in the middle and one is new.</summary>
    static int AgeOf(int n, int items) => (n / items % 3) switch
    {
        0 => 18 + n * 7 % 21,
        1 => 4 + n * 5 % 14,
        _ => n % 4,
    };

    static ImmutableArray<Part> Featured => [.. Beginnings, .. Acceptances, .. Reviews, .. Decisions, .. Deliveries, .. Ratings];

    /// <summary>Consultations, bookings, drafts, pre-reviews (S-01, S-02).</summary>
    static ImmutableArray<Part> Beginnings =>
    [
        new("XA-SJ-001", 0, c => c.Recently(3).Own().Consult("小餐饮店需要办理食品经营许可还是备案？")),
        new("CQ-SJ-002", 0, c => c.Recently(5).Consult("公司设立登记可以全程网上办理吗？")),
        new("AQ-MZ-002", 4, c => c.Consult("最低生活保障申请由谁提出？")),   // nobody answers: T-CON is over
        new("QS-JY-001", 6, c => c.Consult("民办幼儿园的场地有什么要求？").After(1).Answer()),
        new("NX-RS-001", 9, c => c.Consult("人力资源服务许可对场所面积有要求吗？").Answer()),
        new("XA-RS-001", 12, c => c.Consult("劳务派遣注册资本的要求是多少？").Answer()),
        new("CQ-CG-001", 10, c => c.Consult("占道施工许可可以延期吗？").CloseConsultation()),
        new("CQ-WJ-001", 1, c => c.Book(2)),
        new("XA-WJ-001", 2, c => c.Own().Book(1)),
        new("QS-SJ-002", 1, c => c.Book(3)),
        new("NX-SP-001", 8, c => c.Book(-5).On(5).NoShow()),
        new("QS-RS-001", 7, c => c.Book(-4).After(1).CancelBooking()),
        new("AQ-ZF-001", 6, c => c.Book(-3).On(3).Arrive()),
        new("XA-JT-001", 3, c => c.Own().Draft()),
        new("CQ-XF-001", 5, c => c.Draft()),
        new("AQ-LC-001", 1, c => c.Draft()),
        new("NX-WJ-001", 0, c => c.Recently(2).Draft().AskPreReview()),
        new("NX-JT-001", 4, c => c.Draft().AskPreReview()),   // the opinion is late
        new("NX-SP-001", 3, c => c.Own().Draft().AskPreReview().After(1).PreReviewed()),
    ];

    /// <summary>Receipt, correction, tolerance, promise, silence (S-03 … S-06, S-18, S-19).</summary>
    static ImmutableArray<Part> Acceptances =>
    [
        new("XA-SJ-001", 0, c => c.Recently(4).Own().Submit()),
        new("CQ-SJ-001", 0, c => c.Recently(2).Submit()),
        new("NX-SP-001", 0, c => c.Recently(3).Submit()),
        new("QS-WJ-001", 0, c => c.Recently(5).Submit()),
        new("AQ-MZ-001", 0, c => c.Recently(1).ByProxy()),
        new("XA-WJ-001", 3, c => c.Submit()),          // silence beyond the day: an order goes out (XA-36.1)
        new("NX-JT-001", 2, c => c.Receive()),
        new("AQ-LC-001", 4, c => c.Submit()),
        new("CQ-SJ-001", 4, c => c.Submit()),          // silence accepts (CQ-18.1b)
        new("CQ-CG-002", 3, c => c.Receive()),
        new("CQ-CG-001", 12, c => c.Submit().On(5).Review()),
        new("CQ-XF-001", 16, c => c.Submit().On(13).Review().After(1).Approve().Ready().After(2).HandOver().Close()),
        new("XA-SJ-001", 2, c => c.Own().Submit("M04").Correct()),
        new("NX-WJ-001", 1, c => c.Receive("M05").Correct()),
        new("CQ-ZJ-001", 6, c => c.Submit("M07").Correct()),
        new("AQ-ZF-001", 4, c => c.Receive("M06").Correct()),
        new("QS-XF-001", 3, c => c.Submit("M04").Correct()),
        new("XA-RS-001", 13, c => c.Submit("M08").Correct()),   // no supplement came: deemed withdrawn
        new("CQ-WJ-001", 17, c => c.Submit("M07").Correct()),
        new("XA-WJ-001", 9, c => c.Submit("M05").Correct().After(3).Resubmit().Accept()),
        new("QS-RS-001", 8, c => c.Receive("M06").Correct().After(4).Resubmit().After(1).Accept()),
        new("XA-SJ-001", 3, c => c.Receive("M05").AcceptTolerant()),
        new("NX-SP-001", 2, c => c.Submit("M05").AcceptTolerant()),
        new("CQ-CG-002", 5, c => c.Receive("M04").AcceptTolerant()),
        new("QS-ZJ-001", 4, c => c.Submit("M04").AcceptTolerant().After(2).Supply()),
        new("XA-JT-001", 5, c => c.Submit("M06").AcceptTolerant().After(1).Supply().After(1).Conforms()),
        new("CQ-CG-001", 9, c => c.Receive("M05").AcceptTolerant().After(4).Supply().Conforms()),
        new("XA-WJ-001", 10, c => c.Receive("M06").AcceptTolerant()),   // late: only a denial is legal (XA-16.3b)
        new("QS-RS-001", 14, c => c.Submit("M07").AcceptTolerant().On(6).Deny().FileNegation()),
        new("NX-WJ-001", 6, c => c.Receive("M06").AcceptTolerant().After(2).Supply().After(1).DoesNotConform()),
        new("CQ-JT-001", 15, c => c.Submit("M04").AcceptTolerant()),    // late: deemed withdrawn, as the notice said (CQ-19b)
        new("NX-RS-001", 5, c => c.WithPromise().AcceptPromise()),
        new("CQ-CG-001", 6, c => c.WithPromise().AcceptPromise().After(2).Review()),
        new("QS-RS-001", 19, c => c.WithPromise().AcceptPromise().After(2).Review().Approve().Ready().After(1).HandOver().Close().After(9).CheckPromise(kept: true)),
        new("NX-RS-001", 24, c => c.WithPromise().AcceptPromise().After(2).Review().Approve().Ready().After(1).HandOver().Close().After(12).CheckPromise(kept: false)),
        new("QS-SJ-001", 7, c => c.Receive().RefuseAcceptance()),       // the refusal waits for its filing (QS-6c)
        new("QS-ZJ-001", 15, c => c.Receive().RefuseAcceptance().After(1).FileNegation()),
        new("XA-JT-001", 16, c => c.Submit().RefuseAcceptance()),
        new("CQ-XF-001", 1, c => c.Receive().RefuseAcceptance()),
        new("XA-RS-002", 8, c => c.AtTerminal().Accept().Review().Approve().Ready().HandOver().Close()),
    ];

    /// <summary>Review, special procedures, joint review, interruptions (S-07 … S-09, S-20 … S-22).</summary>
    static ImmutableArray<Part> Reviews =>
    [
        new("XA-SJ-001", 4, c => c.Receive().Accept()),
        new("XA-SJ-001", 8, c => c.Submit().Accept()),                  // promise broken, statutory limit near
        new("XA-SJ-001", 14, c => c.Own().Receive().Accept()),          // statutory limit broken too
        new("QS-SJ-001", 4, c => c.Submit().Accept()),
        new("NX-SP-001", 7, c => c.Receive().Accept()),
        new("AQ-MZ-001", 13, c => c.ByProxy().Accept()),
        new("CQ-SJ-001", 5, c => c.Receive().Accept()),
        new("XA-SJ-001", 3, c => c.Submit().Accept().After(1).StartSpecial()),
        new("NX-WJ-001", 6, c => c.Receive().Accept().After(1).StartSpecial()),
        new("QS-JY-001", 20, c => c.Submit().Accept().After(2).StartSpecial()),
        new("CQ-WJ-001", 14, c => c.Receive().Accept().After(2).StartSpecial()),   // the promise runs on (CQ-25.2)
        new("AQ-LC-001", 14, c => c.Submit().Accept().After(1).StartSpecial()),    // the procedure itself is late
        new("XA-WJ-001", 12, c => c.Submit().Accept().After(1).StartSpecial().After(4).FinishSpecial()),
        new("CQ-YJS-001", 2, c => c.Submit().Accept()),
        new("CQ-YJS-001", 5, c => c.Receive().Accept().After(2).Branch("cq-scjg")),
        new("CQ-YJS-001", 7, c => c.Submit().Accept().After(1).StartSpecial("cq-scjg").After(2).Branch("cq-cgj")),
        new("CQ-YJS-001", 12, c => c.Submit().Accept().After(2).Branch("cq-scjg").After(2).Branch("cq-cgj")),   // one branch and the whole are late
        new("CQ-YJS-001", 9, c => c.Receive().Accept().After(2).Branch("cq-scjg").After(1).Branch("cq-cgj").After(2).Branch("cq-xf", agrees: false)),
        new("CQ-YJS-001", 20, c => c.Submit().Accept().After(2).Branch("cq-cgj").Branch("cq-scjg").After(3).Branch("cq-xf").After(1).Approve().Ready().After(1).HandOver().Close().Rate(5)),
        new("XA-RS-001", 7, c => c.Submit().Accept().After(2).Suspend()),
        new("QS-JY-001", 11, c => c.Receive().Accept().After(4).Suspend()),
        new("CQ-ZJ-001", 15, c => c.Submit().Accept().After(2).Suspend().After(8).Resume()),
        new("XA-RS-001", 11, c => c.Own().Submit().Accept().After(3).Withdraw()),
        new("NX-JT-001", 9, c => c.Submit().Withdraw()),
        new("QS-ZJ-001", 10, c => c.Receive().Accept().After(2).Terminate()),
        new("CQ-CG-002", 18, c => c.Submit().Accept().After(1).Terminate()),
        new("XA-SJ-002", 5, c => c.RenewingIn(3).Submit().Accept()),    // the licence ends before the promise does
        new("XA-WJ-002", 4, c => c.RenewingIn(12).Receive().Accept().After(2).Review()),
        new("QS-WJ-001", 7, c => c.RenewingIn(5).Submit().Accept()),
        new("CQ-JT-001", 3, c => c.RenewingIn(20).Submit().Accept()),
    ];
}

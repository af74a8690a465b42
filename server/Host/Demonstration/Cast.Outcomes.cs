using System.Collections.Immutable;

namespace Orchestrator.Host.Demonstration;

static partial class Cast
{
    /// <summary>Decisions made, overdue, or made by the law (S-10 … S-13).</summary>
    static ImmutableArray<Part> Decisions =>
    [
        new("XA-SJ-001", 4, c => c.Submit().Accept().After(2).Review()),
        new("NX-SP-001", 9, c => c.Receive().Accept().After(2).Review()),              // the decision is late
        new("QS-XF-001", 3, c => c.Submit().Accept().After(1).Review()),
        new("XA-JT-001", 4, c => c.Own().Receive().Accept().After(1).Review().After(1).Approve()),
        new("CQ-CG-002", 4, c => c.Submit().Accept().After(1).Review().Approve()),
        new("NX-JT-001", 6, c => c.Submit().Accept().After(2).Review().Approve()),     // the result is late at the window (NX-2.3.2b)
        new("XA-WJ-001", 6, c => c.Receive().Accept().After(3).ReviewNegative().After(1).Deny()),
        new("QS-SJ-001", 6, c => c.Submit().Accept().After(2).ReviewNegative().Deny()),   // neither filed nor delivered yet
        new("AQ-MZ-002", 12, c => c.ByProxy().Accept().After(5).ReviewNegative().After(2).Deny()),
        new("XA-SJ-002", 14, c => c.Renewing(4).Submit().Accept()),                    // undecided when the licence ended: deemed extended (XA-17.4b)
        new("XA-WJ-002", 16, c => c.Renewing(9).Receive().Accept().After(3).Review().On(6).Ready()),
        new("XA-SJ-002", 24, c => c.Renewing(15).Own().Submit().Accept().On(13).Ready().After(2).HandOver().Close().Rate(3)),
    ];

    /// <summary>Results that wait, travel and arrive (S-14 … S-17).</summary>
    static ImmutableArray<Part> Deliveries =>
    [
        new("XA-WJ-001", 8, c => c.Own().Receive().Accept().After(2).Review().After(1).Approve().Ready()),
        new("CQ-ZJ-001", 7, c => c.Submit().Accept().After(2).Review().Approve().After(1).Ready()),
        new("QS-RS-001", 25, c => c.Receive().Accept().After(4).Review().Approve().Ready()),   // nobody fetches it
        new("XA-SJ-001", 7, c => c.WantsBy("mail").Submit().Accept().After(2).Review().Approve().Ready().After(1).Post()),
        new("NX-SP-001", 8, c => c.WantsBy("mail").Submit().Accept().After(2).Review().Approve().Ready().After(1).Post()),
        new("CQ-SJ-001", 9, c => c.WantsBy("mail").Submit().Accept().After(2).Review().Approve().Ready().After(1).Post().After(3).Returned()),
        new("QS-SJ-001", 11, c => c.WantsBy("mail").Submit().Accept().After(2).Review().Approve().Ready().Post().After(2).Signed()),
        new("XA-JT-001", 8, c => c.Receive().Accept().After(1).Review().Approve().Ready().After(1).HandOver()),
        new("AQ-ZF-001", 16, c => c.Receive().Accept().After(5).Review().After(3).Approve().Ready().After(1).HandOver()),
    ];

    /// <summary>Ratings good and bad, with tickets in all their states (5.5).</summary>
    static ImmutableArray<Part> Ratings =>
    [
        new("XA-RS-002", 3, c => Done(c).Rate(1)),
        new("CQ-SJ-002", 4, c => Done(c).Rate(2).After(1).Dispatch()),
        new("QS-SJ-002", 5, c => Done(c).Rate(1).Dispatch().After(2).Verify(reasonable: true)),
        new("NX-GA-001", 5, c => Done(c).Rate(2, realName: false).After(1).Verify(reasonable: false)),
        new("AQ-RS-001", 6, c => Done(c).Rate(1).After(1).Verify(reasonable: true).After(1).Rectify()),
        new("CQ-SJ-002", 7, c => Done(c).Rate(2).After(1).Verify(reasonable: false).After(1).Explain()),
        new("QS-SJ-002", 8, c => Done(c).Rate(1).Dispatch().After(1).Verify(reasonable: true).After(1).Rectify().After(1).Feedback()),
        new("QS-SJ-002", 10, c => Done(c).Rate(2).Dispatch().After(1).Verify(reasonable: true).After(1).Rectify().After(1).Feedback().After(1).CallBack()),
        new("NX-RS-002", 15, c => Done(c).Rate(1).After(1).Verify(reasonable: true).After(1).Rectify().After(1).Feedback().After(1).CallBack().CloseTicket()),
        new("XA-RS-002", 18, c => Done(c).Rate(2)),   // nobody took it up within seven days
        new("AQ-WJ-001", 2, c => Done(c).Rate(5)),
    ];

    /// <summary>Done on the day of receipt: at the window itself, or by three people where the acceptor may not decide (P22).</summary>
    static CaseScript Done(CaseScript c) => c.Scene.Profile.StrictSeparation
        ? c.Receive().Accept().Review().Approve().Ready().HandOver().Close()
        : c.Receive().OnTheSpot().Ready().HandOver().Close();

    /// <summary>What happens to most cases: filed, accepted, reviewed, decided, delivered, closed and often rated.</summary>
    static void Everyday(CaseScript c) => c.Everyday();
}

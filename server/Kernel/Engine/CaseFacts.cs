using System.Collections.Immutable;
using NodaTime;

namespace Orchestrator.Kernel.Engine;

/// <summary>Facts of a case that the guards of TR and FT rules read. Words are those of docs/RULES.md.</summary>
public sealed record CaseFacts
{
    /// <summary>online, window, terminal or proxy.</summary>
    public string? Channel { get; init; }
    /// <summary>Channel of the last receipt (a resubmission may come by another one); decides on T-ACC or T-SPT.</summary>
    public string? ReceiptChannel { get; init; }
    /// <summary>Window where it was received.</summary>
    public string? Window { get; init; }
    /// <summary>Window where it was accepted; under P24 it must deliver (NX-2.3a).</summary>
    public string? AcceptWindow { get; init; }
    /// <summary>Chosen delivery: window, online, mail or agent.</summary>
    public string? Delivery { get; init; }
    /// <summary>Result forms asked for.</summary>
    public ImmutableArray<string> ResultForms { get; init; } = [];
    /// <summary>Licence to renew.</summary>
    public LicenceInHand? Licence { get; init; }
    /// <summary>Who filed it.</summary>
    public string? Applicant { get; init; }
    /// <summary>Proxy who filed it.</summary>
    public string? Proxy { get; init; }
    /// <summary>Whether the promise in place of proof, or of supply, was signed.</summary>
    public bool PromiseSigned { get; init; }
    /// <summary>Materials of the guide not handed in yet.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];
    /// <summary>Materials named in correction notices so far.</summary>
    public ImmutableArray<string> Named { get; init; } = [];
    /// <summary>Correction notices issued (P49).</summary>
    public int CorrectionRounds { get; init; }
    /// <summary>Day of receipt, or of the last resubmission; deemed acceptance takes it .</summary>
    public LocalDate? ReceivedOn { get; init; }
    /// <summary>acceptance_mode: normal, on_the_spot, tolerance, promise or deemed.</summary>
    public string? Mode { get; init; }
    /// <summary>Day of acceptance.</summary>
    public LocalDate? AcceptedOn { get; init; }
    /// <summary>Who accepted; under strict P22 this person may not decide.</summary>
    public string? Acceptor { get; init; }
    /// <summary>none, outstanding, pending_check, cleared or failed.</summary>
    public string Tolerance { get; init; } = "none";
    /// <summary>Materials outstanding under tolerance.</summary>
    public ImmutableArray<string> Outstanding { get; init; } = [];
    /// <summary>What the tolerance notice said of lateness: deny_with_reasons or deemed_withdrawn (P07).</summary>
    public string? OverdueEffect { get; init; }
    /// <summary>Day on which everything outstanding was supplied (CQ-19d).</summary>
    public LocalDate? SuppliedOn { get; init; }
    /// <summary>denied when only a denial is legal (XA-16.3b).</summary>
    public string? ForcedOutcome { get; init; }
    /// <summary>approved, denied or deemed_extended once decided.</summary>
    public string? Decision { get; init; }
    /// <summary>Who decided.</summary>
    public string? Decider { get; init; }
    /// <summary>Whether the promised limit was kept; null before the decision.</summary>
    public bool? OnTime { get; init; }
    /// <summary>Kind of the special procedure that is going on.</summary>
    public string? Special { get; init; }
    /// <summary>none, open or filed (否定备案).</summary>
    public string Negation { get; init; } = "none";
    /// <summary>Consultation: open, answered or closed; null for none.</summary>
    public string? Consultation { get; init; }
    /// <summary>Booking: booked, arrived, cancelled or no_show; null for none.</summary>
    public string? Booking { get; init; }
    /// <summary>Facts of a bad-review ticket; null for ordinary cases.</summary>
    public TicketFacts? Ticket { get; init; }
}

/// <summary>Facts of a bad-review ticket (5.5).</summary>
/// <param name="CaseNo">The case that was rated.</param>
/// <param name="Score">1 or 2.</param>
/// <param name="RealName">Whether the rater gave a name; decides on the call-back (P33).</param>
/// <param name="Channel">Where the rating came from.</param>
/// <param name="Reasonable">Result of the verification; null before.</param>
/// <param name="Acted">Whether rectification or explanation was recorded.</param>
/// <param name="FeedbackGiven">Whether the rater was answered.</param>
/// <param name="CalledBack">Whether the rater was called back.</param>
public sealed record TicketFacts(string CaseNo, int Score, bool RealName, string? Channel, bool? Reasonable = null, bool Acted = false, bool FeedbackGiven = false, bool CalledBack = false);

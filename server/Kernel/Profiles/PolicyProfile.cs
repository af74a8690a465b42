using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Profiles;

/// <summary>One parameter of a profile: its value and whether the regional text states it (S) or it is an inferred default (I).</summary>
/// <param name="Key">P01…P60, or a named switch such as <c>inflight.on_cancel</c>.</param>
/// <param name="Value">The value as text: a limit (<c>1wd</c>, <c>ots</c>), a word (<c>escalate</c>), <c>true</c>/<c>false</c>, or words separated by <c>、</c>.</param>
/// <param name="Stated">True when the regional rule states it.</param>
/// <param name="Basis">Rule ids.</param>
public sealed record PolicyParameter(string Key, string Value, bool Stated, string Basis);

/// <summary>
/// 区域参数: what the regional rules set differently (P01–P60), as versioned data. A case is pinned to the
/// profile version that was in force when it was opened.
/// </summary>
public sealed class PolicyProfile
{
    readonly ImmutableSortedDictionary<string, PolicyParameter> parameters;

    /// <summary>Builds a profile.</summary>
    public PolicyProfile(string id, int version, LocalizedText title, ImmutableSortedDictionary<string, PolicyParameter> parameters)
    {
        Id = id;
        Version = version;
        Title = title;
        this.parameters = parameters;
        SpecialKinds = Words("P18").ToImmutableHashSet();
        PromiseExclusions = Words("P37").ToImmutableHashSet();
        ForbiddenWords = Words("P40");
        EvaluationTriggers = Words("P30").ToImmutableHashSet();
        DeliveryMethods = Words("P29").ToImmutableHashSet();
    }

    /// <summary>XA, AQ, CQ, NX or QS.</summary>
    public string Id { get; }
    /// <summary>Version of the data.</summary>
    public int Version { get; }
    /// <summary>Name of the region.</summary>
    public LocalizedText Title { get; }
    /// <summary>All parameters by key.</summary>
    public IReadOnlyDictionary<string, PolicyParameter> Parameters => parameters;

    /// <summary>The value of a parameter; empty when the profile does not have it.</summary>
    public string this[string key] => parameters.TryGetValue(key, out var parameter) ? parameter.Value : "";

    /// <summary>P01: acceptance decision at the window.</summary>
    public TimeLimit AcceptLimitWindow => Limit("P01", "1wd");
    /// <summary>P02: acceptance decision online, at terminals and by proxy.</summary>
    public TimeLimit AcceptLimitOnline => Limit("P02", "1wd");
    /// <summary>P03: <c>escalate</c> or <c>deemed_accepted_from_receipt</c> when the agency stays silent.</summary>
    public string AcceptTimeoutEffect => this["P03"];
    /// <summary>P05: correction period where the item sets none.</summary>
    public TimeLimit CorrectionPeriod => Limit("P05", "5wd");
    /// <summary>P06: <c>deemed_withdrawn</c> or <c>not_accepted</c>.</summary>
    public string CorrectionTimeoutEffect => this["P06"];
    /// <summary>P07: <c>deny_with_reasons</c>, <c>as_notified</c> or <c>n/a</c>.</summary>
    public string ToleranceTimeoutEffect => this["P07"];
    /// <summary>P09: whether tolerance needs a written promise.</summary>
    public bool TolerancePromiseRequired => Is("P09");
    /// <summary>P10: whether tolerance exists.</summary>
    public bool ToleranceEnabled => Is("P10");
    /// <summary>P11: whether the promised clock starts only when the supplement is complete.</summary>
    public bool ToleranceClockStartsOnCompletion => this["P11"] == "start_on_completion";
    /// <summary>P12: forms of a valid correction notice, words of paper, electronic, oral.</summary>
    public ImmutableArray<string> CorrectionForms => Words("P12");
    /// <summary>P13: whether an undecided renewal is deemed extended.</summary>
    public bool DeemedExtension => Is("P13");
    /// <summary>P14: whether the promised limit must be strictly less than the statutory one.</summary>
    public bool PromisedStrictlyLess => this["P14"] == "<";
    /// <summary>P15: whether the promised limit may be prolonged.</summary>
    public bool PromiseExtendable => Is("P15");
    /// <summary>P16: whether special procedures pause the main clocks.</summary>
    public bool SpecialPausesMainClock => this["P16"] == "pause";
    /// <summary>P18: allowed kinds of special procedure.</summary>
    public ImmutableHashSet<string> SpecialKinds { get; }
    /// <summary>P19: name of the acceptance document.</summary>
    public string AcceptanceDocument => this["P19"];
    /// <summary>P20: <c>true</c>, <c>false</c> or <c>non_promise</c> (may be omitted for items that are not 承诺件).</summary>
    public string AcceptanceDocumentOptional => this["P20"];
    /// <summary>P22: whether acceptor and decider must differ.</summary>
    public bool StrictSeparation => this["P22"] == "strict";
    /// <summary>P23: whether refusals must be filed (否定备案).</summary>
    public bool NegationFiling => Is("P23");
    /// <summary>P24: whether the accepting window must deliver.</summary>
    public bool DeliverAtAcceptingWindow => this["P24"] == "same_as_acceptance";
    /// <summary>P25: limit for the result to reach the window; null where it is only a target.</summary>
    public TimeLimit? ResultToWindowLimit => TimeLimit.TryParse(this["P25"], out var limit) ? limit : null;
    /// <summary>P28: whether the electronic licence is obligatory.</summary>
    public bool ElectronicLicenceObligatory => this["P28"].Contains("electronic_obligatory", StringComparison.Ordinal);
    /// <summary>P29: allowed delivery ways: window, online, mail, agent.</summary>
    public ImmutableHashSet<string> DeliveryMethods { get; }
    /// <summary>P30: <c>acceptance</c> and/or <c>completion</c> and/or <c>visit</c>.</summary>
    public ImmutableHashSet<string> EvaluationTriggers { get; }
    /// <summary>P31 and P32: rectification limit of a bad review, with the roll of P59.</summary>
    public TimeLimit BadReviewLimit =>
        new(Limit("P31", "7cd").Count, this["P32"] == "working" ? LimitUnit.WorkingDays : LimitUnit.CalendarDays, CalendarDaysRoll);
    /// <summary>P33: whether a real-name bad review must be called back.</summary>
    public bool CallBackRequired => this["P33"] == "real_name_required";
    /// <summary>P36: whether promise in place of proof exists.</summary>
    public bool PromiseEnabled => Is("P36");
    /// <summary>P37: classes excluded from it.</summary>
    public ImmutableHashSet<string> PromiseExclusions { get; }
    /// <summary>P38: whether a proxy may file only listed items.</summary>
    public bool ProxyListedOnly => this["P38"].StartsWith("listed_items", StringComparison.Ordinal);
    /// <summary>P40: forbidden catch-all words.</summary>
    public ImmutableArray<string> ForbiddenWords { get; }
    /// <summary>P49: how many correction notices may list demands.</summary>
    public int CorrectionRoundsMax => int.TryParse(this["P49"], out var rounds) ? rounds : 1;
    /// <summary>P51: policy publication limit; null where off.</summary>
    public TimeLimit? PolicyPublicationLimit => TimeLimit.TryParse(this["P51"], out var limit) ? limit : null;
    /// <summary>P56: deemed extension only for accepted cases.</summary>
    public bool RenewalNeedsAcceptance => this["P56"] != "false";
    /// <summary>P59: whether calendar-day limits roll to a working day.</summary>
    public bool CalendarDaysRoll => this["P59"] is not ("no_roll" or "false");
    /// <summary>P60: whether the applicant may withdraw before the decision.</summary>
    public bool WithdrawalAllowed => this["P60"] is not ("false" or "not_allowed");
    /// <summary><c>inflight.on_cancel</c>: whether running cases end when their item is cancelled.</summary>
    public bool TerminateOnCancel => this["inflight.on_cancel"] == "terminate";

    /// <summary>A copy with some values replaced, for scenarios and what-if runs.</summary>
    public PolicyProfile With(IEnumerable<KeyValuePair<string, string>> overrides)
    {
        var changed = parameters.ToBuilder();
        foreach (var (key, value) in overrides)
            changed[key] = changed.TryGetValue(key, out var old) ? old with { Value = value, Stated = false } : new PolicyParameter(key, value, false, "");
        return new PolicyProfile(Id, Version, Title, changed.ToImmutable());
    }

    /// <summary>Reads <c>{id, version, title:{zh,en}, parameters:{P01:{value, stated, basis}}}</c>.</summary>
    /// <exception cref="FormatException">The text does not have that form.</exception>
    public static PolicyProfile Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var title = root.GetProperty("title");
            return new PolicyProfile(
                root.GetProperty("id").GetString()!, root.GetProperty("version").GetInt32(),
                new LocalizedText(title.GetProperty("zh").GetString()!, title.GetProperty("en").GetString()!),
                root.GetProperty("parameters").EnumerateObject().ToImmutableSortedDictionary(p => p.Name, p => new PolicyParameter(
                    p.Name, p.Value.GetProperty("value").GetString()!, p.Value.GetProperty("stated").GetBoolean(),
                    p.Value.TryGetProperty("basis", out var basis) ? basis.GetString()! : ""), StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("A policy profile must be JSON of the form {id, version, title, parameters}: " + e.Message, e);
        }
    }

    bool Is(string key) => this[key] == "true";
    TimeLimit Limit(string key, string otherwise) => TimeLimit.TryParse(this[key], out var limit) ? limit : TimeLimit.Parse(otherwise);
    ImmutableArray<string> Words(string key) => [.. this[key].Split('、', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}

using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Profiles;
using Xunit;

namespace Orchestrator.Kernel.Tests.Profiles;

public sealed class Shipped_profiles
{
    static PolicyProfile Profile(string id) => ShippedProfiles.Get(id);

    public static TheoryData<string> Regions => ["AQ", "CQ", "NX", "QS", "XA"];

    [Fact]
    public void the_five_regions_come_with_the_product() =>
        Assert.Equal(["AQ", "CQ", "NX", "QS", "XA"], ShippedProfiles.All.Keys);

    [Theory, MemberData(nameof(Regions))]
    public void every_profile_has_all_sixty_parameters_with_a_basis(string region)
    {
        var profile = Profile(region);
        Assert.Equal(
            Enumerable.Range(1, 60).Select(n => $"P{n:00}").Append("inflight.on_cancel").Order(StringComparer.Ordinal),
            profile.Parameters.Keys.Order(StringComparer.Ordinal));
        Assert.All(profile.Parameters.Values, p => Assert.True(p.Value.Length > 0 && p.Basis.Length > 0, p.Key));
        Assert.NotEqual(profile.Title.Zh, profile.Title.En);
    }

    [Theory]
    [InlineData("XA", "1wd", "1wd")]
    [InlineData("AQ", "ots", "1wd")]
    [InlineData("CQ", "ots", "1wd")]
    [InlineData("NX", "ots", "1wd")]
    [InlineData("QS", "1wd", "1wd")]
    public void acceptance_limits_follow_P01_and_P02(string region, string window, string online)
    {
        Assert.Equal(TimeLimit.Parse(window), Profile(region).AcceptLimitWindow);
        Assert.Equal(TimeLimit.Parse(online), Profile(region).AcceptLimitOnline);
    }

    [Theory, MemberData(nameof(Regions))]
    public void only_CQ_takes_silence_for_acceptance_and_demands_a_shorter_promise(string region)
    {
        var profile = Profile(region);
        Assert.Equal(region == "CQ" ? "deemed_accepted_from_receipt" : "escalate", profile.AcceptTimeoutEffect);
        Assert.Equal(region == "CQ", profile.PromisedStrictlyLess);
        Assert.Equal(region != "CQ", profile.SpecialPausesMainClock);
        Assert.Equal(region == "CQ", profile.ToleranceClockStartsOnCompletion);
        Assert.Equal(TimeLimit.WorkingDays(region == "CQ" ? 10 : 5), profile.CorrectionPeriod);
    }

    [Theory, MemberData(nameof(Regions))]
    public void only_XA_extends_by_silence_and_publishes_policies_in_twenty_working_days(string region)
    {
        Assert.Equal(region == "XA", Profile(region).DeemedExtension);
        Assert.Equal(region == "XA" ? TimeLimit.WorkingDays(20) : null, Profile(region).PolicyPublicationLimit);
    }

    [Theory, MemberData(nameof(Regions))]
    public void correction_notices_are_paper_or_electronic_and_never_oral(string region)
    {
        Assert.Equal(["paper", "electronic"], Profile(region).CorrectionForms);
        Assert.Equal("deemed_withdrawn", Profile(region).CorrectionTimeoutEffect);
        Assert.Equal(1, Profile(region).CorrectionRoundsMax);
    }

    [Theory]
    [InlineData("XA", "deny_with_reasons")]
    [InlineData("AQ", "n/a")]
    [InlineData("CQ", "as_notified")]
    [InlineData("NX", "deny_with_reasons")]
    [InlineData("QS", "deny_with_reasons")]
    public void tolerance_ends_as_P07_says(string region, string effect) =>
        Assert.Equal(effect, Profile(region).ToleranceTimeoutEffect);

    [Theory]
    [InlineData("XA", "受理凭证", "false")]
    [InlineData("AQ", "受理凭证", "false")]
    [InlineData("CQ", "受理通知书", "true")]
    [InlineData("NX", "受理收件凭证", "non_promise")]
    [InlineData("QS", "受理通知书", "false")]
    public void acceptance_documents_follow_P19_and_P20(string region, string document, string optional)
    {
        Assert.Equal(document, Profile(region).AcceptanceDocument);
        Assert.Equal(optional, Profile(region).AcceptanceDocumentOptional);
    }

    [Theory, MemberData(nameof(Regions))]
    public void AQ_and_NX_separate_acceptance_from_decision(string region) =>
        Assert.Equal(region is "AQ" or "NX", Profile(region).StrictSeparation);

    [Theory, MemberData(nameof(Regions))]
    public void QS_files_refusals_calls_back_and_issues_electronic_licences(string region)
    {
        Assert.Equal(region == "QS", Profile(region).NegationFiling);
        Assert.Equal(region == "QS", Profile(region).CallBackRequired);
        Assert.Equal(region == "QS", Profile(region).ElectronicLicenceObligatory);
    }

    [Theory, MemberData(nameof(Regions))]
    public void NX_brings_the_result_to_the_accepting_window_within_one_working_day(string region)
    {
        Assert.Equal(region == "NX", Profile(region).DeliverAtAcceptingWindow);
        Assert.Equal(region == "NX" ? TimeLimit.WorkingDays(1) : null, Profile(region).ResultToWindowLimit);
    }

    [Fact]
    public void special_kinds_of_AQ_and_NX_are_the_union_of_all()
    {
        var union = Profile("XA").SpecialKinds.Union(Profile("CQ").SpecialKinds).Union(Profile("QS").SpecialKinds);
        Assert.True(union.SetEquals(Profile("AQ").SpecialKinds));
        Assert.True(union.SetEquals(Profile("NX").SpecialKinds));
        Assert.DoesNotContain("评估", Profile("QS").SpecialKinds);
        Assert.DoesNotContain("现场勘验", Profile("CQ").SpecialKinds);
    }

    [Fact]
    public void evaluation_is_asked_where_P30_says()
    {
        Assert.True(Profile("XA").EvaluationTriggers.SetEquals(["visit", "matter"]));
        Assert.True(Profile("QS").EvaluationTriggers.SetEquals(["acceptance", "completion"]));
        Assert.All(["AQ", "CQ", "NX"], region => Assert.Equal("completion", Assert.Single(Profile(region).EvaluationTriggers)));
        Assert.Equal(new TimeLimit(7, LimitUnit.CalendarDays), Profile("NX").BadReviewLimit);
    }

    [Fact]
    public void promise_in_place_of_proof_exists_in_CQ_NX_and_QS_with_its_exclusions()
    {
        Assert.All(["CQ", "NX", "QS"], region => Assert.True(Profile(region).PromiseEnabled));
        Assert.All(["XA", "AQ"], region => Assert.False(Profile(region).PromiseEnabled));
        Assert.True(Profile("CQ").PromiseExclusions.SetEquals(["国家安全", "生态环境保护", "人身健康", "重大财产安全"]));
        Assert.Contains("金融业审慎监管", Profile("QS").PromiseExclusions);
    }

    [Theory]
    [InlineData("XA", "online、mail、window")]
    [InlineData("AQ", "agent、online、mail、window")]
    [InlineData("NX", "mail、window")]
    public void delivery_ways_follow_P29(string region, string ways) =>
        Assert.True(Profile(region).DeliveryMethods.SetEquals(ways.Split('、')));

    [Fact]
    public void proxies_of_AQ_file_listed_items_only()
    {
        Assert.True(Profile("AQ").ProxyListedOnly);
        Assert.False(Profile("XA").ProxyListedOnly);
        Assert.Contains("必要时", Profile("NX").ForbiddenWords);
    }

    [Fact]
    public void an_override_changes_its_parameter_alone_and_is_not_stated_by_the_region()
    {
        var changed = Profile("CQ").With([new("P07", "deny_with_reasons"), new("inflight.on_cancel", "terminate"), new("P59", "no_roll")]);
        Assert.Equal("deny_with_reasons", changed.ToleranceTimeoutEffect);
        Assert.False(changed.Parameters["P07"].Stated);
        Assert.True(changed.TerminateOnCancel);
        Assert.False(changed.CalendarDaysRoll);
        Assert.Equal(Profile("CQ")["P19"], changed["P19"]);
        Assert.Equal("as_notified", Profile("CQ").ToleranceTimeoutEffect);
        Assert.False(Profile("CQ").TerminateOnCancel);
    }

    [Fact]
    public void working_days_of_a_bad_review_can_be_chosen_by_P32() =>
        Assert.Equal(TimeLimit.WorkingDays(7), Profile("XA").With([new("P32", "working")]).BadReviewLimit);
}

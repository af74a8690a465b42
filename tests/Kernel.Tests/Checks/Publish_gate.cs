using System.Text.Json.Nodes;
using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;
using Orchestrator.Kernel.Tests.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Checks;

public sealed class Publish_gate
{
    /// <summary>A shipped pipeline to be spoilt in one place.</summary>
    sealed class Pipeline(string name)
    {
        readonly JsonObject json = (JsonObject)JsonNode.Parse(ShippedWorkflows.Json(name))!;

        JsonArray Activities => (JsonArray)json["root"]!["activities"]!;
        JsonArray Connections => (JsonArray)json["root"]!["connections"]!;

        public Pipeline Set(string activity, string input, object value)
        {
            Activities.Single(each => (string)each!["id"]! == activity)![input] = Drawing.Wrap("Literal", value);
            return this;
        }

        public Pipeline Cut(string activity, string port) => Redraw(activity, port, null);

        public Pipeline Redraw(string activity, string port, string? target)
        {
            var connection = Connections.Single(each => (string)each!["source"]!["activity"]! == activity && (string)each["source"]!["port"]! == port)!;
            if (target is null) Connections.Remove(connection);
            else connection["target"]!["activity"] = target;
            return this;
        }

        public Pipeline Drop(string activity)
        {
            Activities.Remove(Activities.Single(each => (string)each!["id"]! == activity));
            foreach (var connection in Connections.Where(each => (string)each!["source"]!["activity"]! == activity || (string)each["target"]!["activity"]! == activity).ToList()) Connections.Remove(connection);
            return this;
        }

        public string[] Errors(string region, ItemTerms? item = null) =>
            [.. DefinitionCheck.Run(json.ToJsonString(), ShippedProfiles.Get(region), item).Findings.Where(finding => finding.Code.StartsWith("gate.", StringComparison.Ordinal)).Select(finding => $"{finding.Rule} {finding.Code}").Distinct()];
    }

    static Pipeline Standard => new("standard");

    [Theory]
    [InlineData("Consultation"), InlineData("Appointment"), InlineData("Review"), InlineData("Evaluation")]
    public void V20_every_stage_must_be_drawn(string activity) => Assert.Contains("V-20 gate.stage-missing", Standard.Drop(activity).Errors("XA"));

    [Fact]
    public void V20_a_stage_that_is_drawn_but_not_connected_does_not_count() => Assert.Contains("V-20 gate.stage-missing", Standard.Cut("Start", "Booked").Cut("Consultation", "Answered").Errors("XA"));

    [Fact]
    public void V20_does_not_apply_to_other_processes() => Assert.Empty(DefinitionCheck.Run(Drawing.New.Task("a").Connect("start->a", "a->end").Document(), ShippedProfiles.Get("XA")).Findings);

    [Theory]
    [InlineData("service", Severity.Error), InlineData("general", Severity.Warning)]
    public void V21_a_task_needs_a_time_limit(string purpose, Severity severity)
    {
        var drawing = Drawing.New.For(purpose).Add("t", "Gov.HumanTask", ("role", "reviewer"), ("outcomes", new[] { "Done" })).Connect("start->t", "t->end");

        Assert.Equal(severity, PublishGate.Run(drawing.Flow()).Single(finding => finding.Rule == "V-21").Severity);
    }

    [Fact]
    public void V21_the_applicants_own_step_needs_no_time_limit() =>
        Assert.Empty(PublishGate.Run(Drawing.New.Add("t", "Gov.HumanTask", ("role", "applicant"), ("side", "applicant"), ("outcomes", new[] { "Done" })).Connect("start->t", "t->end").Flow()));

    [Theory]
    [InlineData("Acceptance"), InlineData("Delivery")]
    public void V22_intake_and_delivery_belong_to_comprehensive_windows(string activity)
    {
        Assert.Equal(["V-22 gate.not-at-window"], Standard.Set(activity, "role", "reviewer").Errors("XA"));
        Assert.Equal(["V-22 gate.special-window-unapproved"], Standard.Set(activity, "specialWindow", true).Errors("NX"));
        Assert.Empty(Standard.Set(activity, "specialWindow", true).Set(activity, "approvalRecord", "宁政办〔2019〕1号").Set(activity, "role", "reviewer").Errors("NX"));
    }

    [Fact]
    public void V23_who_accepts_does_not_decide_where_the_region_separates_them()
    {
        Assert.Equal(["V-23 gate.same-role-decides"], Standard.Set("Decision", "role", "acceptor").Errors("NX"));
        Assert.Equal(["V-23 gate.same-role-decides"], Standard.Set("Decision", "role", "acceptor").Errors("AQ"));
        Assert.Empty(Standard.Set("Decision", "role", "acceptor").Errors("CQ"));
    }

    [Fact]
    public void V23_completion_on_the_spot_is_not_the_only_way_where_the_region_separates_them()
    {
        static Pipeline OnTheSpotOnly() => new Pipeline("immediate").Cut("Dispatch", "Done").Redraw("Acceptance", "Accepted", "ResultApproved");

        Assert.Contains("V-23 gate.only-on-the-spot", OnTheSpotOnly().Errors("NX"));
        Assert.DoesNotContain("V-23 gate.only-on-the-spot", OnTheSpotOnly().Errors("QS"));
    }

    [Fact]
    public void V24_a_denial_has_reasons_and_seal()
    {
        Assert.Equal(["V-24 gate.refusal-form"], Standard.Set("Decision", "reasonsRequired", false).Errors("CQ"));
        Assert.Equal(["V-24 gate.refusal-form"], Standard.Set("Decision", "sealRequired", "false").Errors("CQ"));
    }

    [Theory]
    [InlineData("Acceptance", "Refused", "EndNotAccepted"), InlineData("Correction", "NotAccepted", "EndNotAccepted"), InlineData("Decision", "Denied", "ResultDenied"), InlineData("Decision", "Denied", "FilingNotAccepted")]
    public void V24_refusals_are_filed_where_the_region_says_so(string activity, string port, string target)
    {
        Assert.Equal(["V-24 gate.refusal-not-filed"], Standard.Redraw(activity, port, target).Errors("QS"));
        Assert.Empty(Standard.Redraw(activity, port, target).Errors("XA"));
    }

    [Fact]
    public void V25_the_correction_path_has_a_timeout_branch()
    {
        Assert.Equal(["V-25 gate.correction-missing"], Standard.Redraw("Acceptance", "CorrectionIssued", "Dispatch").Errors("XA"));
        Assert.Equal(["V-25 gate.correction-timeout"], Standard.Cut("Correction", "DeemedWithdrawn").Errors("XA"));
        Assert.Empty(Standard.Cut("Correction", "NotAccepted").Errors("XA"));
    }

    [Fact]
    public void V25_the_branch_is_the_one_of_the_region()
    {
        var profile = ShippedProfiles.Get("XA").With([new("P06", "not_accepted")]);
        var json = (JsonObject)JsonNode.Parse(ShippedWorkflows.Json("standard"))!;
        var connections = (JsonArray)json["root"]!["connections"]!;
        connections.Remove(connections.Single(each => (string)each!["source"]!["port"]! == "NotAccepted"));

        Assert.Contains(DefinitionCheck.Run(json.ToJsonString(), profile).Findings, finding => finding.Code == "gate.correction-timeout");
    }

    [Fact]
    public void V26_lateness_with_tolerated_documents_ends_in_a_decision()
    {
        Assert.Equal(["V-26 gate.tolerance-denial"], Standard.Redraw("Tolerance", "ForcedDenial", "Review").Errors("XA"));
        Assert.Equal(["V-26 gate.tolerance-missing"], Standard.Redraw("Acceptance", "Tolerated", "Dispatch").Errors("XA"));
        Assert.Empty(Standard.Redraw("Tolerance", "ForcedDenial", "Review").Errors("AQ"));   // no tolerance there (P10)
    }

    [Fact]
    public void V26_the_notified_effect_needs_its_branch_in_Chongqing()
    {
        Assert.Equal(["V-26 gate.tolerance-as-notified"], Standard.Cut("Tolerance", "DeemedWithdrawn").Errors("CQ"));
        Assert.Empty(Standard.Cut("Tolerance", "DeemedWithdrawn").Errors("XA"));
    }

    static readonly ItemTerms Renewal = new() { Code = "R1", Renewable = true };

    [Fact]
    public void V27_a_renewal_item_needs_the_deemed_branch_where_silence_extends()
    {
        Assert.Empty(new Pipeline("renewal").Errors("XA", Renewal));
        Assert.Equal(["V-27 gate.deemed-extension-missing"], Standard.Errors("XA", Renewal));
        Assert.Equal(["V-27 gate.deemed-extension-missing"], new Pipeline("renewal").Cut("SpecialProcedure", "DeemedExtended").Errors("XA", Renewal));
        Assert.Equal(["V-27 gate.deemed-extension-missing"], new Pipeline("renewal").Set("ResultExtended", "outcome", "approved").Errors("XA", Renewal));
        Assert.Empty(Standard.Errors("CQ", Renewal));
        Assert.Empty(Standard.Errors("XA", Renewal with { Renewable = false }));
    }

    [Fact]
    public void a_joint_item_needs_a_joint_review()
    {
        var item = new ItemTerms { Code = "J1", Joint = new JointTerms("住建", Orchestrator.Kernel.Clocks.TimeLimit.WorkingDays(10), System.Collections.Immutable.ImmutableSortedDictionary<string, Orchestrator.Kernel.Clocks.TimeLimit>.Empty) };

        Assert.Equal(["CQ-24a gate.joint-review-missing"], Standard.Errors("CQ", item));
        Assert.Empty(new Pipeline("joint").Errors("CQ", item));
    }

    [Fact]
    public void FT18_a_bad_review_is_not_closed_without_feedback_nor_without_the_call_back_that_the_region_demands()
    {
        static Pipeline Ticket() => new("bad-review");

        Assert.Contains("FT-18 gate.ticket-feedback", Ticket().Redraw("Verification", "Unreasonable", "CallBack").Errors("XA"));
        Assert.Equal(["FT-18 gate.ticket-call-back"], Ticket().Redraw("Rectification", "FeedbackGiven", "EndClosed").Errors("QS"));
        Assert.Empty(Ticket().Redraw("Rectification", "FeedbackGiven", "EndClosed").Errors("XA"));
    }
}

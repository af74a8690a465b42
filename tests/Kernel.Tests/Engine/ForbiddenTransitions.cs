using System.Text.Json;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Profiles;
using Xunit;

namespace Orchestrator.Kernel.Tests.Engine;

/// <summary>The forbidden transitions of 5.3: each is refused by its own id and changes nothing (<see cref="Hall.Refused"/> compares the state).</summary>
public sealed class ForbiddenTransitions
{
    static readonly string[] M2 = ["M2"], M9 = ["M9"], Electronic = ["electronic"];

    [Theory]
    [InlineData("suspended"), InlineData("cancelled"), InlineData("draft")]
    public void FT_01_no_case_is_started_for_an_item_that_is_not_in_force(string status)
    {
        foreach (var (act, by) in new[] { ("submit", "applicant"), ("receive", "acceptor"), ("create_draft", "applicant") })
            Assert.Equal("FT-01", Hall.In("CQ").WithItem(item => item with { Status = status }).Refused(act, by).Rule);
    }

    [Fact]
    public void FT_01_no_case_is_started_for_an_item_that_is_not_listed() => Assert.Equal("FT-01", Hall.In("XA").WithItem(_ => null).Refused("submit", "applicant").Rule);

    [Fact]
    public void FT_01_a_draft_of_an_item_cancelled_meanwhile_cannot_be_submitted() =>
        Assert.Equal("FT-01", Hall.In("XA").Do("create_draft", "applicant").WithItem(item => item with { Status = "cancelled" }).Refused("submit", "applicant").Rule);

    [Fact]
    public void FT_02_a_window_accepts_only_items_on_its_list() => Assert.Equal("FT-02", Hall.In("NX").Received().Refused("accept", "acceptor", new { window = "W09" }).Rule);

    [Fact]
    public void FT_03_an_oral_correction_notice_is_void_and_the_clock_runs_on()
    {
        var hall = Hall.In("XA").Received();

        Assert.Equal("FT-03", hall.Refused("issue_correction", "acceptor", new { materials = M2, form = "oral" }).Rule);
        Assert.Equal(TimerState.Running, hall.Timer("T-ACC").State);
    }

    [Fact]
    public void FT_04_a_notice_demands_nothing_outside_the_guide()
    {
        var refusal = Hall.In("XA").Received().Refused("issue_correction", "acceptor", new { materials = new[] { "M2", "M9" }, form = "paper" });

        Assert.Equal("FT-04", refusal.Rule);
        Assert.Equal(M9, refusal.Named);
    }

    [Fact]
    public void FT_04_goes_before_FT_05() =>
        Assert.Equal("FT-04", Hall.In("XA").InCorrection().Do("resubmit", "applicant").Refused("issue_correction", "acceptor", new { materials = new[] { "M1", "M9" }, form = "paper" }).Rule);

    [Fact]
    public void FT_05_a_second_notice_makes_no_new_demands() =>
        Assert.Equal("FT-05", Hall.In("XA").InCorrection().Do("resubmit", "applicant").Refused("issue_correction", "acceptor", new { materials = new[] { "M1" }, form = "paper" }).Rule);

    [Fact]
    public void FT_06_no_notice_after_a_deemed_acceptance() =>
        Assert.Equal("FT-06", Hall.In("CQ").Submitted().Until("2026-09-23T10:00").Refused("issue_correction", "acceptor", new { materials = M2, form = "paper" }).Rule);

    [Theory]
    [InlineData("outstanding"), InlineData("checking"), InlineData("late"), InlineData("nonconforming")]
    public void FT_07_no_approval_over_a_tolerance_supplement(string how)
    {
        var hall = Hall.In("XA").Tolerated();
        if (how == "late") hall.Until("2026-09-30T00:00");
        if (how is "checking" or "nonconforming") hall.Do("supply_outstanding", "applicant");
        if (how == "nonconforming") hall.Do("supplement_nonconforming", "acceptor");

        Assert.Equal("FT-07", hall.Refused("approve", "decider").Rule);
    }

    [Theory]
    [InlineData("reasons"), InlineData("contact"), InlineData("seal")]
    public void FT_08_a_denial_has_reasons_contact_and_seal(string lacking)
    {
        var with = new Dictionary<string, string> { ["reasons"] = "不符合条件", ["contact"] = "0482", ["seal"] = "专用章" };
        with.Remove(lacking);
        var refusal = Hall.In("XA").Reviewed().Refused("deny", "decider", with);

        Assert.Equal("FT-08", refusal.Rule);
        Assert.Equal([lacking], refusal.Named);
    }

    [Theory]
    [InlineData("AQ"), InlineData("NX")]
    public void FT_09_the_acceptor_does_not_decide_where_separation_is_strict(string profile)
    {
        var hall = Hall.In(profile).Accepted("acceptor:Zhang").Do("review_done", "reviewer:Li");

        Assert.Equal("FT-09", hall.Refused("approve", "decider:Zhang").Rule);
        Assert.Equal("FT-09", hall.Refused("deny", "decider:Zhang", HallWays.Denial).Rule);
    }

    [Theory]
    [InlineData("AQ"), InlineData("NX")]
    public void FT_09_nothing_is_completed_on_the_spot_where_separation_is_strict(string profile) =>
        Assert.Equal("FT-09", Hall.In(profile, item: """{"kind": "immediate"}""").Received().Refused("complete_on_the_spot", "acceptor", new { delegated_by = "Wu" }).Rule);

    [Fact]
    public void FT_10_who_accepts_delivers()
    {
        var hall = Hall.In("NX").Received(new { window = "W03", delivery = "mail" }).Do("accept", "acceptor").Do("review_done", "reviewer").Do("approve", "decider").Do("result_at_window", "decider");

        Assert.Equal("FT-10", hall.Refused("pick_up", "acceptor", new { window = "W05" }).Rule);
        Assert.Equal("FT-10", hall.Refused("post", "acceptor", new { window = "W05" }).Rule);
    }

    [Theory]
    [InlineData("内部会商"), InlineData("专家评审"), InlineData("检验"), InlineData("现场勘验"), InlineData(null)]
    public void FT_11_a_special_procedure_is_listed_with_a_published_limit_of_its_own(string? kind)
    {
        var hall = Hall.In("CQ").Accepted();

        Assert.Equal("FT-11", hall.Refused("start_special", "reviewer", new { kind }).Rule);
        Assert.Equal("FT-11", hall.Do("start_special", "reviewer", new { kind = "听证" }).Refused("start_special", "reviewer", new { kind }).Rule);
    }

    [Theory]
    [InlineData("XA"), InlineData("AQ"), InlineData("CQ"), InlineData("NX"), InlineData("QS")]
    public void FT_12_the_promised_limit_is_final(string profile) => Assert.Equal("FT-12", Hall.In(profile).Accepted().Refused("extend_limit", "chief_representative", new { limit = "5wd" }).Rule);

    [Theory]
    [InlineData("CQ", "生态环境保护"), InlineData("CQ", "重大财产安全"), InlineData("QS", "金融业审慎监管"), InlineData("QS", "国家秘密"), InlineData("NX", "公共安全")]
    public void FT_13_no_promise_mode_for_an_excluded_class(string profile, string excluded) =>
        Assert.Equal("FT-13", Hall.In(profile, item: $$"""{"exclusion_classes": ["{{excluded}}"]}""").Received().Refused("accept_promise", "acceptor", new { promise_signed = true }).Rule);

    [Fact]
    public void FT_14_no_paper_after_online_filing_without_a_basis() =>
        Assert.Equal("FT-14", Hall.In("CQ").Submitted().Refused("demand_material", "acceptor", new { materials = M2, form = "paper" }).Rule);

    [Fact]
    public void FT_14_no_online_entry_after_window_filing() => Assert.Equal("FT-14", Hall.In("QS").Received().Refused("demand_online_entry", "acceptor").Rule);

    [Fact]
    public void FT_15_what_can_be_shared_is_not_demanded()
    {
        var hall = Hall.In("QS").Received();

        Assert.Equal("FT-15", hall.Refused("demand_material", "acceptor", new { materials = new[] { "M7" } }).Rule);
        Assert.Equal("FT-15", hall.Refused("issue_correction", "acceptor", new { materials = new[] { "M7" }, form = "paper" }).Rule);
    }

    [Fact]
    public void FT_16_nothing_is_added_to_a_running_case()
    {
        var hall = Hall.In("QS").Accepted();

        Assert.Equal("FT-16", hall.Refused("add_node", "reviewer").Rule);
        Assert.Equal("FT-16", hall.Refused("add_material", "reviewer", new { materials = M2 }).Rule);
        Assert.Equal("FT-16", hall.Refused("demand_material", "reviewer", new { materials = M2 }).Rule);
    }

    [Fact]
    public void FT_16_under_tolerance_only_what_is_outstanding_may_be_asked_for()
    {
        var hall = Hall.In("XA").Tolerated();

        Assert.Equal("FT-16", hall.Refused("demand_material", "acceptor", new { materials = M2 }).Rule);
        hall.Do("demand_material", "acceptor", new { materials = new[] { "M5" } });
    }

    [Fact]
    public void FT_17_staff_neither_enter_nor_edit_ratings()
    {
        var hall = Hall.In("XA").Completed();

        Assert.Equal("FT-17", hall.Refused("rate", "acceptor", new { score = 5 }).Rule);
        Assert.Equal("FT-17", hall.Refused("rate", "applicant", new { score = 5, on_behalf_of = "A" }).Rule);
        Assert.Equal("FT-17", hall.Do("rate", "applicant", new { score = 1 }).Refused("edit_rating", "acceptor", new { score = 5 }).Rule);
    }

    [Theory]
    [InlineData("XA", false), InlineData("QS", true)]
    public void FT_18_a_bad_review_is_closed_after_feedback_and_owed_call_back(string profile, bool callBack)
    {
        var ticket = new TicketHall(profile);
        Assert.Equal("FT-18", ticket.Refused("ticket_close", "department").Rule);

        ticket.Do("ticket_verify", "department", new { reasonable = true }).Do("rectify", "department").Do("feedback", "department");
        if (callBack) Assert.Equal("FT-18", ticket.Refused("ticket_close", "department").Rule);
        if (callBack) ticket.Do("call_back", "call_back_clerk");

        Assert.Equal("closed", ticket.Do("ticket_close", "department").State.State);
    }

    [Fact]
    public void FT_19_a_village_station_files_listed_items_only() =>
        Assert.Equal("FT-19", Hall.In("AQ", item: """{"proxy_listed": false}""").Refused("receive", "agent:Bao", new { channel = "proxy", authorised = true }).Rule);

    [Fact]
    public void FT_20_a_refusal_is_closed_after_its_filing()
    {
        var refused = Hall.In("QS").Received().Do("refuse_acceptance", "acceptor", new { reasons = "不属本部门职权" });
        Assert.Equal("FT-20", refused.Refused("close", "archive_clerk").Rule);

        var denied = Hall.In("QS").Reviewed().Do("deny", "decider", HallWays.Denial).Do("result_at_window", "decider").Do("pick_up", "acceptor");
        Assert.Equal("FT-20", denied.Refused("close", "system").Rule);
        Assert.Equal("completed", denied.Do("file_negation", "responsible_leader").Do("close", "system").State.State);
    }

    [Fact]
    public void FT_21_a_terminal_case_stays_closed()
    {
        var withdrawn = Hall.In("XA").Received().Do("withdraw", "applicant");

        foreach (var (act, by) in new[] { ("accept", "acceptor"), ("reopen", "acceptor"), ("resubmit", "applicant"), ("approve", "decider"), ("withdraw", "applicant"), ("suspend", "chief_representative"), ("close", "system") })
            Assert.Equal("FT-21", withdrawn.Refused(act, by).Rule);
    }

    [Fact]
    public void FT_22_the_definition_version_is_pinned() => Assert.Equal("FT-22", Hall.In("QS").Accepted().Refused("change_version", "administration_body", new { version = 2 }).Rule);

    [Fact]
    public void FT_23_nothing_online_is_demanded_before_a_window_application() => Assert.Equal("FT-23", Hall.In("QS").Received().Refused("demand_booking", "acceptor").Rule);

    [Theory]
    [InlineData("XA", "promise", true), InlineData("QS", "immediate", true), InlineData("NX", "promise", true), InlineData("NX", "immediate", false), InlineData("CQ", "promise", false)]
    public void FT_24_the_acceptance_document_is_left_out_only_where_P20_allows(string profile, string kind, bool forbidden)
    {
        var hall = Hall.In(profile, item: $$"""{"kind": "{{kind}}"}""").Received();

        if (forbidden) Assert.Equal("FT-24", hall.Refused("accept", "acceptor", new { omit_document = true }).Rule);
        else hall.Do("accept", "acceptor", new { omit_document = true });
    }

    [Fact]
    public void FT_25_results_are_handed_to_the_right_person_only()
    {
        var hall = Hall.In("XA").Received(new { delivery = "mail" }).Do("accept", "acceptor").Do("review_done", "reviewer").Do("approve", "decider").Do("result_at_window", "decider");

        Assert.Equal("FT-25", hall.Refused("pick_up", "acceptor", new { applicant_matches = false }).Rule);
        Assert.Equal("FT-25", hall.Refused("e_deliver", "system", new { applicant_matches = false }).Rule);
        Assert.Equal("FT-25", hall.Refused("post", "acceptor", new { applicant_matches = false }).Rule);
        Assert.Equal("FT-25", hall.Do("post", "acceptor", new { tracking_no = "1" }).Refused("mail_signed", "carrier", new { applicant_matches = false }).Rule);
    }

    [Fact]
    public void XA_38_2b_a_matter_is_rated_once() => Assert.Equal("XA-38.2b", Hall.In("CQ").Completed().Do("rate", "applicant", new { score = 5 }).Refused("rate", "applicant", new { score = 4 }).Rule);

    [Fact]
    public void XA_38_2b_an_invitation_that_has_closed_takes_no_rating() => Assert.Equal("XA-38.2b", Hall.In("CQ").Completed().Until("2026-09-29T00:00").Refused("rate", "applicant", new { score = 5 }).Rule);

    [Fact]
    public void CQ_19a_tolerance_needs_the_written_promise() =>
        Assert.Equal("CQ-19a", Hall.In("CQ").Received(new { missing = new[] { "M5" } }).Refused("accept_tolerant", "acceptor", new { materials = new[] { "M5" }, limit = "5wd" }).Rule);

    [Fact]
    public void CQ_20_a_refusal_of_acceptance_gives_reasons() => Assert.Equal("CQ-20", Hall.In("CQ").Received().Refused("refuse_acceptance", "acceptor", new { ground = "职权" }).Rule);

    [Fact]
    public void CQ_23b_the_proof_that_a_promise_replaces_is_not_demanded() =>
        Assert.Equal("CQ-23b", Hall.In("CQ").Received(new { promise_signed = true }).Refused("demand_material", "acceptor", new { materials = new[] { "M3" } }).Rule);

    [Fact]
    public void XA_17_4b_nothing_is_decided_after_the_deemed_extension()
    {
        var hall = Hall.In("XA", "renewal", """{"renewable": true}""").Received(new { licence = new { no = "L1", valid_to = "2026-09-30" } }).Do("accept", "acceptor").Until("2026-10-01T00:00");

        Assert.Equal("XA-17.4b", hall.Refused("approve", "decider").Rule);
        Assert.Equal("XA-17.4b", hall.Refused("deny", "decider", HallWays.Denial).Rule);
    }

    [Fact]
    public void TR_18a_nothing_is_supplied_after_the_limit() => Assert.Equal("TR-18a", Hall.In("XA").Tolerated().Until("2026-09-30T00:00").Refused("supply_outstanding", "applicant").Rule);

    [Fact]
    public void TR_30_an_approval_comes_from_deciding_only() => Assert.Equal("TR-30", Hall.In("XA").Accepted().Refused("approve", "decider").Rule);

    [Fact]
    public void TR_40_nothing_is_withdrawn_after_the_decision() => Assert.Equal("TR-40", Hall.In("XA").Approved().Refused("withdraw", "applicant").Rule);

    [Fact]
    public void TR_41_a_suspension_has_a_cause() => Assert.Equal("TR-41", Hall.In("XA").Accepted().Refused("suspend", "chief_representative").Rule);

    [Fact]
    public void TR_43_mere_delay_terminates_nothing() => Assert.Equal("TR-43", Hall.In("XA").Accepted().Refused("terminate", "administration_body", new { cause = "逾期" }).Rule);

    [Fact]
    public void TR_16_the_acceptor_does_not_review_where_separation_is_strict() => Assert.Equal("TR-16", Hall.In("NX").Accepted("acceptor:Zhang").Refused("review_done", "reviewer:Zhang").Rule);

    [Fact]
    public void A_role_that_is_not_named_for_an_act_may_not_do_it() => Assert.Equal("5.7", Hall.In("XA").Received().Refused("accept", "applicant").Rule);

    [Fact]
    public void QS_T43_the_licence_is_made_with_the_approval() => Assert.Equal("QS-T43", Hall.In("QS").Reviewed().Refused("approve", "decider", new { licence = new[] { "paper" } }).Rule);

    [Fact]
    public void QS_T43_a_case_closes_after_its_licence_reached_the_library()
    {
        var hall = Hall.In("QS").Ready().Do("pick_up", "acceptor");
        Assert.Equal("QS-T43", hall.Refused("close", "system").Rule);

        hall.Until("2026-09-21T12:00");   // the hour is over: late, but it can still be done
        Assert.Equal("completed", hall.Signal(new Stimulus.Acknowledged([], ["T-CRT"])).Do("close", "system").State.State);
    }

    [Fact]
    public void CQ_24a_a_joint_case_with_a_denying_branch_is_not_approved()
    {
        var hall = JointHall.Accepted("CQ").Do("branch_done", "reviewer:A", new { branch = "A", result = "agree" }).Do("branch_done", "reviewer:B", new { branch = "B", result = "deny", reasons = "不符" });

        Assert.Equal("CQ-24a", hall.Refused("approve", "decider", new { licence = Electronic }).Rule);
    }

    [Fact]
    public void TR_26_a_branch_speaks_for_itself_only() => Assert.Equal("TR-26", JointHall.Accepted("CQ").Refused("branch_done", "reviewer:A", new { branch = "B", result = "agree" }).Rule);
}

using Orchestrator.Kernel.Engine;
using Xunit;

namespace Orchestrator.Kernel.Tests.Engine;

/// <summary>TR-01 … TR-46: from, event, to, what it does to timers, and the documents of its row in 5.2.</summary>
public sealed class LegalTransitions
{
    /// <summary>Compares the last step with its row: exactly these timer verbs, exactly these documents.</summary>
    static Hall Row(Hall hall, string to, string timers, string documents = "")
    {
        Assert.Equal(to, hall.State.State);
        Assert.Equal(timers, hall.Timers);
        Assert.Equal(documents, hall.Documents);
        return hall;
    }

    static string Path(Hall hall) => string.Join(' ', hall.Last.OfType<StateEntered>().Select(each => each.State));

    [Fact]
    public void TR_01_a_draft_has_no_clock() => Row(Hall.In("XA").Do("create_draft", "applicant"), "draft", "");

    [Fact]
    public void TR_02_and_TR_03_a_pre_review_has_its_own_clock()
    {
        var hall = Row(Hall.In("NX").Do("create_draft", "applicant").Do("ask_pre_review", "applicant"), "pre_reviewing", "+T-PRV");
        Row(hall.Do("pre_review_opinion", "acceptor", new { text = "可以提交" }), "draft", "■T-PRV", "预审意见");
    }

    [Fact]
    public void TR_04_submitting_starts_the_acceptance_clock() => Row(Hall.In("XA").Submitted(), "submitted", "+T-ACC", "收件回执");

    [Theory]
    [InlineData("XA", "window", "+T-ACC"), InlineData("CQ", "window", "+T-SPT"), InlineData("CQ", "terminal", "+T-ACC"), InlineData("AQ", "proxy", "+T-ACC"), InlineData("QS", "window", "+T-ACC")]
    public void TR_05_receiving_starts_the_clock_that_P01_says(string profile, string channel, string timers) =>
        Row(Hall.In(profile, item: """{"proxy_listed": true}""").Received(new { channel }), "submitted", timers, channel == "proxy" ? "收件回执 代办记录" : "收件回执");

    [Theory]
    [InlineData("XA", "■T-ACC +T-EVA +T-NTF +T-PRO +T-SHR +T-STA", "受理凭证"), InlineData("CQ", "+T-NTF +T-PRO +T-SHR ■T-SPT +T-STA", "受理通知书"),
     InlineData("NX", "+T-NTF +T-PRO +T-SHR ■T-SPT +T-STA", "受理收件凭证"), InlineData("QS", "■T-ACC +T-EVA +T-NTF +T-PRO +T-SHR +T-STA", "受理通知书")]
    public void TR_06_and_TR_16_an_acceptance_starts_the_promised_and_the_statutory_clock(string profile, string timers, string document)
    {
        var hall = Row(Hall.In(profile).Accepted(), "reviewing", timers, document);
        Assert.Equal("accepted reviewing", Path(hall));
        Assert.Equal("acceptor", hall.State.Facts.Acceptor);
    }

    [Fact]
    public void TR_07_tolerance_starts_the_supplement_clock_and_in_XA_the_promised_one() =>
        Row(Hall.In("XA").Tolerated(), "tolerance_accepted", "■T-ACC +T-EVA +T-NTF +T-PRO +T-SHR +T-STA +T-TOL", "受理凭证 容缺告知");

    [Fact]
    public void TR_07_in_CQ_the_promised_clock_waits_for_the_supplement() =>
        Row(Hall.In("CQ").Tolerated(), "tolerance_accepted", "+T-NTF +T-SHR ■T-SPT +T-TOL", "受理通知书 容缺告知书 承诺书");

    [Fact]
    public void TR_07_the_guide_says_the_limit_and_the_treatment_where_the_notice_does_not()
    {
        var hall = Hall.In("CQ", item: """{"tolerance_limit": "3wd", "tolerance_overdue": "deny_with_reasons"}""").Received(new { missing = new[] { "M5" } })
            .Do("accept_tolerant", "acceptor", new { promise_signed = true });

        Assert.Equal("09-24", hall.LastDay("T-TOL"));
        Assert.Equal("deny_with_reasons", hall.State.Facts.OverdueEffect);
    }

    [Fact]
    public void TR_08_promise_mode_notes_the_promise()
    {
        var hall = Row(Hall.In("QS").Received(new { missing = new[] { "M3" } }).Do("accept_promise", "acceptor", new { promise_signed = true }),
            "reviewing", "■T-ACC +T-EVA +T-NTF +T-PRO +T-SHR +T-STA", "受理通知书 告知书 告知承诺书");
        Assert.Equal("promise", hall.State.Facts.Mode);
    }

    [Theory]
    [InlineData("CQ", "补正凭证"), InlineData("NX", "补齐补正通知书")]
    public void TR_09_a_correction_stops_the_agency_clock(string profile, string document) => Row(Hall.In(profile).InCorrection(), "correction_pending", "+T-COR +T-NTF ■T-SPT", document);

    [Fact]
    public void TR_10_a_resubmission_starts_a_new_acceptance_clock() => Row(Hall.In("XA").InCorrection().Do("resubmit", "applicant", new { channel = "online" }), "submitted", "+T-ACC ■T-COR", "收件回执");

    [Fact]
    public void TR_11_a_late_supplement_withdraws() => Row(Hall.In("XA").InCorrection().Until("2026-09-30T00:00"), "deemed_withdrawn", "!T-COR !T-EVA !T-NTF +T-NTF", "视为撤回告知 归档包");

    [Fact]
    public void TR_12_or_is_not_accepted_where_P06_says_so() =>
        Row(Hall.In("CQ", parameters: ("P06", "not_accepted")).InCorrection().Until("2026-09-30T00:00"), "not_accepted", "!T-COR !T-NTF +T-NTF", "不予受理通知书 归档包");

    [Fact]
    public void TR_12_under_P23_the_refusal_waits_for_its_filing()
    {
        var hall = Row(Hall.In("QS", parameters: ("P06", "not_accepted")).InCorrection().Until("2026-09-30T00:00"), "not_accepted", "!T-COR +T-NEG !T-NTF +T-NTF", "不予受理通知书");
        Row(hall.Do("file_negation", "responsible_leader", new { ledger_no = "1" }), "not_accepted", "■T-NEG", "否定备案 归档包");
        Assert.True(hall.State.Ended);
    }

    [Fact]
    public void TR_13_a_refusal_of_acceptance_stops_the_clock()
    {
        Row(Hall.In("CQ").Received().Do("refuse_acceptance", "acceptor", new { reasons = "不属职权" }), "not_accepted", "+T-NTF ■T-SPT", "不予受理通知书 归档包");
        Row(Hall.In("QS").Received().Do("refuse_acceptance", "chief_representative", new { reasons = "不属职权" }), "not_accepted", "■T-ACC +T-NEG +T-NTF", "不予受理通知书");
    }

    [Fact]
    public void TR_13_no_other_clock_runs_while_the_refusal_waits_for_its_filing()
    {
        var hall = Hall.In("QS", "renewal", """{"renewable": true}""").Received(new { licence = new { no = "L1", valid_to = "2026-12-31" } }).Do("refuse_acceptance", "acceptor", new { reasons = "不属职权" });

        Assert.Equal(TimerState.Stopped, hall.Timer("T-EXT").State);
        Assert.Equal(TimerState.Running, hall.Timer("T-NEG").State);
    }

    [Fact]
    public void TR_14_silence_accepts_from_the_day_of_receipt()
    {
        var hall = Row(Hall.In("CQ").Submitted().Until("2026-09-23T00:00"), "reviewing", "!T-ACC +T-NTF +T-PRO +T-SHR +T-STA", "视为受理告知");
        Assert.Equal("10-12", hall.LastDay("T-PRO"));
        Assert.Equal("deemed", hall.State.Facts.Mode);
        Assert.Contains("accountability", hall.Records, StringComparison.Ordinal);
    }

    [Fact]
    public void TR_15_or_is_escalated()
    {
        var hall = Row(Hall.In("XA").Submitted().Until("2026-09-23T00:00"), "submitted", "!T-ACC");
        Assert.Equal(["T-ACC"], hall.State.Orders);
        Assert.Equal(Colour.Red, hall.State.Colour);
        Row(hall.Do("accept", "acceptor"), "reviewing", "■T-ACC +T-NTF +T-PRO +T-SHR +T-STA", "受理凭证");
        Assert.Empty(hall.State.Orders);
    }

    [Fact]
    public void TR_17_a_joint_case_starts_its_own_clock_and_one_for_each_branch() =>
        Row(JointHall.Accepted("CQ"), "joint_reviewing", "+T-JNT +T-NTF +T-PAR:A +T-PAR:B +T-PRO +T-SHR ■T-SPT +T-STA", "受理通知书");

    [Fact]
    public void TR_18_review_may_go_on_in_parallel() => Row(Hall.In("CQ").Tolerated().Do("review_in_parallel", "reviewer", new { note = "已审 M1" }), "tolerance_accepted", "");

    [Fact]
    public void TR_18a_a_part_leaves_the_clock_running_and_the_rest_stops_it()
    {
        var hall = Row(Hall.In("XA").Tolerated().Do("supply_outstanding", "applicant", new { materials = new[] { "M5" } }), "tolerance_accepted", "", "补件回执");
        Row(hall.Do("supply_outstanding", "applicant", new { materials = new[] { "M6" } }), "tolerance_accepted", "+T-CHK ■T-TOL", "补件回执");
    }

    [Fact]
    public void TR_19_a_conforming_supplement_goes_to_review() => Row(Hall.In("XA").Tolerated().Do("supply_outstanding", "applicant").Do("supplement_conforming", "acceptor"), "reviewing", "■T-CHK");

    [Fact]
    public void TR_19_in_CQ_the_promised_clock_starts_on_the_day_of_the_supply()
    {
        var hall = Hall.In("CQ").Tolerated().Until("2026-09-22T10:00").Do("supply_outstanding", "applicant").Until("2026-09-24T10:00").Do("supplement_conforming", "acceptor");

        Row(hall, "reviewing", "■T-CHK +T-PRO +T-STA");
        Assert.Equal("10-13", hall.LastDay("T-PRO"));
    }

    [Fact]
    public void TR_19_a_promised_clock_that_is_over_when_the_check_is_done_fires_at_once()
    {
        var hall = Hall.In("CQ", item: """{"promised": "2wd"}""").Tolerated().Until("2026-09-22T10:00").Do("supply_outstanding", "applicant").Until("2026-09-29T10:00").Do("supplement_conforming", "acceptor");

        Row(hall, "reviewing", "■T-CHK +T-PRO !T-PRO +T-STA");
        Assert.Equal(Hall.At(2026, 9, 25), hall.Timer("T-PRO").FiredAt);
        Assert.False(hall.State.Facts.OnTime);
        Assert.Contains("T-PRO", hall.State.Orders);
    }

    [Fact]
    public void TR_20_a_late_tolerance_supplement_forces_a_denial()
    {
        var hall = Hall.In("XA").Tolerated().Until("2026-09-29T00:00").Until("2026-09-30T00:00");
        Assert.Equal("deciding", hall.State.State);
        Assert.Equal("denied", hall.State.Facts.ForcedOutcome);
        Assert.Equal("!T-TOL", hall.Timers);
        Assert.Equal(TimerState.Running, hall.Timer("T-PRO").State);
    }

    [Fact]
    public void TR_21_so_does_one_that_does_not_conform()
    {
        var hall = Row(Hall.In("XA").Tolerated().Do("supply_outstanding", "applicant").Do("supplement_nonconforming", "reviewer"), "deciding", "■T-CHK");
        Assert.Equal("denied", hall.State.Facts.ForcedOutcome);
    }

    [Fact]
    public void TR_22_in_CQ_the_notice_may_say_that_lateness_withdraws() =>
        Row(Hall.In("CQ").Tolerated("deemed_withdrawn").Until("2026-09-28T09:00").Until("2026-09-30T00:00"), "deemed_withdrawn", "+T-NTF !T-TOL", "视为撤回告知 归档包");

    [Fact]
    public void TR_23_and_TR_24_a_special_procedure_pauses_the_main_clocks()
    {
        var hall = Row(Hall.In("QS").InSpecialProcedure(), "special_procedure", "‖T-PRO +T-SPC ‖T-STA", "特别程序告知书");
        Row(hall.Do("finish_special", "reviewer", new { result = "通过" }), "reviewing", "▶T-PRO ■T-SPC ▶T-STA");
        Assert.Contains("procedure_record", hall.Records, StringComparison.Ordinal);
    }

    [Fact]
    public void TR_23_in_CQ_the_main_clocks_run_on() => Row(Hall.In("CQ").InSpecialProcedure(), "special_procedure", "+T-SPC", "特别程序告知书");

    [Fact]
    public void TR_25_an_overrun_is_escalated_and_the_main_clock_stays_paused()
    {
        var hall = Hall.In("QS").InSpecialProcedure().Until("2026-09-29T09:00").Until("2026-09-30T00:00");

        Row(hall, "special_procedure", "!T-SPC");
        Assert.Equal(["T-SPC"], hall.State.Orders);
        Assert.Equal(TimerState.Paused, hall.Timer("T-PRO").State);
    }

    [Fact]
    public void TR_26_and_TR_28_branches_are_collected_and_the_joint_clock_runs_on()
    {
        var hall = Row(JointHall.Accepted("CQ").Do("branch_done", "reviewer:A", new { branch = "A", result = "agree" }), "joint_reviewing", "■T-PAR:A");
        Row(hall.Do("branch_done", "reviewer:B", new { branch = "B", result = "agree" }), "deciding", "■T-PAR:B");
        Assert.Equal(TimerState.Running, hall.Timer("T-JNT").State);
    }

    [Fact]
    public void TR_26_pauses_the_branch_alone_in_its_special_procedure()
    {
        var hall = Row(JointHall.Accepted("CQ").Do("start_special", "reviewer:A", new { kind = "听证", branch = "A" }), "joint_reviewing", "‖T-PAR:A +T-SPC:A", "特别程序告知书");
        Row(hall.Until("2026-09-24T10:00").Do("finish_special", "reviewer:A", new { branch = "A", result = "完成" }), "joint_reviewing", "▶T-PAR:A ■T-SPC:A");
        Assert.Equal("10-09", hall.LastDay("T-PAR:A"));   // 22, 23, 24 skipped
        Assert.Equal(TimerState.Running, hall.Timer("T-JNT").State);
    }

    [Fact]
    public void TR_27_a_late_branch_is_escalated_to_the_lead()
    {
        var hall = Row(JointHall.Accepted("CQ").Until("2026-09-29T09:00").Until("2026-09-30T00:00"), "joint_reviewing", "!T-PAR:A");
        Assert.Equal(["T-PAR:A"], hall.State.Orders);
    }

    [Fact]
    public void TR_29_review_leads_to_the_decision() => Row(Hall.In("XA").Reviewed(), "deciding", "");

    [Fact]
    public void TR_30_an_approval_stops_the_clocks_and_starts_the_way_to_the_applicant() =>
        Row(Hall.In("XA").Approved(), "approved", "+T-CRT +T-NTF ■T-PRO +T-SHR ■T-STA +T-WIN", "准予决定书 证照 电子证照");

    [Fact]
    public void TR_31_so_does_a_denial()
    {
        Row(Hall.In("XA").Reviewed().Do("deny", "decider", HallWays.Denial), "denied", "+T-NTF ■T-PRO +T-SHR ■T-STA +T-WIN", "不予批准决定书");
        Row(Hall.In("QS").Reviewed().Do("deny", "decider", HallWays.Denial), "denied", "+T-NEG +T-NTF ■T-PRO +T-SHR ■T-STA +T-WIN", "不予批准决定书");
    }

    [Theory]
    [InlineData("CQ", "准予决定书"), InlineData("XA", "受理凭证 准予决定书")]
    public void TR_32_a_formal_matter_is_completed_on_the_spot(string profile, string documents)
    {
        var hall = Hall.In(profile, item: """{"review_kind": "formal"}""").Received().Do("complete_on_the_spot", "acceptor", new { delegated_by = "Wu" });

        Row(hall, "approved", profile == "CQ" ? "+T-NTF +T-SHR ■T-SPT +T-WIN" : "■T-ACC +T-NTF +T-SHR +T-WIN", documents);
    }

    [Fact]
    public void TR_32_in_NX_a_formal_matter_that_is_a_promise_item_keeps_its_document() =>
        Assert.Contains("受理收件凭证", Hall.In("NX", "standard", """{"review_kind": "formal"}""", ("P22", "off")).Received().Do("complete_on_the_spot", "acceptor", new { delegated_by = "Wu" }).Documents, StringComparison.Ordinal);

    [Theory]
    [InlineData("reviewing"), InlineData("tolerance_accepted"), InlineData("special_procedure"), InlineData("deciding"), InlineData("suspended")]
    public void TR_33_an_undecided_renewal_is_extended_when_the_licence_ends(string from)
    {
        var hall = Renewal(from, "renewal");
        Assert.Equal(from, hall.State.State);

        hall.Until("2026-10-01T00:00");

        Assert.Equal("deemed_extended", hall.State.State);
        Assert.Equal(CaseStatus.Open, hall.State.Status);
        Assert.Contains("视为准予延续", hall.Documents, StringComparison.Ordinal);
        Assert.DoesNotContain(hall.State.Timers, timer => timer.State is TimerState.Running or TimerState.Paused && timer.Kind is not ("T-WIN" or "T-NTF" or "T-EVA" or "T-SHR"));
        Assert.Equal("completed", hall.Do("result_at_window", "acceptor").Signal(new Stimulus.Acknowledged([], ["T-CRT"])).Do("pick_up", "acceptor").Do("close", "system").State.State);
        Assert.Equal("deemed_extended", hall.State.Outcome);
    }

    [Fact]
    public void TR_33_holds_where_the_drawing_has_no_way_for_it()
    {
        Assert.Equal("deemed_extended", Renewal("reviewing", "standard").Until("2026-10-01T00:00").State.State);

        var joint = Hall.In("XA", "joint", """{"renewable": true, "joint": {"lead": "A", "limit": "20wd", "branches": {"A": "15wd", "B": "15wd"}}}""")
            .Received(new { licence = new { no = "L1", valid_to = "2026-09-30" } }).Do("accept", "acceptor").Do("start_special", "reviewer:A", new { kind = "听证", branch = "A" }).Until("2026-10-01T00:00");
        Assert.Equal("deemed_extended", joint.State.State);
        Assert.DoesNotContain(joint.State.Timers, timer => timer.State is TimerState.Running or TimerState.Paused && timer.Kind is "T-PAR" or "T-SPC" or "T-JNT" && timer.State != TimerState.Stopped);
    }

    [Fact]
    public void TR_33_a_licence_without_an_end_is_never_deemed_extended() =>
        Assert.Null(Hall.In("XA", "renewal", """{"renewable": true}""").Received(new { licence = new { no = "L1", valid_to = "9999-12-31" } }).State.Timer("T-EXT"));

    static Hall Renewal(string state, string pipeline)
    {
        var hall = Hall.In("XA", pipeline, """{"renewable": true, "special_procedures": [{"kind": "听证", "limit": "5wd", "published": true}]}""");
        object licence = new { no = "L1", valid_to = "2026-09-30" };
        if (state == "tolerance_accepted")
            return hall.Received(new { licence, missing = new[] { "M5" } }).Do("accept_tolerant", "acceptor", new { limit = "10wd" });
        hall.Received(new { licence }).Do("accept", "acceptor");
        return state switch
        {
            "special_procedure" => hall.Do("start_special", "reviewer", new { kind = "听证" }),
            "deciding" => hall.Do("review_done", "reviewer"),
            "suspended" => hall.Do("suspend", "chief_representative", new { cause = "申请人丧失行为能力" }),
            _ => hall,
        };
    }

    [Fact]
    public void TR_34_the_result_at_the_window_starts_the_delivery_clock()
    {
        Row(Hall.In("XA").Ready(), "result_ready", "+T-DLV ■T-WIN", "结果交接单");
        Row(Hall.In("XA").Approved().Do("result_online", "system"), "result_ready", "+T-DLV ■T-WIN");
    }

    [Fact]
    public void TR_35_TR_37_and_TR_38_mail_may_come_back_and_go_again()
    {
        var hall = Hall.In("XA").Received(new { delivery = "mail" }).Do("accept", "acceptor").Do("review_done", "reviewer").Do("approve", "decider").Do("result_at_window", "decider");
        Row(hall.Do("post", "acceptor", new { tracking_no = "1" }), "delivering", "", "寄递单号");
        Row(hall.Do("mail_returned", "carrier"), "result_ready", "");
        Row(hall.Do("post", "acceptor", new { tracking_no = "2" }), "delivering", "", "寄递单号");
        Row(hall.Do("mail_signed", "carrier"), "delivered", "■T-DLV", "签收记录");
    }

    [Fact]
    public void TR_36_pick_up_or_online_delivery()
    {
        Row(Hall.In("XA").Ready().Do("pick_up", "acceptor", new { applicant_matches = true }), "delivered", "■T-DLV", "送达回证");
        Row(Hall.In("XA").Ready().Do("e_deliver", "system"), "delivered", "■T-DLV", "送达回证");
    }

    [Fact]
    public void TR_36_a_late_delivery_still_stops_its_clock()
    {
        var hall = Hall.In("XA").Ready().Until("2026-10-20T10:00").Do("pick_up", "acceptor");

        Row(hall, "delivered", "■T-DLV", "送达回证");
        Assert.False(hall.Timer("T-DLV").InTime);
    }

    [Fact]
    public void TR_39_closing_invites_a_rating_and_packs_the_archive()
    {
        var hall = Row(Hall.In("CQ").Ready().Do("pick_up", "acceptor").Do("close", "system"), "completed", "+T-EVA", "归档包");
        Assert.Equal("approved", hall.State.Outcome);
    }

    [Theory]
    [InlineData("draft"), InlineData("pre_reviewing"), InlineData("submitted"), InlineData("correction_pending"), InlineData("tolerance_accepted"), InlineData("reviewing"), InlineData("special_procedure"),
     InlineData("joint_reviewing"), InlineData("deciding"), InlineData("suspended")]
    public void TR_40_an_applicant_withdraws_before_the_decision(string from)
    {
        var hall = Reached(from);
        Assert.Equal(from, hall.State.State);

        hall.Do("withdraw", "applicant");

        Assert.Equal("withdrawn", hall.State.State);
        Assert.Equal("撤回申请 归档包", hall.Documents);
        Assert.DoesNotContain(hall.State.Timers, timer => timer.State is TimerState.Running or TimerState.Paused && timer.Kind is not ("T-NTF" or "T-SHR" or "T-EVA"));
    }

    static Hall Reached(string state) => state switch
    {
        "draft" => Hall.In("XA").Do("create_draft", "applicant"),
        "pre_reviewing" => Hall.In("XA").Do("create_draft", "applicant").Do("ask_pre_review", "applicant"),
        "submitted" => Hall.In("XA").Received(),
        "correction_pending" => Hall.In("XA").InCorrection(),
        "tolerance_accepted" => Hall.In("XA").Tolerated(),
        "special_procedure" => Hall.In("XA").InSpecialProcedure(),
        "joint_reviewing" => JointHall.Accepted("XA"),
        "deciding" => Hall.In("XA").Reviewed(),
        "suspended" => Hall.In("XA").Accepted().Do("suspend", "administration_body", new { cause = "诉讼" }),
        _ => Hall.In("XA").Accepted(),
    };

    [Fact]
    public void TR_41_and_TR_42_a_suspension_pauses_all_but_the_validity_of_the_licence()
    {
        var hall = Hall.In("XA", "renewal", """{"renewable": true}""").Received(new { licence = new { no = "L1", valid_to = "2026-12-31" } }).Do("accept", "acceptor").Do("suspend", "chief_representative", new { cause = "诉讼" });
        Row(hall, "suspended", "‖T-PRO ‖T-STA", "中止通知");
        Assert.Equal(TimerState.Running, hall.Timer("T-EXT").State);

        Row(hall.Until("2026-09-24T10:00").Do("resume", "chief_representative", new { cause = "结束" }), "reviewing", "▶T-PRO ▶T-STA", "恢复通知");
        Assert.Equal("10-15", hall.LastDay("T-PRO"));   // 22, 23, 24 skipped
    }

    [Fact]
    public void TR_41_a_special_procedure_under_suspension_keeps_both_reasons_apart()
    {
        var hall = Row(Hall.In("XA").InSpecialProcedure().Do("suspend", "administration_body", new { cause = "诉讼" }), "suspended", "‖T-PRO ‖T-SPC ‖T-STA", "中止通知");
        Row(hall.Do("resume", "administration_body", new { cause = "结束" }), "special_procedure", "▶T-SPC", "恢复通知");
        Row(hall.Do("finish_special", "system", new { result = "完成" }), "reviewing", "▶T-PRO ■T-SPC ▶T-STA");
    }

    [Fact]
    public void TR_41_a_limit_paused_on_its_last_day_ends_with_the_day_of_resumption()
    {
        var hall = Hall.In("XA", item: """{"promised": "3wd"}""").Accepted().Until("2026-09-24T10:00").Do("suspend", "administration_body", new { cause = "诉讼" }).Until("2026-09-29T10:00");
        Assert.Equal("suspended", hall.State.State);

        Assert.Equal("09-29", hall.Do("resume", "administration_body", new { cause = "结束" }).LastDay("T-PRO"));
        Assert.False(hall.Until("2026-09-30T00:00").State.Facts.OnTime);
    }

    [Fact]
    public void TR_43_a_case_ends_when_its_basis_lapses() => Row(Hall.In("XA").Reviewed().Do("terminate", "administration_body", new { cause = "item_cancelled" }), "terminated", "■T-PRO ■T-STA", "终止通知 归档包");

    [Fact]
    public void TR_44_the_promised_clock_warns_and_then_escalates_while_the_case_stays_open()
    {
        var hall = Hall.In("QS").Accepted();

        Assert.Equal(Colour.Yellow, hall.Until("2026-10-08T09:00").State.Colour);
        Assert.Equal(Colour.Orange, hall.Until("2026-10-12T09:00").State.Colour);
        Row(hall.Until("2026-10-13T00:00"), "reviewing", "!T-PRO");
        Assert.Equal(Colour.Red, hall.State.Colour);
        Assert.False(hall.State.Facts.OnTime);
        Assert.Contains("accountability", hall.Records, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void TR_45_a_promise_found_untrue_revokes_also_after_the_end(bool ended)
    {
        var hall = Hall.In("CQ").Received().Do("accept_promise", "acceptor", new { promise_signed = true }).Do("review_done", "reviewer").Do("approve", "decider");
        if (ended) hall.Do("result_at_window", "decider").Do("pick_up", "acceptor").Do("close", "system");
        var before = hall.State.State;

        Row(hall.Do("promise_check_failed", "line_department", new { finding = "不实" }), before, "■T-VER", "撤销/责令补正");
        Assert.Contains("revoked", hall.State.Flags);
    }

    [Theory]
    [InlineData("NX", true), InlineData("XA", false)]
    public void TR_46_a_result_late_at_the_window_is_escalated_where_P25_sets_a_limit(string profile, bool escalated)
    {
        var hall = Hall.In(profile).Approved().Until("2026-09-23T00:00");

        Assert.Equal(TimerState.Fired, hall.Timer("T-WIN").State);
        Assert.Equal(escalated, hall.State.Orders.Contains("T-WIN"));
        Assert.Equal(TimerState.Stopped, hall.Do("result_at_window", "decider").Timer("T-WIN").State);
    }

    [Fact]
    public void A_consultation_and_a_booking_lead_to_the_filing()
    {
        var hall = Row(Hall.In("XA").Do("open_consultation", "applicant", new { question = "?" }), "draft", "+T-CON");
        Row(hall.Do("answer", "guide", new { text = "!" }), "draft", "■T-CON +T-NTF");
        Row(hall.Do("book", "applicant", new { slot = "2026-09-22T09:00" }), "draft", "");
        Row(hall.Do("arrive", "guide").Do("receive", "acceptor"), "submitted", "+T-ACC", "收件回执");
    }
}

using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Registers;
using Xunit;
using Kind = Orchestrator.Kernel.Registers.RegisterFactKind;

namespace Orchestrator.Kernel.Tests.Registers;

public sealed class Item_register
{
    const string Joint = """{"promised": "10wd", "statutory": "30wd", "materials": {"M1": {"name": "材料1"}}, "joint": {"lead": null, "limit": "10wd", "branches": {"A": "5wd", "B": "7wd", "C": "8wd"}}}""";
    const string Single = """
        {"promised": "12wd", "statutory": "20wd", "kind": "promise", "guide_version": 3,
         "materials": {"M1": {"name": "材料1"}, "M2": {"name": "材料2"}, "M4": {"name": "材料4"}}}
        """;

    static string Version4(string more) => $$"""{"version": 4, "drop_materials": ["M4"], "effective_from": "2026-09-28T00:00", {{more}}}""";

    [Fact]
    public void a_joint_item_is_publishable_once_the_body_has_designated_its_lead()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-14T10:00", Joint);
        run.Refused("V-19", "2026-09-14T10:00", "publish", """{"version": 1, "reported_to_body": true}""");
        Assert.Equal(TimerState.Running, run.Timer("T-LED").State);
        Assert.Equal("draft", run.State.StateAt(RegisterRun.At("2026-09-14T10:00")));

        var designated = run.Do("2026-09-16T10:00", "designate_lead", """{"lead": "A"}""", "administration_body");
        Assert.Contains("designation", designated.Of(Kind.Record));
        Assert.Equal(TimerState.Stopped, run.Timer("T-LED").State);
        Assert.True(run.Timer("T-LED").InTime);

        Assert.Null(run.Do("2026-09-16T10:30", "publish", """{"version": 1, "reported_to_body": true}""").Refused);
        Assert.Equal("published", run.State.StateAt(RegisterRun.At("2026-09-16T10:30")));
        Assert.Equal("A", run.Item.Versions[0].Terms.Joint!.Lead);
    }

    [Fact]
    public void a_lead_that_nobody_designates_in_five_working_days_turns_red()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-14T10:00", Joint);
        var fired = run.Pass("2026-09-22T00:00");
        Assert.Equal(["overdue_report"], fired.Of(Kind.Record));
        Assert.Equal(Colour.Red, run.State.Colour);
        run.Do("2026-09-22T09:00", "designate_lead", """{"lead": "A"}""");
        Assert.Equal((TimerState.Stopped, false), (run.Timer("T-LED").State, run.Timer("T-LED").InTime));
        Assert.Equal(Colour.None, run.State.Colour);
    }

    [Fact]
    public void the_gate_refuses_a_version_with_the_first_rule_that_it_breaks()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single);
        run.Refused("V-03", "2026-09-23T09:00", "publish", Version4("""
            "promised": "12wd", "add_materials": {"M7": {"name": "其他有关材料", "necessity": "main"}}, "reported_to_body": true
            """));
        run.Refused("V-08", "2026-09-23T09:30", "publish", Version4("\"promised\": \"20wd\", \"reported_to_body\": true"));
        run.Refused("V-29", "2026-09-23T10:00", "publish", Version4("\"promised\": \"12wd\", \"reported_to_body\": false"));
    }

    [Fact]
    public void the_refusal_names_the_hit_words()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single);
        var refused = run.Do("2026-09-23T09:00", "publish", Version4("""
            "add_materials": {"M7": {"name": "其他有关材料"}}, "reported_to_body": true
            """)).Refused!;
        Assert.Equal(["其他", "有关"], refused.Named);
        Assert.NotEqual(refused.Message.Zh, refused.Message.En);
    }

    [Fact]
    public void a_promise_equal_to_the_statutory_limit_passes_outside_CQ() =>
        Assert.Null(RegisterRun.OfItem("XA", "2026-09-21T10:00", Single).Do("2026-09-23T09:30", "publish", Version4("\"promised\": \"20wd\"")).Refused);

    [Fact]
    public void the_next_version_takes_effect_at_the_instant_at_which_the_last_one_ends()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single);
        var published = run.Do("2026-09-23T11:00", "publish", Version4("\"promised\": \"12wd\", \"reported_to_body\": true"));
        Assert.Contains("report_to_body", published.Of(Kind.Record));
        Assert.Equal(["T-SYN"], published.Of(Kind.TimerStarted));

        var change = RegisterRun.At("2026-09-28T00:00");
        Assert.Equal(3, run.Item.InForce(change - Duration.Epsilon)!.Number);
        Assert.Equal(4, run.Item.InForce(change)!.Number);
        Assert.Equal(run.Item.Versions[0].EffectiveTo, run.Item.Versions[1].EffectiveFrom);
        Assert.False(run.Item.InForce(change)!.Terms.Materials.ContainsKey("M4"));
        Assert.True(run.Item.Version(3)!.Terms.Materials.ContainsKey("M4"));
        run.Refused("V-28", "2026-09-24T09:00", "publish", """{"version": 5, "effective_from": "2026-09-28T00:00", "reported_to_body": true}""");
    }

    [Fact]
    public void a_library_that_does_not_acknowledge_within_an_hour_has_drifted()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single);
        run.Do("2026-09-23T11:00", "publish", Version4("\"reported_to_body\": true"));
        Assert.Equal(["drift_report"], run.Pass("2026-09-23T12:00").Of(Kind.Record));
        run.Do("2026-09-23T12:30", "acknowledge_sync", role: "system");
        Assert.Equal(Colour.None, run.State.Colour);

        var prompt = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single);
        prompt.Do("2026-09-23T11:00", "publish", Version4("\"reported_to_body\": true"));
        prompt.Do("2026-09-23T11:05", "acknowledge_sync", role: "system");
        Assert.Empty(prompt.Pass("2026-09-23T12:00").Facts);
        Assert.True(prompt.Timer("T-SYN").InTime);
    }

    [Fact]
    public void a_cancelled_item_opens_no_case_from_its_effective_moment_and_the_catalogue_says_so()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single);
        var cancelled = run.Do("2026-10-08T00:00", "cancel_item", """{"effective_from": "2026-10-08T00:00"}""");
        Assert.Equal(["政务服务事项目录"], cancelled.Of(Kind.Document));
        Assert.Equal(TimerState.Stopped, run.Timer("T-CAT").State);
        Assert.Equal("cancelled", run.State.StateAt(RegisterRun.At("2026-10-08T00:00")));
        Assert.Null(run.Item.InForce(RegisterRun.At("2026-10-08T09:10")));
        Assert.NotNull(run.Item.Version(3));
        Assert.Empty(cancelled.Of(Kind.TerminateCases));
        run.Refused("V-01", "2026-10-08T10:00", "publish", Version4("\"reported_to_body\": true"));
    }

    [Fact]
    public void a_cancellation_announced_earlier_takes_effect_at_its_own_instant()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single).Override("inflight.on_cancel", "terminate");
        run.Do("2026-09-24T10:00", "cancel_item", """{"effective_from": "2026-10-08T00:00"}""");
        Assert.NotNull(run.Item.InForce(RegisterRun.At("2026-10-07T23:59")));
        Assert.Empty(run.Pass("2026-10-07T23:59").Facts);
        var told = run.Pass("2026-10-08T09:00");
        Assert.Equal(["X"], told.Of(Kind.TerminateCases));
        Assert.All(told.Facts, fact => Assert.Equal(RegisterRun.At("2026-10-08T00:00"), fact.At));
        Assert.Empty(run.Pass("2026-10-09T09:00").Facts);
    }

    [Fact]
    public void a_suspended_item_opens_no_case_until_it_is_resumed()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single);
        run.Do("2026-09-22T10:00", "suspend_item");
        Assert.Equal("suspended", run.State.StateAt(RegisterRun.At("2026-09-22T10:00")));
        Assert.Null(run.Item.InForce(RegisterRun.At("2026-09-22T10:00")));
        run.Do("2026-09-23T10:00", "resume_item");
        Assert.Equal(3, run.Item.InForce(RegisterRun.At("2026-09-23T10:00"))!.Number);
    }

    [Fact]
    public void a_change_of_law_asks_for_a_new_guide_within_five_working_days()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single);
        run.Do("2026-09-21T10:00", "register_legal_change");
        Assert.Equal(RegisterRun.EndOf("2026-09-29"), run.Timer("T-GDE").Due);
        run.Pass("2026-09-28T09:00");
        Assert.Equal(Colour.Yellow, run.State.Colour);
        run.Pass("2026-09-29T09:00");
        Assert.Equal(Colour.Orange, run.State.Colour);
        Assert.Equal(["T-GDE"], run.Pass("2026-09-30T00:00").Of(Kind.Order));
        var published = run.Do("2026-09-30T10:00", "publish", """{"version": 4, "promised": "10wd", "reported_to_body": true}""");
        Assert.Equal(["T-GDE"], published.Of(Kind.OrderClosed));
        Assert.Equal(TimerState.Stopped, run.Timer("T-GDE").State);
    }

    [Fact]
    public void the_catalogue_follows_an_adjustment()
    {
        var run = RegisterRun.OfItem("QS", "2026-09-21T10:00", Single);
        run.Do("2026-09-21T10:00", "adjust_catalogue");
        Assert.Equal(RegisterRun.EndOf("2026-09-29"), run.Timer("T-CAT").Due);
        Assert.Equal(["政务服务事项目录"], run.Do("2026-09-22T10:00", "publish_catalogue").Of(Kind.Document));
        Assert.True(run.Timer("T-CAT").InTime);
    }

    [Fact]
    public void malformed_data_and_applicants_change_nothing()
    {
        var run = RegisterRun.OfItem("CQ", "2026-09-21T10:00", Single);
        run.Refused("act.malformed", "2026-09-23T09:00", "publish", """{"version": 4, "effective_from": "soon"}""");
        run.Refused("act.malformed", "2026-09-23T09:00", "publish", """{"version": 4, "drop_materials": "M4"}""");
        run.Refused("5.7", "2026-09-23T09:00", "cancel_item", role: "applicant");
        run.Refused("act.unknown", "2026-09-23T09:00", "burn");
    }
}

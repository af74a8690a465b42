using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Registers;
using Xunit;
using Kind = Orchestrator.Kernel.Registers.RegisterFactKind;

namespace Orchestrator.Kernel.Tests.Registers;

public sealed class Policy_staff_and_window_registers
{
    static RegisterRun Of(string region, string subject) => new(region, Register.Open(subject)!);

    [Fact]
    public void a_policy_is_to_be_public_within_twenty_working_days()
    {
        var run = Of("XA", "policy:P1");
        run.Do("2026-09-14T10:00", "register_policy", role: "policy_owner");
        Assert.Equal((TimerState.Running, RegisterRun.EndOf("2026-10-16"), 20), (run.Timer("T-PUB").State, run.Timer("T-PUB").Due, run.Timer("T-PUB").Of));

        var warned = run.Pass("2026-10-09T09:00");
        Assert.Equal(Colour.Yellow, run.State.Colour);
        Assert.Equal(("reminder", "policy_owner"), (warned.Facts[0].Name, warned.Facts[0].To));

        var fired = run.Pass("2026-10-17T00:00");
        Assert.Equal((TimerState.Fired, Colour.Red), (run.Timer("T-PUB").State, run.State.Colour));
        Assert.Contains("overdue_report", fired.Of(Kind.Record));
        Assert.Equal("late", fired.Facts.Single(fact => fact.Kind == Kind.Kpi).Value);
    }

    [Fact]
    public void a_policy_published_on_the_last_day_with_its_interpretation_is_in_time()
    {
        var run = Of("XA", "policy:P1");
        run.Do("2026-09-14T10:00", "register_policy", role: "policy_owner");
        run.Refused("XA-35", "2026-10-16T17:00", "publish_policy", role: "policy_owner");
        var published = run.Do("2026-10-16T18:00", "publish_policy", """{"interpretation": true}""", "policy_owner");
        Assert.Equal((TimerState.Stopped, true), (run.Timer("T-PUB").State, run.Timer("T-PUB").InTime));
        Assert.Equal(("K-36", "on_time"), published.Facts.Where(fact => fact.Kind == Kind.Kpi).Select(fact => (fact.Name, fact.Value)).Single());
        Assert.Empty(run.Pass("2026-11-01T00:00").Facts);
    }

    [Fact]
    public void the_other_regions_set_no_limit_for_policies()
    {
        var run = Of("NX", "policy:P1");
        run.Do("2026-09-14T10:00", "register_policy", role: "policy_owner");
        Assert.Empty(run.State.Timers);
        run.Refused("XA-35", "2026-09-15T10:00", "register_policy", role: "policy_owner");
    }

    [Fact]
    public void leave_needs_a_substitute_where_the_region_asks_for_one()
    {
        var run = Of("AQ", "staff:Wu");
        run.Refused("AQ-3.1.5c", "2026-09-28T16:30", "request_leave", """{"date": "2026-09-29"}""", "acceptor");
        run.Refused("AQ-3.1.5c", "2026-09-28T16:30", "request_leave", """{"date": "2026-09-29", "substitute": "Wu"}""", "acceptor");
        var approved = run.Do("2026-09-28T16:40", "request_leave", """{"date": "2026-09-29", "substitute": "Sun"}""", "acceptor");
        Assert.Equal(["shift"], approved.Of(Kind.Record));
        Assert.Equal("on_leave", run.State.StateAt(RegisterRun.At("2026-09-29T09:00")));
        Assert.Equal("on_duty", run.State.StateAt(RegisterRun.At("2026-09-30T09:00")));
        run.Refused("act.malformed", "2026-09-28T16:50", "request_leave", """{"date": "2026-09-27", "substitute": "Sun"}""", "acceptor");
        Assert.Null(Of("XA", "staff:Wu").Do("2026-09-28T16:30", "request_leave", """{"date": "2026-09-29"}""", "acceptor").Refused);
    }

    [Fact]
    public void a_window_left_empty_in_opening_hours_raises_the_alarm_at_once()
    {
        var run = Of("AQ", "window:W01");
        run.Do("2026-09-30T09:00", "sign_in", """{"staff": "Sun"}""", "acceptor");
        var vacated = run.Do("2026-09-30T10:00", "vacate", role: "acceptor");
        Assert.Equal(["vacancy_alarm"], run.State.Flags);
        Assert.Equal((TimerState.Fired, RegisterRun.At("2026-09-30T10:00")), (run.Timer("T-STF").State, run.Timer("T-STF").FiredAt!.Value));
        Assert.Equal(("K-38", "+1"), vacated.Facts.Where(fact => fact.Kind == Kind.Kpi).Select(fact => (fact.Name, fact.Value)).Single());

        run.Do("2026-09-30T10:05", "sign_in", """{"staff": "Wu"}""", "acceptor");
        Assert.Empty(run.State.Flags);
        Assert.Equal(TimerState.Stopped, run.Timer("T-STF").State);
    }

    [Fact]
    public void a_window_handed_to_a_substitute_is_never_vacant()
    {
        var run = Of("AQ", "window:W01");
        Assert.Equal(["shift"], run.Do("2026-09-30T10:00", "vacate", """{"substitute": "Wu"}""", "acceptor").Of(Kind.Record));
        Assert.Empty(run.State.Flags);
        Assert.Equal("staffed", run.State.StateAt(RegisterRun.At("2026-09-30T10:00")));
    }

    [Theory]
    [InlineData("2026-09-30T17:00")]
    [InlineData("2026-09-30T08:59")]
    [InlineData("2026-10-01T10:00")]
    public void outside_opening_hours_an_empty_window_is_only_closed(string at)
    {
        var run = Of("AQ", "window:W01");
        Assert.Empty(run.Do(at, "vacate", role: "acceptor").Of(Kind.Kpi));
        Assert.Equal("closed", run.State.StateAt(RegisterRun.At(at)));
    }
}

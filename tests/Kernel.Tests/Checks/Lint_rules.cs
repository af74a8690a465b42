using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Tests.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Checks;

public sealed class Lint_rules
{
    static string[] Codes(Drawing drawing) => [.. Lint.Run(drawing.Flow()).Select(finding => $"{finding.Code}:{finding.ActivityId}")];

    [Fact]
    public void a_complete_drawing_has_no_findings() =>
        Assert.Empty(Codes(Drawing.New.Variable("ok", "Boolean").Decision("d", "ok").Task("a").Connect("start->d", "d.True->a", "d.False->end", "a->end")));

    [Fact]
    public void an_activity_that_cannot_be_reached_is_reported() => Assert.Equal(["activity.unreachable:a"], Codes(Drawing.New.Task("a").Connect("start->end", "a->end")));

    [Fact]
    public void a_decision_needs_both_ways() => Assert.Equal(["port.unconnected:d"], Codes(Drawing.New.Decision("d").Connect("start->d", "d.True->end")));

    [Fact]
    public void an_optional_port_may_stay_open() => Assert.Empty(Codes(Drawing.New.Task("a").Connect("start->a", "a->end")));

    [Fact]
    public void an_activity_with_nothing_after_it_is_a_dead_end() =>
        Assert.Equal(["activity.dead-end:a", "port.unconnected:a"], Codes(Drawing.New.Task("a", "On", "Done").Fork("f", "A", "B").Connect("start->f", "f.A->a", "f.B->end")).Where(code => !code.EndsWith(":f", StringComparison.Ordinal)).Distinct());

    [Fact]
    public void a_flow_without_an_end_is_reported() => Assert.Contains("flow.end-missing:", Codes(Drawing.New.Task("a", "Again").Connect("start->a", "a.Again->a")));

    [Fact]
    public void a_required_input_must_be_given() => Assert.Equal(["input.missing:n"], Codes(Drawing.New.Add("n", "Gov.Notify").Connect("start->n", "n->end")));

    [Fact]
    public void a_role_must_be_one_of_the_regulation() =>
        Assert.Equal(["role.unknown:t"], Codes(Drawing.New.Add("t", "Gov.HumanTask", ("role", "boss"), ("outcomes", new[] { "Done" })).Connect("start->t", "t->end")));

    [Fact]
    public void a_fork_needs_two_branches() => Assert.Equal(["fork.too-few-branches:f"], Codes(Drawing.New.Fork("f", "A").Connect("start->f", "f.A->end")));

    [Fact]
    public void a_join_with_one_source_does_nothing() => Assert.Equal(["join.single-source:j"], Codes(Drawing.New.Join("j").Connect("start->j", "j->end")));

    [Theory]
    [InlineData(0), InlineData(3)]
    public void a_join_cannot_count_more_or_fewer_than_its_sources(int count) =>
        Assert.Equal(["join.bad-count:j"], Codes(Drawing.New.Fork("f", "A", "B").Join("j", "WaitCount", count).Connect("start->f", "f.A->j", "f.B->j", "j->end")));

    [Fact]
    public void a_switch_needs_cases_and_a_task_outcomes()
    {
        Assert.Equal(["switch.no-cases:s"], Codes(Drawing.New.Switch("s", "MatchFirst").Connect("start->s", "s.Default->end")));
        Assert.Contains("task.no-outcomes:t", Codes(Drawing.New.Add("t", "Gov.HumanTask", ("role", "reviewer"), ("outcomes", Array.Empty<string>())).Connect("start->t", "t.Expired->end")));
    }

    [Fact]
    public void a_cycle_without_a_wait_or_a_task_runs_forever()
    {
        Assert.Contains("cycle.without-wait:d", Codes(Drawing.New.Decision("d").Connect("start->d", "d.True->d", "d.False->end")));
        Assert.Contains("cycle.without-wait:w", Codes(Drawing.New.Variable("n").Raw("w", "Elsa.While", ("condition", Drawing.Wrap("Literal", true))).Add("set", "Elsa.SetVariable", ("variable", "n"))
            .Connect("start->w", "w.Body->set", "set->w", "w.Done->end")));
        Assert.Contains("cycle.without-wait:d", Codes(Drawing.New.Decision("d").Add("sub", "Elsa.DispatchWorkflow", ("workflowDefinitionId", "x")).Connect("start->d", "d.True->sub", "sub->d", "d.False->end")));
    }

    [Fact]
    public void a_cycle_that_waits_or_that_ends_with_its_list_is_fine()
    {
        Assert.Empty(Codes(Drawing.New.Decision("d").Task("t").Connect("start->d", "d.True->t", "t->d", "d.False->end")));
        Assert.Empty(Codes(Drawing.New.Add("e", "Elsa.ForEach", ("items", new[] { 1 })).Add("n", "Gov.Notify", ("text", "x")).Connect("start->e", "e.Body->n", "n->e", "e.Done->end")));
    }

    [Fact]
    public void a_loop_whose_body_does_not_lead_back_is_reported() =>
        Assert.Equal(["loop.body-does-not-return:w"], Codes(Drawing.New.Raw("w", "Elsa.While", ("condition", Drawing.Wrap("Literal", true))).Connect("start->w", "w.Body->end", "w.Done->end")));

    [Fact]
    public void a_rule_about_an_undeclared_variable_is_reported() => Assert.Equal(["rule.unknown-field:d"], Codes(Drawing.New.Decision("d", "amuont").Connect("start->d", "d.True->end", "d.False->end")));

    [Fact]
    public void a_variable_does_not_take_a_value_of_another_type() =>
        Assert.Equal(["variable.type-mismatch:s"], Codes(Drawing.New.Variable("n", "Int32").Add("s", "Elsa.SetVariable", ("variable", "n"), ("value", "many")).Connect("start->s", "s->end")));

    [Fact]
    public void every_finding_speaks_both_languages_and_points_into_the_document() =>
        Assert.All(Lint.Run(Drawing.New.Fork("f", "A").Add("n", "Gov.Notify").Join("j").Connect("start->f", "f.A->n").Flow()), finding =>
        {
            Assert.NotEmpty(finding.Message.Zh);
            Assert.NotEmpty(finding.Message.En);
            Assert.StartsWith("/root/activities/", finding.Pointer, StringComparison.Ordinal);
        });

    [Fact]
    public void an_input_that_cannot_be_bound_is_not_also_reported_as_missing()
    {
        var report = DefinitionCheck.Run(Drawing.New.Raw("n", "Gov.Notify", ("text", Drawing.Wrap("JavaScript", "x()"))).Connect("start->n", "n->end").Document());

        Assert.Equal(["expression.unsupported"], report.Findings.Select(finding => finding.Code));
        Assert.False(report.IsPublishable);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Tests.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Engine;

/// <summary>The workflow-patterns catalogue (control flow 1–14, 16, 19, 20), each drawn in the document format and run.</summary>
public sealed class WorkflowPatterns
{
    static JsonNode Rule(string field, string op, object value) => Drawing.Wrap("Rule", new { field, op, value });

    static JsonNode Variable(string name) => Drawing.Wrap("Variable", name);

    static (string, JsonNode?)[] Cases(string mode, params (string Label, string Field)[] cases) =>
        [("mode", Drawing.Wrap("Literal", mode)), ("cases", Drawing.Wrap("Literal", cases.Select(each => new { label = each.Label, condition = new { field = each.Field, op = "eq", value = true } }).ToArray()))];

    static string State(FlowRun run) => run.State.Status == CaseStatus.Ended ? "ended" : run.Waiting;

    [Fact]
    public void WCP_1_sequence()
    {
        var run = FlowRun.Of(Drawing.New.Task("a").Task("b").Connect("start->a", "a->b", "b->end"));
        Assert.Equal("a", run.Waiting);
        Assert.Equal("b", run.Done("a").Waiting);
        Assert.Equal("ended", State(run.Done("b")));
    }

    [Fact]
    public void WCP_2_parallel_split() => Assert.Equal("a b c", FlowRun.Of(Split("WaitAll")).Waiting);

    [Fact]
    public void WCP_3_synchronization()
    {
        var run = FlowRun.Of(Split("WaitAll"));
        Assert.Equal("a c", run.Done("b").Waiting);
        Assert.Equal("c", run.Done("a").Waiting);
        Assert.Equal("after", run.Done("c").Waiting);
    }

    static Drawing Split(string mode, int? count = null, bool cancel = false) => Drawing.New.Fork("f", "A", "B", "C").Task("a").Task("b").Task("c").Join("j", mode, count, cancel).Task("after")
        .Connect("start->f", "f.A->a", "f.B->b", "f.C->c", "a->j", "b->j", "c->j", "j->after", "after->end");

    [Theory]
    [InlineData(true, "yes"), InlineData(false, "no")]
    public void WCP_4_exclusive_choice(bool answer, string task) => Assert.Equal(task, FlowRun.Of(Choice(), new { answer }).Waiting);

    static Drawing Choice() => Drawing.New.Input("answer", "Boolean").Raw("d", "Elsa.FlowDecision", ("condition", Rule("input.answer", "eq", true))).Task("yes").Task("no").Task("after")
        .Connect("start->d", "d.True->yes", "d.False->no", "yes->after", "no->after", "after->end");

    [Fact]
    public void WCP_5_simple_merge()
    {
        var run = FlowRun.Of(Choice(), new { answer = false }).Done("no");
        Assert.Equal("after", run.Waiting);
        Assert.Equal("ended", State(run.Done("after")));
    }

    static Drawing MultiChoice(string join) => Drawing.New.Input("fire", "Boolean").Input("health", "Boolean").Raw("s", "Elsa.FlowSwitch", Cases("MatchAny", ("Fire", "input.fire"), ("Health", "input.health")))
        .Task("fire").Task("health").Join("j", join).Task("after")
        .Connect("start->s", "s.Fire->fire", "s.Health->health", "s.Default->j", "fire->j", "health->j", "j->after", "after->end");

    [Theory]
    [InlineData(true, true, "fire health"), InlineData(true, false, "fire"), InlineData(false, false, "after")]
    public void WCP_6_multi_choice(bool fire, bool health, string tasks) => Assert.Equal(tasks, FlowRun.Of(MultiChoice("WaitAllActive"), new { fire, health }).Waiting);

    [Fact]
    public void WCP_7_structured_synchronizing_merge_waits_for_the_branches_that_were_chosen()
    {
        Assert.Equal("after", FlowRun.Of(MultiChoice("WaitAllActive"), new { fire = true, health = false }).Done("fire").Waiting);

        var both = FlowRun.Of(MultiChoice("WaitAllActive"), new { fire = true, health = true });
        Assert.Equal("health", both.Done("fire").Waiting);
        Assert.Equal("after", both.Done("health").Waiting);
    }

    [Fact]
    public void WCP_8_multi_merge_runs_what_follows_once_for_each_branch()
    {
        var run = FlowRun.Of(Drawing.New.Fork("f", "A", "B").Task("a").Task("b").Task("after").Connect("start->f", "f.A->a", "f.B->b", "a->after", "b->after", "after->end"));
        Assert.Equal("after after", run.Done("a").Done("b").Waiting);
        Assert.Equal("ended", State(run.Done("after").Done("after")));
    }

    [Fact]
    public void WCP_9_structured_discriminator_goes_on_with_the_first_and_swallows_the_rest()
    {
        var run = FlowRun.Of(Split("WaitAny")).Done("b");
        Assert.Equal("a c after", run.Waiting);
        Assert.Equal("after", run.Done("a").Done("c").Waiting);
        Assert.Equal("ended", State(run.Done("after")));
    }

    [Fact]
    public void WCP_10_arbitrary_cycles()
    {
        var run = FlowRun.Of(Drawing.New.Task("a", "Again", "On").Task("b", "Back", "On").Connect("start->a", "a.Again->a", "a.On->b", "b.Back->a", "b.On->end"));
        Assert.Equal("ended", State(run.Done("a", "Again").Done("a", "On").Done("b", "Back").Done("a", "On").Done("b", "On")));
        Assert.Equal("a a b a b end", run.Path);
    }

    [Fact]
    public void WCP_11_implicit_termination_when_nothing_is_left_to_do()
    {
        var run = FlowRun.Of(Drawing.New.Fork("f", "A", "B").Task("a").Task("b").Connect("start->f", "f.A->a", "f.B->b", "b->end")).Done("a");
        Assert.Equal("b", State(run));
        Assert.Equal("ended", State(run.Done("b")));
    }

    [Fact]
    public void WCP_12_multiple_instances_without_synchronization()
    {
        var run = FlowRun.Of(Drawing.New.Add("d", "Elsa.DispatchWorkflow", ("workflowDefinitionId", "child"), ("instances", 3), ("waitForCompletion", false)).Task("after").Connect("start->d", "d->after", "after->end"));

        Assert.Equal("after", run.Waiting);
        var asked = run.Events.OfType<SubCaseRequested>().ToList();
        Assert.Equal(3, asked.Select(each => each.CaseNo).Distinct().Count());
        Assert.All(asked, each => Assert.Null(each.Parent.Token));
    }

    [Fact]
    public void WCP_13_a_number_of_instances_known_when_drawn()
    {
        var run = FlowRun.Of(Drawing.New.Add("t", "Gov.HumanTask", ("role", "reviewer"), ("limit", "3wd"), ("outcomes", new[] { "Done" }), ("instances", 3)).Task("after").Connect("start->t", "t->after", "after->end"));

        Assert.Equal("t/1 t/2 t/3", run.Waiting);
        Assert.Equal("t/1 t/3", run.Done("t/2").Waiting);
        Assert.Equal("after", run.Done("t/1").Done("t/3").Waiting);
    }

    [Fact]
    public void WCP_13_the_rest_of_the_instances_is_cancelled_when_enough_are_done()
    {
        var run = FlowRun.Of(Drawing.New.Add("t", "Gov.HumanTask", ("role", "reviewer"), ("limit", "3wd"), ("outcomes", new[] { "Done" }), ("instances", 3), ("waitCount", 2)).Task("after").Connect("start->t", "t->after", "after->end"));

        Assert.Equal("after", run.Done("t/1").Done("t/3").Waiting);
    }

    [Fact]
    public void WCP_14_a_number_of_instances_known_when_it_runs()
    {
        var drawing = Drawing.New.Input("departments", "Object").Raw("d", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Drawing.Wrap("Literal", "child")), ("instances", Drawing.Wrap("Input", "departments")),
            ("waitForCompletion", Drawing.Wrap("Literal", true))).Task("after").Connect("start->d", "d->after", "after->end");
        var run = FlowRun.Of(drawing, new { departments = new[] { "消防", "卫健" } });

        var asked = run.Events.OfType<SubCaseRequested>().ToList();
        Assert.Equal(["消防", "卫健"], asked.Select(each => each.Input.GetProperty("item").GetString()!));
        Assert.Equal("", run.Then(new Stimulus.SubCaseEnded(asked[0].Parent.Token!.Value, default)).Waiting);
        Assert.Equal("after", run.Then(new Stimulus.SubCaseEnded(asked[1].Parent.Token!.Value, default)).Waiting);
        Assert.Equal("sub-case.not-awaited", run.Refused(new Stimulus.SubCaseEnded(asked[1].Parent.Token!.Value, default)).Code);
    }

    static Drawing Deferred() => Drawing.New.Fork("f", "Paid", "Late").Add("paid", "Elsa.Event", ("eventName", "paid")).Add("late", "Elsa.Delay", ("limit", "2wd")).Join("j", "WaitAny", cancel: true).Task("after")
        .Connect("start->f", "f.Paid->paid", "f.Late->late", "paid->j", "late->j", "j->after", "after->end");

    [Fact]
    public void WCP_16_deferred_choice_the_first_to_happen_takes_the_others_away()
    {
        var paid = FlowRun.Of(Deferred()).Signal("paid");
        Assert.Equal("after", paid.Waiting);
        Assert.DoesNotContain(paid.State.Timers, timer => timer is { Kind: "T-DELAY", State: TimerState.Running });

        var late = FlowRun.Of(Deferred()).After(Duration.FromDays(3));
        Assert.Equal("after", late.Waiting);
        Assert.Equal("signal.not-awaited", late.Refused(new Stimulus.Signal("paid", FlowRun.Someone)).Code);
    }

    [Fact]
    public void WCP_19_cancel_task()
    {
        var run = FlowRun.Of(Drawing.New.Add("t", "Gov.HumanTask", ("role", "reviewer"), ("limit", "3wd"), ("outcomes", new[] { "Done" }), ("cancelOn", "withdrawn")).Task("instead").Connect("start->t", "t->end", "t.Cancelled->instead", "instead->end"));

        Assert.Equal("instead", run.Signal("withdrawn").Waiting);
        Assert.Contains(run.Events.OfType<TimerChanged>(), each => each is { Verb: TimerVerb.Stopped, Timer.Kind: "T-TSK" });
    }

    [Fact]
    public void WCP_20_cancel_case()
    {
        var run = FlowRun.Of(Drawing.New.Fork("f", "A", "B").Task("a").Task("b").Add("stop", "Elsa.Finish").Connect("start->f", "f.A->a", "f.B->b", "a->stop", "b->end")).Done("a");

        Assert.Equal("ended", State(run));
        Assert.Empty(run.State.Tasks);
        Assert.Null(run.State.NextWake);
        Assert.Equal("FT-21", run.Refused(new Stimulus.Act("Done", FlowRun.Someone)).Rule);
    }

    [Fact]
    public void A_partial_join_passes_with_m_of_n_and_cancels_the_rest_where_drawn_so()
    {
        var run = FlowRun.Of(Split("WaitCount", 2, cancel: true)).Done("a");
        Assert.Equal("b c", run.Waiting);
        Assert.Equal("after", run.Done("c").Waiting);
    }

    [Fact]
    public void A_while_loop_turns_until_its_rule_fails()
    {
        var run = FlowRun.Of(Drawing.New.Variable("more", "Boolean", true).Raw("w", "Elsa.While", ("condition", Rule("more", "eq", true))).Task("t").Connect("start->w", "w.Body->t", "t->w", "w.Done->end"));

        Assert.Equal("ended", State(run.Done("t").Done("t", data: new { more = false })));
        Assert.Equal("w t w t w end", run.Path);
    }

    [Fact]
    public void A_for_each_loop_takes_each_item_once_and_can_be_entered_again()
    {
        var drawing = Drawing.New.Variable("current").Variable("again", "Boolean", true).Input("items", "Object")
            .Raw("e", "Elsa.ForEach", ("items", Drawing.Wrap("Input", "items")), ("currentValue", Drawing.Wrap("Literal", "current"))).Task("t").Task("more", "Again", "On")
            .Connect("start->e", "e.Body->t", "t->e", "e.Done->more", "more.Again->e", "more.On->end");
        var run = FlowRun.Of(drawing, new { items = new[] { "甲", "乙" } });

        Assert.Equal("甲", run.Variable("current").GetString());
        Assert.Equal("乙", run.Done("t").Variable("current").GetString());
        Assert.Equal("more", run.Done("t").Waiting);
        Assert.Equal("甲", run.Done("more", "Again").Variable("current").GetString());
    }

    [Fact]
    public void A_published_event_is_a_message_and_a_set_variable_is_kept()
    {
        var run = FlowRun.Of(Drawing.New.Variable("x", "Int32", 1).Add("s", "Elsa.SetVariable", ("variable", "x"), ("value", 5)).Raw("p", "Elsa.PublishEvent", ("eventName", Drawing.Wrap("Literal", "started")), ("payload", Variable("x")))
            .Task("t").Connect("start->s", "s->p", "p->t", "t->end"));

        Assert.Equal(5, run.Variable("x").GetInt32());
        Assert.Equal("started", Assert.Single(run.Events.OfType<MessagePublished>()).Topic);
    }

    [Fact]
    public void A_fault_ends_the_process_as_faulted()
    {
        var run = FlowRun.Of(Drawing.New.Add("x", "Elsa.Fault", ("message", "无法继续")).Connect("start->x"));

        Assert.Equal(CaseStatus.Faulted, run.State.Status);
        Assert.Contains(run.Events.OfType<RecordMade>(), each => each.Kind == "fault");
    }

    [Fact]
    public void A_task_that_is_not_done_in_time_leaves_by_Expired_or_is_escalated()
    {
        var drawn = FlowRun.Of(Drawing.New.Task("t").Task("late").Connect("start->t", "t->end", "t.Expired->late", "late->end")).After(Duration.FromDays(10));
        Assert.Equal("late", drawn.Waiting.Split(' ')[0]);

        var open = FlowRun.Of(Drawing.New.Task("t").Connect("start->t", "t->end")).After(Duration.FromDays(10));
        Assert.Equal("t", open.Waiting);
        Assert.Single(open.State.Orders);
    }

    [Fact]
    public void A_flow_that_never_comes_to_rest_is_refused_and_one_that_starts_to_run_by_itself_ends_as_faulted()
    {
        var endless = Drawing.New.Raw("w", "Elsa.While", ("condition", Drawing.Wrap("Literal", true))).Add("n", "Gov.Notify", ("text", "x")).Connect("w.Body->n", "n->w", "w.Done->end");
        Assert.Equal("flow.runs-forever", FlowRun.RefusedStart(endless.Connect("start->w")).Code);

        var later = Drawing.New.Add("d", "Elsa.Delay", ("limit", "1h")).Raw("w", "Elsa.While", ("condition", Drawing.Wrap("Literal", true))).Add("z", "Elsa.Delay", ("limit", "0min")).Connect("start->d", "d->w", "w.Body->z", "z->w", "w.Done->end");
        Assert.Equal(CaseStatus.Faulted, FlowRun.Of(later).After(Duration.FromHours(2)).State.Status);
    }

    [Fact]
    public void An_outcome_goes_before_an_act_on_the_case_of_the_same_name()
    {
        var run = FlowRun.Of(Drawing.New.Task("t", "resume", "withdraw").Connect("start->t", "t.resume->end", "t.withdraw->end"));

        Assert.Equal("ended", State(run.Done("t", "withdraw")));
    }

    [Fact]
    public void A_running_process_with_several_tasks_at_one_activity_can_be_migrated()
    {
        var run = FlowRun.Of(Drawing.New.Add("t", "Gov.HumanTask", ("role", "reviewer"), ("limit", "3wd"), ("outcomes", new[] { "Done" }), ("instances", 2)).Connect("start->t", "t->end"));

        Assert.Equal("v2", run.Then(new Stimulus.Migrate(run.State.Pins with { DefinitionVersionId = "v2" }, FlowRun.Someone)).State.Pins.DefinitionVersionId);
    }
}

/// <summary>Variables have types: what does not fit is refused by name, and results go to the parent.</summary>
public sealed class TypedVariables
{
    static Drawing With(string type) => Drawing.New.Variable("x", type).Input("given", type).Task("t").Connect("start->t", "t->end");

    [Theory]
    [InlineData("Int32", "abc"), InlineData("Boolean", "perhaps"), InlineData("DateTime", "yesterday"), InlineData("Decimal", "1,2,x"), InlineData("Guid", "1")]
    public void A_value_that_does_not_fit_is_refused(string type, string value)
    {
        var start = FlowRun.RefusedStart(With(type), new { given = value });
        Assert.Equal("variable.type", start.Code);
        Assert.Equal(["given", type], start.Named);

        var run = FlowRun.Of(With(type));
        var act = run.Refused(new Stimulus.Act("Done", FlowRun.Someone, JsonSerializer.SerializeToElement(new { x = value })));
        Assert.Equal("variable.type", act.Code);
    }

    [Fact]
    public void A_structured_value_is_no_text() => Assert.Equal("variable.type", FlowRun.RefusedStart(With("String"), new { given = new { a = 1 } }).Code);

    [Fact]
    public void A_value_is_brought_to_its_type() => Assert.Equal(5, FlowRun.Of(With("Int32"), new { given = "5" }).Variable("given").GetInt32());

    [Fact]
    public void Null_fits_every_type() => Assert.Equal(JsonValueKind.Null, FlowRun.Of(With("Int32"), new { given = (int?)null }).Variable("given").ValueKind);

    [Fact]
    public void A_flow_that_gives_a_variable_a_wrong_value_by_itself_ends_as_faulted()
    {
        var drawing = Drawing.New.Variable("n", "Int32").Variable("word", "String", "abc").Add("d", "Elsa.Delay", ("limit", "1h")).Raw("s", "Elsa.SetVariable", ("variable", Drawing.Wrap("Literal", "n")), ("value", Drawing.Wrap("Variable", "word")))
            .Connect("start->d", "d->s", "s->end");
        var run = FlowRun.Of(drawing).After(Duration.FromHours(2));

        Assert.Equal(CaseStatus.Faulted, run.State.Status);
        Assert.Contains("variable.type", run.Events.OfType<RecordMade>().Single(each => each.Kind == "fault").Content.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_parent_hears_how_it_ended()
    {
        var run = FlowRun.Of(With("String").Output("x"), new { given = "甲" }).Done("t", data: new { x = "乙" });

        var told = Assert.Single(run.Events.OfType<ParentTold>());
        Assert.Equal(new ParentLink("P1", 7), told.Parent);
        Assert.Equal("乙", told.Output.GetProperty("x").GetString());
        Assert.Equal("completed", told.Output.GetProperty("outcome").GetString());
    }

    [Fact]
    public void The_output_of_a_sub_flow_is_bound_to_variables_of_the_same_name()
    {
        var run = FlowRun.Of(Drawing.New.Variable("result").Add("d", "Elsa.DispatchWorkflow", ("workflowDefinitionId", "child"), ("waitForCompletion", true)).Task("t").Connect("start->d", "d->t", "t->end"));
        var token = run.Events.OfType<SubCaseRequested>().Single().Parent.Token!.Value;

        Assert.Equal("通过", run.Then(new Stimulus.SubCaseEnded(token, JsonSerializer.SerializeToElement(new { result = "通过" }))).Variable("result").GetString());
    }

    [Fact]
    public void A_sub_flow_ends_only_where_one_is_awaited()
    {
        var run = FlowRun.Of(With("String"));

        Assert.Equal("sub-case.not-awaited", run.Refused(new Stimulus.SubCaseEnded(run.State.Tokens[0].Id, default)).Code);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Graph;

public sealed class Compiling
{
    static JsonNode Wrap(string type, object? value) => Drawing.Wrap(type, value);

    static FlowNode Node(Drawing drawing, string id) => drawing.Flow().Find(id)!;

    [Fact]
    public void absent_inputs_take_the_default_of_the_catalogue()
    {
        var join = Node(Drawing.New.Raw("j", "Elsa.FlowJoin").Connect("start->j", "j->end"), "j");

        Assert.Equal(new JoinSettings(JoinMode.WaitAll, 1, false), join.Join);
        Assert.Equal("WaitAll", join.Text("mode"));
    }

    [Fact]
    public void null_and_empty_text_are_the_same_as_absent() =>
        Assert.Equal("WaitAll", Node(Drawing.New.Raw("j", "Elsa.FlowJoin", ("mode", Wrap("Literal", "")), ("count", Wrap("Literal", null))).Connect("start->j", "j->end"), "j").Text("mode"));

    [Fact]
    public void drawn_outcomes_become_ports_after_the_fixed_ones() =>
        Assert.Equal(["Expired", "Cancelled", "同意", "退回"], Node(Drawing.New.Task("t", "同意", "退回").Connect("start->t"), "t").Ports.Select(port => port.Name));

    [Theory]
    [InlineData("[\"A\",\"B\"]")]
    [InlineData("\"[\\\"A\\\",\\\"B\\\"]\"")]
    public void a_list_may_be_stored_as_json_text(string value) =>
        Assert.Equal(["A", "B"], Node(Drawing.New.Raw("f", "Elsa.FlowFork", ("branches", Wrap("Object", JsonNode.Parse(value)))).Connect("start->f"), "f").Ports.Select(port => port.Name));

    [Fact]
    public void numbers_and_flags_stored_as_text_are_brought_to_their_type()
    {
        var join = Node(Drawing.New.Add("j", "Elsa.FlowJoin", ("mode", "WaitCount"), ("count", "2"), ("cancelRemaining", "True")).Connect("start->j", "j->end"), "j");

        Assert.Equal(new JoinSettings(JoinMode.WaitCount, 2, true), join.Join);
    }

    [Fact]
    public void a_task_knows_its_role_side_and_limit()
    {
        var task = Node(Drawing.New.Add("t", "Gov.HumanTask", ("role", "acceptor"), ("side", "front"), ("limit", "7cd!"), ("outcomes", new[] { "Done" })).Connect("start->t"), "t");

        Assert.Equal(("acceptor", OfficeSide.Front, "7cd!"), (task.Role, task.Side, task.Limit!.ToString()));
    }

    [Theory]
    [InlineData("\"amount\"")]
    [InlineData("\"id-amount\"")]
    [InlineData("{\"id\":\"id-amount\",\"name\":\"amount\"}")]
    [InlineData("\"{\\\"id\\\":\\\"id-amount\\\",\\\"name\\\":\\\"amount\\\"}\"")]
    public void a_variable_may_be_named_by_id_by_name_as_an_object_or_as_json_text(string value)
    {
        var notify = Node(Drawing.New.Variable("amount").Raw("n", "Gov.Notify", ("text", Wrap("Variable", JsonNode.Parse(value)))).Connect("start->n", "n->end"), "n");

        Assert.Equal(new InputBinding.Variable("amount"), notify.Inputs["text"]);
    }

    [Fact]
    public void a_workflow_input_is_bound_by_name() =>
        Assert.Equal(new InputBinding.Argument("subject"), Node(Drawing.New.Input("subject").Raw("n", "Gov.Notify", ("text", Wrap("Input", "subject"))).Connect("start->n"), "n").Inputs["text"]);

    [Fact]
    public void an_output_goes_to_the_variable_it_names()
    {
        var output = JsonNode.Parse("""{"typeName":"String","memoryReference":{"id":"id-answer"}}""");
        var flow = Drawing.New.Variable("answer").Raw("t", "Gov.HumanTask", ("role", Wrap("Literal", "reviewer")), ("outcomes", Wrap("Literal", new[] { "Done" })), ("answer", output)).Connect("start->t").Flow();

        Assert.Equal("answer", flow.Find("t")!.Outputs["answer"]);
    }

    [Fact]
    public void a_decision_and_a_switch_hold_their_rules_compiled()
    {
        var flow = Drawing.New.Variable("ok", "Boolean").Raw("d", "Elsa.FlowDecision", ("condition", Wrap("Variable", "ok"))).Switch("s", "MatchAny", "A", "B")
            .Connect("start->d", "d.True->s", "d.False->end", "s.A->end", "s.B->end", "s.Default->end").Flow();

        Assert.True(flow.Find("d")!.Condition!.Holds(field => field == "ok" ? JsonSerializer.SerializeToElement(true) : default));
        Assert.Equal(["A", "B"], flow.Find("s")!.Cases.Select(each => each.Label));
        Assert.True(flow.Find("s")!.MatchesAny);
        Assert.Equal(["Default", "A", "B"], flow.Find("s")!.Ports.Select(port => port.Name));
    }

    [Theory]
    [InlineData("""{"field":"ok","op":"eq","value":true}""")]
    [InlineData("""{"type":"Rule","value":{"field":"ok","op":"eq","value":true}}""")]
    [InlineData("""{"typeName":"Boolean","expression":{"type":"Rule","value":{"field":"ok","op":"eq","value":true}}}""")]
    [InlineData("""{"type":"Variable","value":{"id":"id-ok","name":"ok"}}""")]
    [InlineData("""{"type":"Literal","value":"true"}""")]
    public void a_switch_may_hold_its_cases_as_other_designers_write_them(string condition)
    {
        var cases = new JsonArray(new JsonObject { ["label"] = "A", ["condition"] = JsonNode.Parse(condition) });
        var node = Node(Drawing.New.Variable("ok", "Boolean").Raw("s", "Elsa.FlowSwitch", ("cases", cases)).Connect("start->s", "s.A->end", "s.Default->end"), "s");

        Assert.True(Assert.Single(node.Cases).Condition.Holds(field => field == "ok" ? JsonSerializer.SerializeToElement(true) : default));
    }

    [Fact]
    public void code_in_a_case_is_refused_where_it_stands()
    {
        var cases = JsonNode.Parse("""[{"label":"A","condition":{"type":"JavaScript","value":"true"}}]""");

        var finding = FlowCompiler.Compile(Drawing.New.Raw("s", "Elsa.FlowSwitch", ("cases", cases)).Connect("start->s", "s.A->end", "s.Default->end").Document()).Findings.Single();
        Assert.Equal(("expression.unsupported", "/root/activities/2/cases/0/condition/value"), (finding.Code, finding.Pointer));
    }

    [Theory]
    [InlineData("JavaScript"), InlineData("Liquid"), InlineData("CSharp"), InlineData("Python")]
    public void code_in_an_expression_is_refused_and_kept(string language)
    {
        var drawing = Drawing.New.Raw("n", "Gov.Notify", ("text", Wrap(language, "1+1"))).Connect("start->n", "n->end");
        var finding = FlowCompiler.Compile(drawing.Document()).Findings.Single();

        Assert.Equal(("expression.unsupported", "/root/activities/2/text/expression/value"), (finding.Code, finding.Pointer));
        Assert.Contains(language, drawing.Document().Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void incoming_edges_do_not_depend_on_the_order_in_the_document()
    {
        string[] lines = ["start->f", "f.A->a", "f.B->b", "a->j", "b->j", "j->end"];
        var (one, other) = (Drawing.New.Fork("f", "A", "B").Task("a").Task("b").Join("j").Connect(lines).Flow(), Drawing.New.Task("b").Join("j").Task("a").Fork("f", "A", "B").Connect([.. lines.Reverse()]).Flow());

        Assert.Equal(one.Find("j")!.Sources.Select(source => one.Nodes[source].Id), other.Find("j")!.Sources.Select(source => other.Nodes[source].Id));
        Assert.Equal(1, one.Find("j")!.EdgeFrom(one.Find("b")!.Index, "Done"));
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "flow.start-missing", """{"activities":[{"id":"a","type":"Elsa.End","version":1}]}""" },
        { "flow.start-ambiguous", """{"activities":[{"id":"a","type":"Elsa.Start","version":1},{"id":"b","type":"Gov.Start","version":1}]}""" },
        { "connection.unknown-activity", """{"activities":[{"id":"a","type":"Elsa.Start","version":1}],"connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"ghost"}}]}""" },
        { "connection.unknown-port", """{"activities":[{"id":"a","type":"Elsa.Start","version":1},{"id":"b","type":"Elsa.End","version":1}],"connections":[{"source":{"activity":"a","port":"Maybe"},"target":{"activity":"b"}}]}""" },
        { "connection.into-start", """{"activities":[{"id":"a","type":"Elsa.Start","version":1}],"connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"a"}}]}""" },
        { "connection.endpoint-missing", """{"activities":[{"id":"a","type":"Elsa.Start","version":1}],"connections":[{"source":{"activity":"a"}}]}""" },
        { "activity.unknown-version", """{"activities":[{"id":"a","type":"Elsa.Start","version":9}]}""" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void a_broken_drawing_does_not_compile_and_says_why(string code, string root)
    {
        var document = DefinitionDocument.Read($$"""{"root":{{root.Insert(1, "\"type\":\"Elsa.Flowchart\",")}}}""").Document!;
        var (flow, findings) = FlowCompiler.Compile(document);

        Assert.Null(flow);
        Assert.Contains(findings, finding => finding.Code == code);
    }

    [Fact]
    public void values_of_a_wrong_kind_are_refused()
    {
        Assert.Equal(["input.bad-limit"], Drawing.New.Add("d", "Elsa.Delay", ("limit", "soon")).Connect("start->d", "d->end").CompileErrors());
        Assert.Equal(["input.not-an-option"], Drawing.New.Join("j", "WaitForever").Connect("start->j", "j->end").CompileErrors());
        Assert.Equal(["input.type-mismatch"], Drawing.New.Add("j", "Elsa.FlowJoin", ("count", "two")).Connect("start->j", "j->end").CompileErrors());
        Assert.Equal(["variable.unknown"], Drawing.New.Raw("n", "Gov.Notify", ("text", Wrap("Variable", "ghost"))).Connect("start->n", "n->end").CompileErrors());
        Assert.Equal(["argument.unknown"], Drawing.New.Raw("n", "Gov.Notify", ("text", Wrap("Input", "ghost"))).Connect("start->n", "n->end").CompileErrors());
        Assert.Equal(["variable.type-mismatch"], Drawing.New.Variable("n", "Int32", "many").Connect("start->end").CompileErrors());
        Assert.Equal(["variable.duplicate"], Drawing.New.Variable("n").Variable("n").Connect("start->end").CompileErrors());
        Assert.Equal(["port.duplicate"], Drawing.New.Task("t", "Expired").Connect("start->t").CompileErrors());
        Assert.Equal(["switch.case-incomplete"], Drawing.New.Add("s", "Elsa.FlowSwitch", ("cases", new[] { new { label = "A" } })).Connect("start->s").CompileErrors());
    }
}

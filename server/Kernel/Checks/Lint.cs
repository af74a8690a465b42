using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Checks;

/// <summary>Structural rules: what can be seen in the drawing without running it. Each finding says how to mend it.</summary>
public static class Lint
{
    /// <summary>Checks a compiled drawing.</summary>
    public static ImmutableArray<Finding> Run(Flow flow)
    {
        var findings = new FindingList();
        Reachability(flow, findings);
        foreach (var node in flow.Nodes)
        {
            Ports(node, findings);
            Inputs(node, findings);
            Branching(flow, node, findings);
            Rules(flow, node, findings);
            Assignments(flow, node, findings);
        }
        Loops(flow, findings);
        return findings.ToImmutable();
    }

    static void Reachability(Flow flow, FindingList findings)
    {
        var reached = FlowPaths.From(flow, [flow.Start]);
        foreach (var node in flow.Nodes.Where(node => !reached.Contains(node.Index)))
            findings.Error("activity.unreachable", node.Pointer, $"“{node.Title.Zh}”从开始环节走不到。请连线或删除。", $"'{node.Title.En}' cannot be reached from the start. Connect or delete it.", activity: node.Id);
        if (!reached.Any(at => flow.Nodes[at].Activity.Kind == ActivityKind.End))
            findings.Error("flow.end-missing", flow.Nodes[flow.Start].Pointer, "流程没有可到达的结束环节。请添加结束环节。", "No end can be reached. Add one.");
    }

    static void Ports(FlowNode node, FindingList findings)
    {
        if (node.Activity.Kind != ActivityKind.End && node.Targets.IsEmpty)
            findings.Error("activity.dead-end", node.Pointer, $"“{node.Title.Zh}”之后没有去处。请连到下一环节或结束。", $"Nothing follows '{node.Title.En}'. Connect it to a next activity or an end.", activity: node.Id);
        foreach (var port in node.Ports.Where(port => port.Required && node.Next(port.Name).IsEmpty))
            findings.Error("port.unconnected", node.Pointer, $"“{node.Title.Zh}”的出口“{port.Title.Zh}”没有连线。请连到下一环节。", $"The port '{port.Title.En}' of '{node.Title.En}' is not connected. Connect it.",
                port.Rules.IsDefaultOrEmpty ? null : port.Rules[0], node.Id);
    }

    static void Inputs(FlowNode node, FindingList findings)
    {
        foreach (var input in node.Activity.Inputs)
        {
            if (input.Required && !node.Inputs.ContainsKey(input.Name))
                findings.Error("input.missing", node.Pointer.Then(input.Name), $"“{node.Title.Zh}”缺少“{input.Title.Zh}”。请填写。", $"'{node.Title.En}' lacks '{input.Title.En}'. Fill it in.", activity: node.Id);
            if (input.Hint == "role" && node.Text(input.Name) is { } role && Roles.Find(role) is null)
                findings.Error("role.unknown", node.Pointer.Then(input.Name), $"没有角色“{role}”。可用：{string.Join("、", Roles.All.Select(each => each.Name))}。",
                    $"There is no role '{role}'. Use one of {string.Join(", ", Roles.All.Select(each => each.Name))}.", activity: node.Id);
        }
    }

    static void Branching(Flow flow, FlowNode node, FindingList findings)
    {
        switch (node.Activity.TypeName)
        {
            case "Elsa.FlowFork" when node.Ports.Length < 2:
                findings.Error("fork.too-few-branches", node.Pointer.Then("branches"), "并行分支至少要有两条。请添加分支。", "A fork needs at least two branches. Add some.", activity: node.Id);
                break;
            case "Elsa.FlowSwitch" when node.Cases.IsEmpty:
                findings.Error("switch.no-cases", node.Pointer.Then("cases"), "多路判断没有分支条件。请添加。", "The switch has no cases. Add some.", activity: node.Id);
                break;
            case "Gov.HumanTask" when node.Inputs.ContainsKey("outcomes") && node.Ports.Length == node.Activity.Ports.Length:
                findings.Error("task.no-outcomes", node.Pointer.Then("outcomes"), "人工任务没有结果。请至少添加一个。", "The task has no outcome. Add at least one.", activity: node.Id);
                break;
            case "Elsa.FlowJoin":
                Join(node, findings);
                break;
            case "Elsa.While" or "Elsa.ForEach" when !node.Next("Body").IsEmpty && !FlowPaths.From(flow, node.Next("Body")).Contains(node.Index):
                findings.Warn("loop.body-does-not-return", node.Pointer, $"“{node.Title.Zh}”的循环体没有连回，只会走一次。请把循环体末尾连回。", $"The body of '{node.Title.En}' does not lead back, so it runs once. Lead it back.", activity: node.Id);
                break;
        }
    }

    static void Join(FlowNode node, FindingList findings)
    {
        if (node.Sources.Length == 1)
            findings.Warn("join.single-source", node.Pointer, $"汇合“{node.Title.Zh}”只有一条来路，不起作用。请连上其他分支或删除。", $"The join '{node.Title.En}' has one source and does nothing. Connect the other branches or delete it.", activity: node.Id);
        if (node.Join is { Mode: JoinMode.WaitCount } settings && node.Sources.Length > 0 && (settings.Count < 1 || settings.Count > node.Sources.Length))
            findings.Error("join.bad-count", node.Pointer.Then("count"), $"汇合要等 {settings.Count} 条，但有 {node.Sources.Length} 条来路。请填 1 到 {node.Sources.Length}。",
                $"The join waits for {settings.Count} of {node.Sources.Length} sources. Enter 1 to {node.Sources.Length}.", activity: node.Id);
    }

    static readonly string[] FieldRoots = ["case.", "item.", "profile.", "data.", "vars."];

    static void Rules(Flow flow, FlowNode node, FindingList findings)
    {
        var conditions = node.Cases.Select(each => each.Condition);
        if (node.Condition is { } condition) conditions = conditions.Append(condition);
        foreach (var field in conditions.SelectMany(each => each.Fields).Distinct())
            if (!FieldRoots.Any(root => field.StartsWith(root, StringComparison.Ordinal)) && !flow.Variables.Concat(flow.Arguments).Any(variable => variable.Name == field))
                findings.Warn("rule.unknown-field", node.Pointer, $"规则中的“{field}”不是已声明的变量，也不以 case.、item.、profile.、data. 开头，条件将不成立。",
                    $"'{field}' in the rule is no declared variable and does not begin with case., item., profile. or data., so it has no value.", activity: node.Id);
    }

    static void Assignments(Flow flow, FlowNode node, FindingList findings)
    {
        if (node.Activity.TypeName != "Elsa.SetVariable" || node.Text("variable") is not { } name || node.Fixed("value") is not { ValueKind: not JsonValueKind.Undefined } value) return;
        if (flow.Variables.FirstOrDefault(each => each.Name == name) is not { IsArray: false } variable || LiteralReader.Coerce(value, variable.TypeName) is not null) return;
        findings.Error("variable.type-mismatch", node.Pointer.Then("value"), $"变量“{name}”是 {variable.TypeName}，不能赋此值。请更正。", $"The variable '{name}' is {variable.TypeName} and cannot take this value. Correct it.", activity: node.Id);
    }

    /// <summary>A cycle through which control can run without ever waiting would never come to rest. A list loop ends with its list.</summary>
    static void Loops(Flow flow, FindingList findings)
    {
        foreach (var cycle in FlowPaths.Cycles(flow, Rests))
        {
            var (first, names) = (cycle.MinBy(node => node.Index)!, cycle.OrderBy(node => node.Index).Take(5).ToList());
            findings.Error("cycle.without-wait", first.Pointer, $"环路（{string.Join(" → ", names.Select(node => node.Title.Zh))}）中没有等待或任务，会一直运行。请在环路中加入任务或等待。",
                $"The loop ({string.Join(" -> ", names.Select(node => node.Title.En))}) has no task or wait and runs forever. Put one in.", activity: first.Id);
        }
    }

    static bool Rests(FlowNode node) => node.Activity.TypeName switch
    {
        "Elsa.ForEach" => true,
        "Elsa.DispatchWorkflow" => node.Flag("waitForCompletion"),
        _ => node.Activity.Kind is ActivityKind.Task or ActivityKind.Wait,
    };
}

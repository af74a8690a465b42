using System.Collections.Immutable;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Checks;

/// <summary>One step of a run: control leaves an activity by a port (or by several, joined with <c>+</c>).</summary>
/// <param name="ActivityId">Activity.</param>
/// <param name="Port">Port it leaves through; empty at an end.</param>
public sealed record TraceStep(string ActivityId, string Port);

/// <summary>A shortest run that shows why a flow is not sound.</summary>
/// <param name="Code">The property that fails, for example <c>soundness.deadlock</c>.</param>
/// <param name="Steps">The run.</param>
/// <param name="StuckAt">Activities where control is left after it.</param>
/// <param name="Text">The run in words.</param>
public sealed record CounterExample(string Code, ImmutableArray<TraceStep> Steps, ImmutableArray<string> StuckAt, LocalizedText Text)
{
    const int StepsInText = 40;

    internal static CounterExample Of(string code, Flow flow, ImmutableArray<TraceStep> steps, ImmutableArray<string> stuckAt)
    {
        var run = steps.TakeLast(StepsInText).Select(step => Step(flow, step)).ToList();
        if (steps.Length > StepsInText) run.Insert(0, new LocalizedText("…", "…"));
        var left = stuckAt.Select(id => flow.Find(id)!.Title).ToList();
        return new CounterExample(code, steps, stuckAt, new LocalizedText(
            $"{string.Join(" → ", run.Select(text => text.Zh))}；{Ending(code).Zh}{string.Join("、", left.Select(title => $"“{title.Zh}”"))}",
            $"{string.Join(" -> ", run.Select(text => text.En))}; {Ending(code).En}{string.Join(", ", left.Select(title => $"'{title.En}'"))}"));
    }

    static LocalizedText Ending(string code) => code switch
    {
        "soundness.unbounded" => new("此后环节上的办理越积越多：", "then work piles up without bound at: "),
        "soundness.vanishes" => new("办件在没有到达结束环节的情况下消失", "the case vanishes without reaching an end"),
        _ => new("此后再也到不了结束，停留在：", "from here no end can be reached; control is left at: "),
    };

    static LocalizedText Step(Flow flow, TraceStep step)
    {
        var node = flow.Find(step.ActivityId)!;
        if (step.Port.Length == 0) return node.Title;
        var ports = step.Port.Split('+').Select(name => node.Ports.FirstOrDefault(port => port.Name == name)?.Title ?? new LocalizedText(name, name)).ToList();
        return new($"{node.Title.Zh}［{string.Join("、", ports.Select(port => port.Zh))}］", $"{node.Title.En} [{string.Join(", ", ports.Select(port => port.En))}]");
    }
}

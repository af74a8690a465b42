using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Host.Identity;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Host.Cases;

/// <summary>An act that the caller may do on a case now.</summary>
/// <param name="Name">For <c>/acts/{act}</c>, or as outcome of the task.</param>
/// <param name="Title">Button label.</param>
/// <param name="Role">Role in which the caller would do it.</param>
/// <param name="Transition">Rule whose guard it obeys.</param>
/// <param name="Data">Names of the data it takes.</param>
/// <param name="TaskId">Task that it completes; null for acts on the whole case.</param>
sealed record OfferedAct(string Name, LocalizedText Title, string Role, string Transition, ImmutableArray<string> Data, string? TaskId);

/// <summary>
/// What is offered: the acts of the activities at which the case stands and the acts on the whole case, tried on the kernel without data.
/// What the kernel refuses whatever the data is not offered; nothing is promised for what the data will be.
/// </summary>
static class Offers
{
    static readonly ImmutableArray<string> OnTheCase =
        ["withdraw", "suspend", "resume", "terminate", "file_negation", "promise_check_passed", "promise_check_failed", "rate"];

    static readonly JsonElement AnyScore = JsonSerializer.SerializeToElement(new { score = 5 });

    /// <summary>Refusals that no data can mend.</summary>
    static readonly ImmutableHashSet<string> Hopeless = ["FT-06", "FT-07", "FT-09", "FT-20", "FT-21", "FT-22", "5.7", "XA-17.4b", "TR-42"];

    public static IReadOnlyList<OfferedAct> To(Caller caller, Flow flow, CaseState state, StepContext context) =>
        [.. AtTokens(caller, flow, state).Concat(WholeCase(caller, flow)).Where(act => IsOpen(act, caller, flow, state, context)).DistinctBy(act => (act.Name, act.TaskId))];

    static IEnumerable<OfferedAct> AtTokens(Caller caller, Flow flow, CaseState state)
    {
        foreach (var token in state.Tokens)
        {
            if (flow.Find(token.Node) is not { } node) continue;
            var tasks = state.Tasks.Where(task => task.Token == token.Id).ToList();
            foreach (var act in node.Activity.Acts)
                if (ActorRoles.First(caller, Allowed(act, node)) is { } role)
                    yield return new(act.Name, act.Title, role, act.Transition, act.Data.IsDefault ? [] : act.Data, Own(tasks, caller)?.Id);
            if (node.Activity.TypeName == "Gov.HumanTask" && Own(tasks, caller) is { } own)
                foreach (var port in node.Ports.Where(port => port.Kind == PortKind.Normal))
                    yield return new(port.Name, port.Title, own.Role, "5.2", [], own.Id);
        }
    }

    static IEnumerable<OfferedAct> WholeCase(Caller caller, Flow flow)
    {
        if (flow.Purpose == FlowPurpose.Ticket) yield break;
        foreach (var name in OnTheCase)
            if (ActivityCatalog.FindCaseAct(name) is { } act && ActorRoles.First(caller, act.Roles) is { } role)
                yield return new(act.Name, act.Title, role, act.Transition, act.Data.IsDefault ? [] : act.Data, null);
    }

    static IEnumerable<string> Allowed(ActDescriptor act, FlowNode node) => node.Role is { } role ? act.Roles.Append(role) : act.Roles;

    static OpenTask? Own(List<OpenTask> tasks, Caller caller) => tasks.FirstOrDefault(task => caller.Roles.Contains(task.Role)) ?? (tasks.Count == 1 ? tasks[0] : null);

    static bool IsOpen(OfferedAct offered, Caller caller, Flow flow, CaseState state, StepContext context)
    {
        var data = offered.Name == "rate" ? AnyScore : default;   // whether a rating was invited shows only with a score
        var act = new Stimulus.Act(offered.Name, ActorRoles.Actor(caller, offered.Role), data, offered.TaskId);
        return CaseEngine.Step(flow, state, act, context) is not StepResult.Refused { Why: var why }
            || why.Code is not ("case.wrong-state" or "act.role" or "act.unknown") && !Hopeless.Contains(why.Rule) && offered.Name != "rate";
    }
}

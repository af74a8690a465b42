using System.Collections.Immutable;
using Orchestrator.Kernel.Engine.Law;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Engine;

/// <summary>Moves a running case to another version of its definition (Promise 4): possible when every activity it stands at exists there with the same type.</summary>
static class Migration
{
    public static StepResult Move(Flow target, CaseState state, Stimulus.Migrate migrate, StepContext context)
    {
        if (state.Ended || target.DefinitionId != state.Pins.DefinitionId)
            return new StepResult.Refused(Refuse.By("FT-22", "已终结的办件或其他流程的版本不能迁移", "Ended cases, and versions of another definition, cannot be migrated"));
        var types = state.Tasks.ToLookup(task => task.Node, task => task.Activity);
        var lost = state.Tokens.Where(token => !Exists(target, token, types[token.Node].FirstOrDefault())).Select(token => token.Node).Distinct().ToImmutableArray();
        if (!lost.IsEmpty) return new StepResult.Refused(Refuse.By("FT-22", "新版本缺少办件当前所在的环节", "The new version lacks activities that the case stands at", lost));
        var work = CaseEngine.Begin(target, state, "migrate", migrate.Actor, Json.Object(("from", state.Pins.DefinitionVersion), ("to", migrate.Pins.DefinitionVersion)), context);
        work.Emit(new CaseMigrated(migrate.Pins));
        return work.Done();
    }

    /// <summary>A token that waits at a join is counted by its edge, so the join must have that edge.</summary>
    static bool Exists(Flow target, Token token, string? type) =>
        target.Find(token.Node) is { } node && (type is null || node.Activity.TypeName == type) && (node.Join is null || token.Edge < node.Incoming.Length);
}

using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Engine;

/// <summary>Opens tasks.</summary>
static class Tasks
{
    /// <summary>The task of a pipeline activity, with the role, department and side that its node or type declares.</summary>
    public static void Open(Work work, Token token, FlowNode node) =>
        Open(work, token, node, ControlFlow.Text(work, node, "role") ?? node.Activity.Role ?? "reviewer", node.Activity.Side, null);

    /// <summary>A task for a role; <paramref name="part"/> names a branch or an instance.</summary>
    public static void Open(Work work, Token token, FlowNode node, string role, OfficeSide side, string? part, string? department = null) =>
        work.Emit(new TaskOpened(new OpenTask
        {
            Id = $"{work.State.CaseNo}-T{work.TakeId()}",
            Token = token.Id,
            Node = node.Id,
            Activity = node.Activity.TypeName,
            Title = node.Title,
            Role = role,
            Side = side,
            Part = part,
            Department = department ?? ControlFlow.Text(work, node, "department") ?? (side == OfficeSide.Back ? work.Item.Department : null),
            OpenedAt = work.Now,
        }));
}

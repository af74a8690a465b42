using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Host.Storage;

/// <summary>The two functions of the kernel that the seam calls. Tests of the store may put others in their place.</summary>
/// <param name="Step">See <see cref="CaseEngine.Step"/>.</param>
/// <param name="FireDue">See <see cref="CaseEngine.FireDue"/>.</param>
sealed record CaseRules(
    Func<Flow, CaseState?, Stimulus, StepContext, StepResult> Step,
    Func<Flow, CaseState, Instant, StepContext, ImmutableArray<StepResult.Moved>> FireDue)
{
    public static readonly CaseRules Kernel = new(CaseEngine.Step, CaseEngine.FireDue);
}

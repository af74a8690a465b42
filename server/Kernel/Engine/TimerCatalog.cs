namespace Orchestrator.Kernel.Engine;

/// <summary>placeholder</summary>
public static class TimerCatalog
{
    /// <summary>x</summary>
    public static bool ColoursCase(CaseTimer timer) => timer.State == TimerState.Running;
}

using NodaTime;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>The case clocks that cover several stages: one clock, not one for each stage (Promise 3).</summary>
static class CaseClocks
{
    static readonly string[] Main = ["T-PRO", "T-STA"];
    static readonly string[] PausedBySuspension = ["T-PRO", "T-STA", "T-COR", "T-TOL", "T-SPC", "T-JNT", "T-PAR"];

    /// <summary>Starts the promised and the statutory clock. For a deemed acceptance the day is the receipt day, already gone days included (C-6, CQ-18.1b).</summary>
    public static void StartMain(Work work, LocalDate from)
    {
        if (work.Item.Promised is { } promised) work.StartTimer("T-PRO", promised, from);
        if (work.Item.Statutory is { } statutory) work.StartTimer("T-STA", statutory, from);
    }

    /// <summary>The decision stops what runs towards it (TR-30, TR-31) and says whether the promise was kept.</summary>
    public static void StopAtDecision(Work work)
    {
        work.StopKinds("T-ACC", "T-SPT", "T-PRO", "T-STA", "T-EXT", "T-JNT", "T-PAR", "T-SPC", "T-TOL", "T-CHK");
        var promised = work.State.Timer("T-PRO");
        work.Change(facts => facts with { OnTime = facts.OnTime ?? (promised is null || promised.InTime) });
    }

    /// <summary>P16: special procedures pause the main clocks where the region says so.</summary>
    public static void PauseForSpecial(Work work)
    {
        if (!work.Profile.SpecialPausesMainClock) return;
        foreach (var key in Main) work.PauseTimer(key, "special");
    }

    public static void ResumeAfterSpecial(Work work)
    {
        foreach (var key in Main) work.ResumeTimer(key, "special");
    }

    /// <summary>TR-41: all but T-EXT, which the law does not stop.</summary>
    public static void PauseForSuspension(Work work)
    {
        foreach (var timer in work.State.Timers)
            if (PausedBySuspension.Contains(timer.Kind)) work.PauseTimer(timer.Key, "suspended");
    }

    public static void ResumeAfterSuspension(Work work)
    {
        foreach (var timer in work.State.Timers) work.ResumeTimer(timer.Key, "suspended");
    }
}

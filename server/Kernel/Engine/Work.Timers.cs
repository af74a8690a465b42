using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Engine;

sealed partial class Work
{
    /// <summary>Starts a timer. Warnings whose instant is already behind (a deemed start, C-6) are given at once.</summary>
    public void StartTimer(string kind, TimeLimit? limit = null, LocalDate? start = null, string? part = null, int? token = null)
    {
        var chosen = limit ?? TimerCatalog.Get(kind).Default ?? throw new InvalidOperationException($"{kind} has no default limit.");
        if (!Profile.CalendarDaysRoll) chosen = chosen with { Rolls = false };   // P59
        var key = part is null ? kind : $"{kind}:{part}";
        var timer = TimerMath.Create(kind, key, chosen, start ?? Today, Now, Calendar, Hall, token);
        Emit(new TimerChanged(TimerVerb.Started, timer));
        if (timer.Due <= Now) Law.Expiry.Fire(this, timer);   // a start in the past (C-6, CQ-19d) may be over already
        else WarnIfDue(timer);
    }

    /// <summary>The duty behind a timer was done. A timer whose effect the law has executed stays fired.</summary>
    public void StopTimer(string key)
    {
        if (State.Timer(key) is not { } timer || !TimerCatalog.CanStillBeDone(timer)) return;
        Emit(new TimerChanged(TimerVerb.Stopped, timer with { State = TimerState.Stopped, StoppedAt = Now, DutyStands = false, Warnings = [], PausedBy = [] }));
        if (State.Orders.Contains(key)) Emit(new OrderClosed(key));
    }

    public void StopTimers(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys) StopTimer(key);
    }

    /// <summary>Stops all timers of these kinds, those of branches too.</summary>
    public void StopKinds(params ReadOnlySpan<string> kinds)
    {
        foreach (var timer in State.Timers)
            if (kinds.Contains(timer.Kind)) StopTimer(timer.Key);
    }

    /// <summary>Stops what does not outlive the case.</summary>
    public void StopAtTheEnd()
    {
        foreach (var timer in State.Timers)
            if (!TimerCatalog.Get(timer.Kind).Survives) StopTimer(timer.Key);
    }

    /// <summary>Stops the timers that belong to one activity's token.</summary>
    public void StopTimersOf(int token)
    {
        foreach (var timer in State.Timers)
            if (timer.Token == token) StopTimer(timer.Key);
    }

    public void PauseTimer(string key, string cause)
    {
        if (State.Timer(key) is not { } timer) return;
        var paused = TimerMath.Pause(timer, cause, Today);
        if (!ReferenceEquals(paused, timer)) Emit(new TimerChanged(TimerVerb.Paused, paused));
    }

    public void ResumeTimer(string key, string cause)
    {
        if (State.Timer(key) is not { } timer) return;
        var resumed = TimerMath.Resume(timer, cause, Today, Calendar, Hall);
        if (ReferenceEquals(resumed, timer)) return;
        Emit(new TimerChanged(TimerVerb.Resumed, resumed));
        if (resumed.State != TimerState.Running) return;
        if (resumed.Due <= Now) Law.Expiry.Fire(this, resumed);   // clock hours that ran out within the day of the pause (C-2)
        else WarnIfDue(resumed);
    }

    /// <summary>Takes every warning whose instant has come, and tells the people of the last one.</summary>
    public void WarnIfDue(CaseTimer timer)
    {
        var due = timer.Warnings.TakeWhile(warning => warning.At <= Now).LastOrDefault();
        if (due is null) return;
        var warned = timer with { Colour = due.Colour, Warnings = [.. timer.Warnings.Where(warning => warning.At > Now)] };
        Emit(new TimerChanged(TimerVerb.Warned, warned));
        Law.Expiry.TellOfWarning(this, warned);
    }

    /// <summary>Marks a timer as expired. <paramref name="dutyStands"/> is false when the law executes its effect.</summary>
    public void Fired(CaseTimer timer, bool dutyStands) =>
        Emit(new TimerChanged(TimerVerb.Fired, timer with { State = TimerState.Fired, FiredAt = timer.Due, Colour = Colour.Red, DutyStands = dutyStands, Warnings = [] }));
}

using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Registers;

/// <summary>A window of a hall.</summary>
public sealed record WindowEntry : RegisterState
{
    /// <summary>Who sits there; null when nobody has signed in.</summary>
    public string? Staff { get; init; }

    /// <inheritdoc/>
    public override string StateAt(Instant now) => Flags.Contains("vacancy_alarm") ? "vacant" : Staff is null ? "closed" : "staffed";
}

/// <summary>In opening hours a window is never unattended: leaving it raises the alarm at once (AQ-3.1.5c, T-STF, K-38).</summary>
public static class WindowRegister
{
    const string Alarm = "vacancy_alarm";

    /// <summary>Acts: <c>sign_in</c> {staff} and <c>vacate</c> {substitute}; with a substitute the window changes hands and is never vacant.</summary>
    public static RegisterResult Apply(WindowEntry window, string act, Actor actor, JsonElement data, RegisterContext context) => act switch
    {
        "sign_in" => SignIn(window, RegisterData.TextOf(data, "staff") ?? actor.Id, context),
        "vacate" when RegisterData.TextOf(data, "substitute") is { } substitute => SignIn(window, substitute, context),
        "vacate" => Vacate(window, context),
        _ => Register.Unknown(window, act),
    };

    static RegisterResult SignIn(WindowEntry window, string staff, RegisterContext context)
    {
        var work = new RegisterWork(window with { Staff = staff, Flags = window.Flags.Remove(Alarm) }, context);
        work.Record("shift", staff);
        work.Stop("T-STF");
        return work.Done();
    }

    static RegisterResult Vacate(WindowEntry window, RegisterContext context)
    {
        var work = new RegisterWork(window with { Staff = null }, context);
        if (!IsOpen(context) || window.Flags.Contains(Alarm)) return work.Done();
        work.State = work.State with { Flags = work.State.Flags.Add(Alarm) };
        work.Start("T-STF");
        work.Fire(work.State.Timers["T-STF"]);
        return work.Done();
    }

    static bool IsOpen(RegisterContext context)
    {
        var (local, hall) = (LegalTime.LocalOf(context.Now), context.Hall ?? HallHours.Default);
        return context.Calendar.IsWorkingDay(local.Date) && local.TimeOfDay >= hall.Open && local.TimeOfDay < hall.Close;
    }
}

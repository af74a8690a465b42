using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Demonstration;

/// <summary>One act of a script.</summary>
/// <param name="At">When.</param>
/// <param name="Name">Act of the catalogue.</param>
/// <param name="Actor">Who.</param>
/// <param name="Data">Its data.</param>
/// <param name="OnTicket">Whether it is done on the ticket that a bad rating opened.</param>
sealed record ScriptedAct(Instant At, string Name, Actor Actor, JsonElement Data, bool OnTicket = false);

/// <summary>
/// What people do on one demonstration case: a chain of acts on past working days. What lies after now is left out, so one and the same
/// chain gives cases in other states when it is begun earlier or later. The acts themselves are in the other parts of this class.
/// </summary>
sealed partial class CaseScript
{
    const int MinutesOfMorning = 240, HurryMinutes = 6, LeisureMinutes = 25;

    readonly Scene scene;
    readonly PastDays days;
    readonly Dice dice;
    readonly List<ScriptedAct> acts = [];
    int back;
    Instant at;
    bool over;

    /// <summary>A case that is opened so many working days back.</summary>
    public CaseScript(Scene scene, PastDays days, Dice dice, int back)
    {
        (this.scene, this.days, this.dice, this.back) = (scene, days, dice, back);
        at = days.At(back, dice.Between(5, MinutesOfMorning));
        if (at > days.Now) at = days.At(back, 0) + (days.Now - days.At(back, 0)) / 2;
        window = dice.Of(scene.Windows);
        person = scene.Objects.Contains("自然人") && (scene.Objects.Length == 1 || dice.OneIn(3));
        applicant = person ? Applicants.Person(dice, scene.Region) : Applicants.Business(dice, scene.Region, scene.Terms.Code);
    }

    public Scene Scene => scene;

    public IReadOnlyList<ScriptedAct> Acts => acts;

    /// <summary>Account that owns the case; null for applicants who are known by name only.</summary>
    public string? Owner { get; private set; }

    /// <summary>What follows happens so many working days later.</summary>
    public CaseScript After(int workingDays) => workingDays == 0 ? this : On(back - workingDays);

    /// <summary>What follows happens on the working day that lies so many days back.</summary>
    public CaseScript On(int workingDay)
    {
        back = workingDay;
        over |= back < 0;
        if (!over) at = days.At(back, dice.Between(5, MinutesOfMorning));
        return this;
    }

    /// <summary>The case is opened so many hours before now, whatever the day.</summary>
    public CaseScript Recently(int hours)
    {
        at = days.Now - Duration.FromMinutes(hours * 60 - dice.Below(50));
        return this;
    }

    CaseScript Do(string act, Actor actor, params ReadOnlySpan<(string Name, object? Value)> data) => Add(act, actor, false, data);

    CaseScript Add(string act, Actor actor, bool onTicket, ReadOnlySpan<(string Name, object? Value)> data)
    {
        over |= at > days.Now;
        if (!over) acts.Add(new(at, act, actor, Json(data), onTicket));
        at += Duration.FromMinutes(dice.Between(HurryMinutes, LeisureMinutes));
        return this;
    }

    static JsonElement Json(ReadOnlySpan<(string Name, object? Value)> data)
    {
        var members = new Dictionary<string, object>();
        foreach (var (name, value) in data)
            if (value is not null) members[name] = value;
        return JsonSerializer.SerializeToElement(members);
    }
}

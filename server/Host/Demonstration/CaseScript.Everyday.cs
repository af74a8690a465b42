namespace Orchestrator.Host.Demonstration;

/// <summary>The everyday course of a case, in time for its promise.</summary>
sealed partial class CaseScript
{
    public void Everyday()
    {
        if (dice.OneIn(6)) Own();
        WantsBy(dice.Of(["window", "window", "mail", "online"]));
        var atWindow = scene.Terms.IsImmediate || dice.OneIn(2);
        if (dice.OneIn(7)) Corrected(atWindow);
        else if (atWindow) Receive();
        else Submit();
        if (!atWindow && dice.OneIn(2)) After(1);
        if (scene.Terms.IsImmediate) AtOnce();
        else InDays();
        Deliver();
        if (!dice.OneIn(3)) Rate(dice.Of([5, 5, 5, 5, 4, 4, 3]));
    }

    void Corrected(bool atWindow)
    {
        var last = scene.Materials[^1];
        if (atWindow) Receive(last);
        else Submit(last);
        Correct().After(dice.Between(1, 3)).Resubmit();
    }

    void AtOnce()
    {
        if (scene.Profile.StrictSeparation) Accept().Review().Approve();
        else OnTheSpot();
    }

    void InDays()
    {
        var left = Math.Max(1, (scene.Terms.Promised?.Count ?? 5) - 1);
        var review = dice.Between(1, Math.Max(1, left / 2));
        var denied = dice.OneIn(9);
        Accept().After(review);
        if (scene.Terms.Joint is { } joint) foreach (var branch in joint.Branches.Keys) Branch(branch);
        else if (denied) ReviewNegative();
        else Review();
        After(dice.Below(Math.Max(1, (left - review) / 2 + 1)));
        if (!denied) Approve();
        else Deny();
        if (denied && scene.Profile.NegationFiling) FileNegation();
    }

    void Deliver()
    {
        After(scene.Terms.IsImmediate ? 0 : dice.Below(2)).Ready().After(scene.Terms.IsImmediate ? 0 : dice.Between(0, 3));
        if (delivery == "mail") Post().After(dice.Between(1, 3)).Signed();
        else HandOver();
        Close();
    }
}

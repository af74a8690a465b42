using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>What notices to an applicant must get right whatever they are about.</summary>
static class Notices
{
    /// <summary>A limit printed in a notice leaves time to keep it: not empty, not over already, not beyond <see cref="TimeLimit.MaxCount"/> days.</summary>
    public static Refusal? WrongLimit(Work work, Stimulus.Act act, string rule)
    {
        if (act.Data.Member("limit").ValueKind is System.Text.Json.JsonValueKind.Undefined or System.Text.Json.JsonValueKind.Null) return null;
        return act.Data.Limit("limit") is { } limit && LeavesTime(limit, work.Today)
            ? null
            : Refuse.Data(rule, "limit", $"告知的期限“{act.Data.Text("limit")}”无效", $"'{act.Data.Text("limit")}' is not a limit that can be kept");
    }

    static bool LeavesTime(TimeLimit limit, LocalDate today) => limit.Unit switch
    {
        LimitUnit.OnTheSpot => false,
        LimitUnit.Date => limit.Date is { } date && date >= today && date <= today.PlusDays(TimeLimit.MaxCount),
        _ => limit.Count > 0,
    };
}

using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Clocks;

public sealed partial record Explanation
{
    static readonly LocalizedText FromItem = new("期限取自事项（指南）", "limit of the item (guide)");
    static readonly LocalizedText FromNotice = new("期限取自告知书", "limit printed in the notice");
    static readonly LocalizedText FromProfile = new("期限取自区域参数", "limit of the region's parameters");
    static readonly LocalizedText FromLicence = new("期限为证照载明的有效期止日", "the printed end of the licence");
    static readonly LocalizedText FromProduct = new("期限为系统缺省值", "default of the product");
    static readonly LocalizedText FromFlow = new("期限取自流程", "limit drawn in the flow");

    /// <summary>The parameters that decide on the limit or its effect, and where the limit comes from.</summary>
    static (ImmutableArray<string> Parameters, LocalizedText From) Source(CaseTimer timer, PolicyProfile profile, ItemTerms? item) => timer.Kind switch
    {
        "T-ACC" => (["P01", "P02", "P03"], FromProfile),
        "T-SPT" => (["P01", "P03"], item is { AcceptOnReceipt: true } ? FromItem : FromProfile),
        "T-COR" => Noticed(timer.Limit, item?.CorrectionLimit, profile, "P06"),
        "T-TOL" => Noticed(timer.Limit, item?.ToleranceLimit ?? item?.CorrectionLimit, profile, "P07"),
        "T-PRO" or "T-STA" => (["P16"], FromItem),
        "T-SPC" => (["P17", "P57"], FromItem),
        "T-JNT" or "T-PAR" => (["P35"], FromItem),
        "T-EXT" => (["P13", "P56"], FromLicence),
        "T-WIN" => (["P25"], profile.ResultToWindowLimit is null ? FromProduct : FromProfile),
        "T-BAD" => (["P31", "P32"], FromProfile),
        "T-CBK" => (["P33"], FromProduct),
        "T-NEG" => (["P23"], FromProduct),
        "T-EVA" => (["P30"], FromProduct),
        "T-TSK" or "T-DELAY" => ([], FromFlow),
        _ => ([], FromProduct),
    };

    static (ImmutableArray<string>, LocalizedText) Noticed(TimeLimit limit, TimeLimit? ofItem, PolicyProfile profile, string effect)
    {
        if (limit == ofItem) return ([effect], FromItem);
        return limit == profile.CorrectionPeriod ? (["P05", effect], FromProfile) : ([effect], FromNotice);
    }

    /// <summary>The counting conventions that were used.</summary>
    static IEnumerable<string> Conventions(CaseTimer timer)
    {
        var unit = timer.Limit.Unit;
        if (unit is not (LimitUnit.Hours or LimitUnit.Minutes or LimitUnit.OnTheSpot)) yield return "C-1";
        if (!timer.Pauses.IsEmpty) yield return "C-2";
        if (unit == LimitUnit.CalendarDays) yield return timer.Limit.Rolls ? "C-3" : "P59";
        if (unit is not (LimitUnit.Hours or LimitUnit.Minutes)) yield return "C-4";
        if (unit == LimitUnit.OnTheSpot) yield return "C-5";
        if (timer.Start < LegalTime.DateOf(timer.StartedAt)) yield return "C-6";
        if (unit == LimitUnit.Date) yield return "C-7";
        if (unit == LimitUnit.Months) yield return "C-8";
        if (unit == LimitUnit.WorkingDays) yield return "C-10";
    }

    static LocalizedText? WhyProvisional(CaseTimer timer, WorkingCalendar calendar)
    {
        if (!timer.Provisional) return null;
        var last = LegalTime.LastBegunDay(timer.Due).Year;
        var open = Enumerable.Range(timer.Start.Year, last - timer.Start.Year + 1).Where(year => !calendar.Years.Contains(year)).ToList();
        if (open.Count == 0) return new("放假安排已公布，期限将重新计算", "the holiday notice has come out; the limit will be counted anew");
        return new($"{string.Join("、", open)} 年放假安排尚未公布，届满日可能变动", $"the holiday notice for {string.Join(", ", open)} has not been published; the end may still move");
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Orchestrator.Kernel.Registers;

/// <summary>替岗: a day of leave and who stands in.</summary>
/// <param name="Date">The day.</param>
/// <param name="Substitute">Who stands in; null where the region does not ask for one.</param>
public sealed record Leave(LocalDate Date, string? Substitute);

/// <summary>A member of the hall's staff.</summary>
public sealed record StaffEntry : RegisterState
{
    /// <summary>Approved leaves.</summary>
    public ImmutableArray<Leave> Leaves { get; init; } = [];

    /// <inheritdoc/>
    public override string StateAt(Instant now) => Leaves.Any(leave => leave.Date == Clocks.LegalTime.DateOf(now)) ? "on_leave" : "on_duty";
}

/// <summary>A post is never left vacant: where P53 asks for it, leave needs a substitute (AQ-3.1.5c).</summary>
public static class StaffRegister
{
    /// <summary>Act: <c>request_leave</c> {date, substitute}.</summary>
    public static RegisterResult Apply(StaffEntry staff, string act, JsonElement data, RegisterContext context) => act switch
    {
        "request_leave" => RequestLeave(staff, data, context),
        _ => Register.Unknown(staff, act),
    };

    static RegisterResult RequestLeave(StaffEntry staff, JsonElement data, RegisterContext context)
    {
        if (RegisterData.DateOf(data, "date") is not { } date || date < Clocks.LegalTime.DateOf(context.Now))
            return RegisterResult.Refuse(staff, "act.malformed", "请填写今天或者以后的请假日期", "Leave needs a date that has not passed", "date");
        var substitute = RegisterData.TextOf(data, "substitute");
        if (substitute == staff.Id || (substitute is null && context.Profile["P53"] == "leave_filing_and_substitute"))
            return RegisterResult.Refuse(staff, "AQ-3.1.5c", "请假须先安排替岗人员", "Leave needs a substitute first", "substitute");
        if (staff.Leaves.Any(leave => leave.Date == date))
            return RegisterResult.Refuse(staff, "AQ-3.1.5c", "该日已请假", "There is leave on this day already", "date");
        var work = new RegisterWork(staff with { Leaves = staff.Leaves.Add(new Leave(date, substitute)) }, context);
        work.Record("shift", $"{LocalDatePattern.Iso.Format(date)} {staff.Id} → {substitute ?? "—"}");
        return work.Done();
    }
}

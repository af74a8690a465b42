using System.Text.Json;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Registers;

/// <summary>The registers beside the cases (CQ-13.2, XA-35, AQ-3.1.5c): one door for acts and for the passing of time.</summary>
public static class Register
{
    /// <summary>A new entry for a subject such as <c>policy:P1</c>, <c>staff:Wu</c> or <c>window:W01</c>; null for other kinds. Items are opened by <see cref="ItemRegister.Install"/>.</summary>
    public static RegisterState? Open(string subject) => subject.Split(':', 2) switch
    {
        ["policy", var id] => new PolicyEntry { Id = id },
        ["staff", var id] => new StaffEntry { Id = id },
        ["window", var id] => new WindowEntry { Id = id },
        _ => null,
    };

    /// <summary>Does an act. What is due up to the instant must have been done before, by <see cref="Advance"/>.</summary>
    public static RegisterResult Apply(RegisterState state, string act, Actor actor, JsonElement data, RegisterContext context)
    {
        if (actor.Role is "applicant" or "agent" or "carrier")
            return RegisterResult.Refuse(state, "5.7", "该角色不能办理此项操作", "This role cannot do this", actor.Role);
        try
        {
            return state switch
            {
                ItemEntry item => ItemRegister.Apply(item, act, data, context),
                PolicyEntry policy => PolicyRegister.Apply(policy, act, data, context),
                StaffEntry staff => StaffRegister.Apply(staff, act, data, context),
                WindowEntry window => WindowRegister.Apply(window, act, actor, data, context),
                _ => Unknown(state, act),
            };
        }
        catch (FormatException e)
        {
            return RegisterResult.Refuse(state, "act.malformed", $"数据格式不正确：{e.Message}", e.Message);
        }
    }

    /// <summary>Fires what is due up to the instant of the context, each at its own instant and in order.</summary>
    public static RegisterResult Advance(RegisterState state, RegisterContext context)
    {
        var result = new RegisterResult(state, []);
        while (result.State.NextWake is { } wake && wake <= context.Now)
        {
            var next = Wake(result.State, context with { Now = wake });
            result = next with { Facts = result.Facts.AddRange(next.Facts) };
        }
        return result;
    }

    static RegisterResult Wake(RegisterState state, RegisterContext context)
    {
        var work = new RegisterWork(state, context);
        if (state.Timers.Values.FirstOrDefault(timer => timer.NextWake == context.Now) is { } due)
        {
            if (due.Due <= context.Now) work.Fire(due); else work.Warn(due);
        }
        else if (state is ItemEntry item)
        {
            ItemRegister.TakeEffect(work, item);
        }
        return work.Done();
    }

    internal static RegisterResult Unknown(RegisterState state, string act) =>
        RegisterResult.Refuse(state, "act.unknown", $"没有“{act}”这一操作", $"There is no act “{act}” here", act);
}

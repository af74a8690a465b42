using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Orchestrator.Kernel.Definitions;

/// <summary>A role of the hall.</summary>
/// <param name="Name">Identifier in definitions and on the wire.</param>
/// <param name="Title">Name shown to people.</param>
public sealed record RoleDescriptor(string Name, LocalizedText Title);

/// <summary>角色: who may own a task, perform an act or receive a notice.</summary>
public static class Roles
{
    /// <summary>All roles.</summary>
    public static ImmutableArray<RoleDescriptor> All { get; } =
    [
        Role("applicant", "申请人", "Applicant"), Role("agent", "代办人/经办人", "Agent"), Role("guide", "导办员", "Guide"), Role("helper", "帮办员", "Helper"),
        Role("acceptor", "综合窗口受理人员", "Window acceptor"), Role("reviewer", "审查人员", "Reviewer"), Role("decider", "决定人", "Decider"),
        Role("chief_representative", "首席代表", "Chief representative"), Role("lead_department", "牵头部门", "Lead department"), Role("department", "责任部门", "Department"),
        Role("delivery_clerk", "出件人员", "Delivery clerk"), Role("archive_clerk", "档案员", "Archive clerk"), Role("responsible_leader", "分管负责人", "Responsible leader"),
        Role("administration_body", "政务服务管理机构", "Administration body"), Role("supervisor", "效能监察人员", "Supervisor"), Role("discipline_observer", "纪委监委", "Discipline observer"),
        Role("hotline_operator", "12345 话务员", "Hotline operator"), Role("call_back_clerk", "回访员", "Call-back clerk"), Role("line_department", "行业主管部门", "Line department"),
        Role("catalogue_manager", "事项管理员", "Catalogue manager"), Role("process_designer", "流程设计员", "Process designer"), Role("policy_owner", "政策公开责任人", "Policy owner"),
        Role("clerk", "工作人员", "Clerk"), Role("carrier", "寄递企业", "Carrier"), Role("system", "系统", "System"),
    ];

    /// <summary>Roles that sit at comprehensive windows (XA-33, V-22).</summary>
    public static FrozenSet<string> ComprehensiveWindow { get; } = FrozenSet.ToFrozenSet(["acceptor", "delivery_clerk", "chief_representative"], StringComparer.Ordinal);

    static readonly FrozenDictionary<string, RoleDescriptor> ByName = All.ToFrozenDictionary(role => role.Name, StringComparer.Ordinal);

    /// <summary>The role of that name; null when there is none. <c>reviewer:A</c> is the reviewer of branch A.</summary>
    public static RoleDescriptor? Find(string name) => ByName.GetValueOrDefault(name.Split(':', 2)[0]);

    static RoleDescriptor Role(string name, string zh, string en) => new(name, new LocalizedText(zh, en));
}

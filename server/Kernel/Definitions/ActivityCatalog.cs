using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Orchestrator.Kernel.Definitions;

/// <summary>
/// The one place that declares every activity: control flow (<c>Elsa.*</c>), the pipeline stages and services (<c>Gov.*</c>),
/// and the acts on a case that do not depend on where it is. The engine, the checks, the API's catalogue and the designer's
/// palette read it.
/// </summary>
public static partial class ActivityCatalog
{
    // Shared parts come first: static fields are set in the order they are written, and All uses these.
    static readonly LocalizedText Control = T("流程控制", "Control flow");
    static readonly LocalizedText ServicesGroup = T("通用服务", "Services");
    static readonly PortDescriptor Done = Port("Done", "完成", "Done");
    static readonly PortDescriptor DeemedExtended = Legal("DeemedExtended", "视为准予延续", "Deemed extended", false, "XA-17.4b");
    static readonly InputDescriptor Department = new("department", "String", T("承办部门", "Department"), Hint: "department");
    static readonly InputDescriptor Limit = new("limit", "TimeLimit", T("办理时限", "Time limit"), Hint: "limit",
        Help: T("如 5wd（工作日）、7cd（自然日）、2h、30min", "For example 5wd (working days), 7cd (calendar days), 2h, 30min"));

    /// <summary>All activities, control flow first, then in pipeline order.</summary>
    public static ImmutableArray<ActivityDescriptor> All { get; } = [.. ControlFlow(), .. Pipeline(), .. Tickets(), .. Services()];

    /// <summary>Acts on a case that are not tied to one activity: withdrawal, suspension, ratings, and demands that the law refuses.</summary>
    public static ImmutableArray<ActDescriptor> CaseActs { get; } = [.. DeclareCaseActs()];

    /// <summary>Documents of acts on the whole case and of its end, wherever it stands.</summary>
    public static ImmutableArray<string> CaseDocuments { get; } = ["撤回申请", "中止通知", "恢复通知", "终止通知", "视为准予延续", "撤销/责令补正", "否定备案", "归档包"];

    static readonly FrozenDictionary<string, ActivityDescriptor> ByType = All.ToFrozenDictionary(activity => activity.TypeName, StringComparer.Ordinal);
    static readonly FrozenDictionary<string, ActDescriptor> ActsByName =
        All.SelectMany(activity => activity.Acts).Concat(CaseActs).GroupBy(act => act.Name).ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>The activity of that type; null when it is not known.</summary>
    public static ActivityDescriptor? Find(string typeName) => ByType.GetValueOrDefault(typeName);

    /// <summary>The act of that name, wherever it is offered; null when there is none.</summary>
    public static ActDescriptor? FindAct(string name) => ActsByName.GetValueOrDefault(name);

    /// <summary>The act on the whole case; null when acts of that name belong to activities or do not exist.</summary>
    public static ActDescriptor? FindCaseAct(string name)
    {
        foreach (var act in CaseActs)
            if (act.Name == name) return act;
        return null;
    }

    static LocalizedText T(string zh, string en) => new(zh, en);
    static PortDescriptor Port(string name, string zh, string en, bool required = true, params string[] rules) => new(name, T(zh, en), PortKind.Normal, required, [.. rules]);
    static PortDescriptor Legal(string name, string zh, string en, bool required = true, params string[] rules) => new(name, T(zh, en), PortKind.Legal, required, [.. rules]);
    static PortDescriptor Refused(string name, string zh, string en, bool required = true, params string[] rules) => new(name, T(zh, en), PortKind.Refusal, required, [.. rules]);
    static ActDescriptor Act(string name, string? port, string roles, string transition, string zh, string en, params string[] data) =>
        new(name, port, [.. roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)], transition, T(zh, en), [.. data]);

    static InputDescriptor Role(string @default) => new("role", "String", T("承办角色", "Role"), Default: $"\"{@default}\"", Hint: "role",
        Help: T("由哪个角色办理", "Which role does the work"));

    static IEnumerable<ActivityDescriptor> ControlFlow()
    {
        yield return new() { TypeName = "Elsa.Start", Title = T("开始", "Start"), Help = T("流程从这里开始。", "The process begins here."), Kind = ActivityKind.Start, Category = Control, Ports = [Done] };
        yield return new() { TypeName = "Elsa.End", Title = T("结束", "End"), Help = T("本分支到此结束；所有分支结束后流程结束。", "This branch ends here; the process ends when all branches have."), Kind = ActivityKind.End, Category = Control };
        yield return new() { TypeName = "Elsa.Finish", Title = T("终止流程", "Terminate"), Help = T("立即结束整个流程，取消其余分支。", "Ends the whole process at once and cancels all other branches."), Kind = ActivityKind.End, Category = Control };
        yield return new()
        {
            TypeName = "Elsa.Fault", Title = T("异常结束", "Fault"), Help = T("以异常结束流程并记录原因。", "Ends the process as faulted and records why."), Kind = ActivityKind.End, Category = Control,
            Inputs = [new("message", "String", T("原因", "Message"))],
        };
        yield return new()
        {
            TypeName = "Elsa.FlowDecision", Title = T("判断", "Decision"), Help = T("按条件走“是”或“否”。", "Goes True or False by a rule."), Kind = ActivityKind.Control, Category = Control,
            Inputs = [new("condition", "Boolean", T("条件", "Condition"), Required: true, Hint: "rule")],
            Ports = [Port("True", "是", "True"), Port("False", "否", "False")],
        };
        yield return new()
        {
            TypeName = "Elsa.FlowSwitch", Title = T("多路判断", "Switch"), Help = T("按多个条件选择一条或多条分支。", "Takes the first branch, or every branch, whose rule holds."), Kind = ActivityKind.Control, Category = Control,
            Inputs = [new("cases", "Cases", T("分支条件", "Cases"), Required: true, Hint: "cases"),
                      new("mode", "String", T("匹配方式", "Mode"), Options: ["MatchFirst", "MatchAny"], Default: "\"MatchFirst\"", Hint: "dropdown")],
            Ports = [Port("Default", "其他", "Default")], DynamicPortsInput = "cases",
        };
        yield return new()
        {
            TypeName = "Elsa.FlowFork", Title = T("并行分支", "Fork"), Help = T("同时进入所有分支。", "Enters all branches at once."), Kind = ActivityKind.Control, Category = Control,
            Inputs = [new("branches", "StringArray", T("分支", "Branches"), Required: true, Hint: "multitext")], DynamicPortsInput = "branches",
        };
        yield return new()
        {
            TypeName = "Elsa.FlowJoin", Title = T("汇合", "Join"), Help = T("等待全部、任一、若干或所有活动分支到达。", "Waits for all, any, m of n, or all active branches."), Kind = ActivityKind.Control, Category = Control,
            Inputs = [new("mode", "String", T("汇合方式", "Mode"), Options: ["WaitAll", "WaitAny", "WaitCount", "WaitAllActive"], Default: "\"WaitAll\"", Hint: "dropdown"),
                      new("count", "Int32", T("数量（m）", "Count (m)")),
                      new("cancelRemaining", "Boolean", T("取消其余分支", "Cancel the rest"), Default: "false", Hint: "checkbox")],
            Ports = [Done],
        };
        yield return new()
        {
            TypeName = "Elsa.While", Title = T("循环", "While"), Help = T("条件成立时反复走“循环体”，之后走“完成”。循环体的末尾连回本环节。", "Takes Body while the rule holds, then Done. The body leads back here."), Kind = ActivityKind.Control, Category = Control,
            Inputs = [new("condition", "Boolean", T("条件", "Condition"), Required: true, Hint: "rule")],
            Ports = [Port("Body", "循环体", "Body"), Done],
        };
        yield return new()
        {
            TypeName = "Elsa.ForEach", Title = T("逐项循环", "For each"), Help = T("对列表的每一项走一次“循环体”。循环体的末尾连回本环节。", "Takes Body once for each item of a list. The body leads back here."), Kind = ActivityKind.Control, Category = Control,
            Inputs = [new("items", "Object", T("列表", "Items"), Required: true), new("currentValue", "String", T("当前项变量", "Current value variable"), Hint: "variable-picker")],
            Ports = [Port("Body", "循环体", "Body"), Done],
        };
        yield return new()
        {
            TypeName = "Elsa.Delay", Title = T("等待时间", "Delay"), Help = T("等待一段时间（可按工作日）后继续。", "Goes on after a time, which may be working days."), Kind = ActivityKind.Wait, Category = Control,
            Inputs = [new("limit", "TimeLimit", T("时间", "Time"), Required: true, Hint: "limit")], Ports = [Done], Timers = ["T-DELAY"],
        };
        yield return new()
        {
            TypeName = "Elsa.Event", Title = T("等待事件", "Wait for event"), Help = T("收到同名信号后继续。", "Goes on when a signal of that name arrives."), Kind = ActivityKind.Wait, Category = Control,
            Inputs = [new("eventName", "String", T("事件名", "Event name"), Required: true)], Ports = [Done],
        };
        yield return new()
        {
            TypeName = "Elsa.PublishEvent", Title = T("发布事件", "Publish event"), Help = T("向订阅者发布一条事件。", "Publishes an event to its subscribers."), Kind = ActivityKind.Control, Category = Control,
            Inputs = [new("eventName", "String", T("事件名", "Event name"), Required: true), new("payload", "Object", T("内容", "Payload"), Hint: "json")], Ports = [Done],
        };
        yield return new()
        {
            TypeName = "Elsa.SetVariable", Title = T("设置变量", "Set variable"), Help = T("给变量赋值。", "Gives a variable a value."), Kind = ActivityKind.Control, Category = Control,
            Inputs = [new("variable", "String", T("变量", "Variable"), Required: true, Hint: "variable-picker"), new("value", "Object", T("值", "Value"))], Ports = [Done],
        };
        yield return new()
        {
            TypeName = "Elsa.DispatchWorkflow", Title = T("子流程", "Sub-flow"), Help = T("启动另一流程，可等待其结束；可启动多个实例。", "Starts another flow, waits for it or not; may start several instances."), Kind = ActivityKind.Wait, Category = Control,
            Inputs = [new("workflowDefinitionId", "String", T("流程", "Definition"), Required: true, Hint: "workflow-definition-picker"),
                      new("waitForCompletion", "Boolean", T("等待结束", "Wait"), Default: "false", Hint: "checkbox"),
                      new("input", "Object", T("输入", "Input"), Hint: "json"), new("instances", "Object", T("实例数或列表", "Instances: a number or a list"))],
            Ports = [Done],
        };
    }

    static IEnumerable<ActivityDescriptor> Services()
    {
        yield return new()
        {
            TypeName = "Gov.HumanTask", Title = T("人工任务", "Human task"), Help = T("由指定角色办理，结果自定。可多实例、可限时、可被信号取消。", "Done by a role, with free outcomes. May have several instances, a limit, and be cancelled by a signal."),
            Kind = ActivityKind.Task, Category = ServicesGroup, Side = OfficeSide.Back,
            Inputs = [new("role", "String", T("承办角色", "Role"), Required: true, Hint: "role"), Department,
                      new("side", "String", T("前台/后台", "Side"), Options: ["front", "back", "applicant"], Default: "\"back\"", Hint: "dropdown"),
                      new("outcomes", "StringArray", T("结果", "Outcomes"), Required: true, Hint: "multitext"), Limit,
                      new("instances", "Object", T("实例数或列表", "Instances: a number or a list")), new("waitCount", "Int32", T("等待完成数", "How many must finish")),
                      new("cancelOn", "String", T("取消信号", "Cancelled by signal")), new("documents", "StringArray", T("出具文书", "Documents issued"), Hint: "multitext")],
            DynamicPortsInput = "outcomes",
            Ports = [Legal("Expired", "期满", "Expired", false), Refused("Cancelled", "已取消", "Cancelled", false)], Timers = ["T-TSK"],
        };
        yield return new()
        {
            TypeName = "Gov.Notify", Title = T("通知", "Notify"), Help = T("向申请人或角色发送通知。", "Sends a notice to the applicant or a role."), Kind = ActivityKind.Control, Category = ServicesGroup,
            Inputs = [new("to", "String", T("接收人", "To"), Required: true, Default: "\"applicant\"", Hint: "role"), new("text", "String", T("内容", "Text"), Required: true, Hint: "multiline"),
                      new("channel", "String", T("渠道", "Channel"), Options: ["sms", "network", "reminder"], Default: "\"sms\"", Hint: "dropdown")],
            Ports = [Done], Timers = ["T-NTF"], Rules = ["XA-18"],
        };
        yield return new()
        {
            TypeName = "Gov.IssueDocument", Title = T("出具文书", "Issue document"), Help = T("出具一份文书。", "Issues a document."), Kind = ActivityKind.Control, Category = ServicesGroup,
            Inputs = [new("name", "String", T("文书名称", "Document"), Required: true)], Ports = [Done],
        };
        yield return new()
        {
            TypeName = "Gov.CallSystem", Title = T("调用系统", "Call system"), Help = T("向外部系统发出请求，收到回复后继续。", "Sends a request to another system and goes on when it answers."), Kind = ActivityKind.Wait, Category = ServicesGroup,
            Inputs = [new("system", "String", T("系统", "System"), Required: true), new("payload", "Object", T("内容", "Payload"), Hint: "json"), Limit],
            Ports = [Done, Refused("Failed", "失败", "Failed", false), Legal("Expired", "超时", "Expired", false)], Timers = ["T-TSK"],
        };
    }

    static IEnumerable<ActDescriptor> DeclareCaseActs()
    {
        const string all = "applicant agent acceptor reviewer decider chief_representative administration_body line_department system department";
        yield return Act("withdraw", null, "applicant agent", "TR-40", "撤回申请", "Withdraw");
        yield return Act("suspend", null, "chief_representative administration_body", "TR-41", "中止办理", "Suspend", "cause");
        yield return Act("resume", null, "chief_representative administration_body", "TR-42", "恢复办理", "Resume", "cause");
        yield return Act("terminate", null, "chief_representative administration_body system", "TR-43", "终止办理", "Terminate", "cause");
        yield return Act("promise_check_failed", null, "decider administration_body line_department chief_representative", "TR-45", "承诺核查不符", "Promise found untrue", "finding");
        yield return Act("promise_check_passed", null, "decider administration_body line_department chief_representative", "TR-45", "承诺核查相符", "Promise found true", "finding");
        yield return Act("file_negation", null, "responsible_leader chief_representative", "QS-6c", "否定备案", "File the refusal", "ledger_no");
        yield return Act("rate", null, all, "XA-38.2b", "评价", "Rate", "score", "channel", "real_name", "text");
        yield return Act("edit_rating", null, all, "FT-17", "修改评价", "Edit a rating", "score");
        yield return Act("demand_material", null, all, "V-35", "要求材料", "Demand a material", "materials", "form");
        yield return Act("demand_online_entry", null, all, "FT-14", "要求网上填报", "Demand online entry");
        yield return Act("demand_booking", null, all, "FT-23", "要求预约", "Demand a booking");
        yield return Act("extend_limit", null, all, "FT-12", "延长承诺时限", "Prolong the promised limit", "limit");
        yield return Act("add_node", null, all, "FT-16", "临时增加环节", "Add a step ad hoc");
        yield return Act("add_material", null, all, "FT-16", "临时增加材料", "Add a material ad hoc", "materials");
        yield return Act("change_version", null, all, "FT-22", "变更流程版本", "Change the definition version", "version");
        yield return Act("reopen", null, all, "FT-21", "重新打开", "Reopen");
    }
}

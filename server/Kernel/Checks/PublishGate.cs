using System.Collections.Immutable;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Checks;

/// <summary>发布校验: rules V-20…V-27 on a drawing. Regional rules are asked only when a profile is given, item rules only with the item.</summary>
public static class PublishGate
{
    /// <summary>Checks a flow against the gate.</summary>
    public static ImmutableArray<Finding> Run(Flow flow, PolicyProfile? profile = null, ItemTerms? item = null)
    {
        var gate = new Gate(flow, new FindingList());
        gate.Tasks();
        if (flow.Purpose == FlowPurpose.Service) gate.Service(profile, item);
        if (flow.Purpose == FlowPurpose.Ticket) gate.Ticket(profile);
        return gate.Findings.ToImmutable();
    }

    sealed class Gate(Flow flow, FindingList findings)
    {
        public FindingList Findings => findings;

        IEnumerable<FlowNode> Of(string typeName) => flow.Nodes.Where(node => node.Activity.TypeName == typeName);

        void Error(string code, string rule, FlowNode node, string zh, string en) => findings.Error(code, node.Pointer, zh, en, rule, node.Id);

        public void Service(PolicyProfile? profile, ItemTerms? item)
        {
            Stages();
            Windows();
            Refusals(profile);
            Corrections(profile);
            if (profile is not null) Separation(profile);
            if (profile is { ToleranceEnabled: true }) Tolerances(profile);
            if (profile is { DeemedExtension: true } && item is { Renewable: true }) Renewals();
            if (item?.Joint is not null) Joint();
        }

        static readonly (Stage Stage, string Zh, string En)[] Needed =
        [
            (Stage.Consult, "咨询", "consultation"), (Stage.Appoint, "预约", "appointment"), (Stage.Apply, "申请", "application"), (Stage.Accept, "受理", "acceptance"),
            (Stage.Review, "审查", "review"), (Stage.Decide, "决定", "decision"), (Stage.Deliver, "送达", "delivery"), (Stage.Evaluate, "评价", "evaluation"),
        ];

        /// <summary>V-20: the seven stages of XA-13 and the evaluation of XA-38.1.</summary>
        void Stages()
        {
            var reached = FlowPaths.From(flow, [flow.Start]);
            var drawn = flow.Nodes.Where(node => reached.Contains(node.Index) && node.Activity.Kind is ActivityKind.Task or ActivityKind.Start && node.Activity.TypeName != "Gov.NegationFiling")
                .Select(node => node.Activity.Stage).ToHashSet();
            foreach (var (_, zh, en) in Needed.Where(each => !drawn.Contains(each.Stage)))
                findings.Error("gate.stage-missing", "/root/activities", $"流程缺少“{zh}”环节。请从环节库中添加并连线。", $"The flow has no {en}. Add it from the catalogue and connect it.", "V-20");
        }

        /// <summary>V-21: role, side and timer of every task. The applicant's own steps need no timer.</summary>
        public void Tasks()
        {
            foreach (var node in flow.Nodes.Where(node => node.Activity.Kind == ActivityKind.Task))
            {
                if (node.Role is null && !node.Inputs.ContainsKey("role"))
                    Error("gate.role-missing", "V-21", node, $"“{node.Title.Zh}”没有承办角色。请选择角色。", $"'{node.Title.En}' has no role. Choose one.");
                if (node.Side == OfficeSide.None)
                    Error("gate.side-missing", "V-21", node, $"“{node.Title.Zh}”未标明前台或后台。请选择。", $"'{node.Title.En}' is neither front nor back office. Choose one.");
                if (!HasTimer(node)) NoTimer(node);
            }
        }

        static bool HasTimer(FlowNode node) => node.Side == OfficeSide.Applicant || node.Inputs.ContainsKey("limit")
            || (!node.Activity.Timers.IsEmpty && node.Activity.Inputs.All(input => input.Name != "limit" || node.Activity.Stage != Stage.None));

        /// <summary>In a general process a task without a limit is allowed, but said.</summary>
        void NoTimer(FlowNode node) => findings.Add(new Finding("gate.timer-missing", flow.Purpose == FlowPurpose.General ? Severity.Warning : Severity.Error, node.Pointer, new LocalizedText(
            $"“{node.Title.Zh}”没有办理时限。请填写时限，如 3wd。", $"'{node.Title.En}' has no time limit. Enter one, such as 3wd."), "V-21", node.Id));

        /// <summary>V-22, V-34: intake and delivery at comprehensive windows; a special window only with its approval record.</summary>
        void Windows()
        {
            foreach (var node in Of("Gov.Acceptance").Concat(Of("Gov.Delivery")))
            {
                if (node.Flag("specialWindow"))
                {
                    if (node.Text("approvalRecord") is not { Length: > 0 } && node.Inputs.GetValueOrDefault("approvalRecord") is not (InputBinding.Variable or InputBinding.Argument))
                        Error("gate.special-window-unapproved", "V-22", node, $"“{node.Title.Zh}”设在专门窗口，但没有批准文号。请填写或改用综合窗口。",
                            $"'{node.Title.En}' is at a special window without an approval record. Enter it, or use a comprehensive window.");
                }
                else if (node.Role is { } role && !Roles.ComprehensiveWindow.Contains(role))
                    Error("gate.not-at-window", "V-22", node, $"“{node.Title.Zh}”须由综合窗口办理，现为“{Roles.Find(role)?.Title.Zh ?? role}”。请改为综合窗口角色，或标明专门窗口及批准文号。",
                        $"'{node.Title.En}' belongs to a comprehensive window, not to '{Roles.Find(role)?.Title.En ?? role}'. Change the role, or mark an approved special window.");
            }
        }

        /// <summary>V-23: under strict P22 who accepts does not decide (NX-1b, AQ-3.1.2a).</summary>
        void Separation(PolicyProfile profile)
        {
            if (!profile.StrictSeparation) return;
            foreach (var acceptance in Of("Gov.Acceptance"))
            {
                foreach (var decision in Of("Gov.Decision").Where(decision => decision.Role is not null && decision.Role == acceptance.Role))
                    Error("gate.same-role-decides", "V-23", decision, $"本地区受理与决定须分离，但“{acceptance.Title.Zh}”与“{decision.Title.Zh}”是同一角色。请更换其一。",
                        $"This region separates acceptance from decision, but '{acceptance.Title.En}' and '{decision.Title.En}' have one role. Change one.");
                var elsewhere = acceptance.Ports.Where(port => port.Name != "CompletedOnTheSpot").SelectMany(port => acceptance.Next(port.Name));
                if (!FlowPaths.From(flow, elsewhere, node => node.Index == acceptance.Index).Any(at => flow.Nodes[at].Activity.TypeName == "Gov.Decision"))
                    Error("gate.only-on-the-spot", "V-23", acceptance, $"本地区受理与决定须分离，“{acceptance.Title.Zh}”不能只有当场办结一条出路。请连到审查、决定环节。",
                        $"This region separates acceptance from decision, so '{acceptance.Title.En}' cannot only complete on the spot. Lead it to a review and a decision.");
            }
        }

        /// <summary>V-24: refusals have reasons and seal, and are filed where P23 says so (XA-17.2, CQ-26b, QS-6c).</summary>
        void Refusals(PolicyProfile? profile)
        {
            foreach (var node in Of("Gov.Decision"))
                foreach (var (input, zh, en) in (ReadOnlySpan<(string, string, string)>)[("reasonsRequired", "理由", "reasons"), ("sealRequired", "印章", "a seal")])
                    if (!node.Flag(input)) Error("gate.refusal-form", "V-24", node, $"“{node.Title.Zh}”作出不予决定须有{zh}。请勾选。", $"A denial at '{node.Title.En}' needs {en}. Tick it.");
            if (profile is not { NegationFiling: true }) return;
            foreach (var node in Of("Gov.Acceptance")) Filed(node, "Refused", "not_accepted");
            foreach (var node in Of("Gov.Correction")) Filed(node, "NotAccepted", "not_accepted");
            foreach (var node in Of("Gov.Decision")) Filed(node, "Denied", "denied");
        }

        void Filed(FlowNode node, string port, string state)
        {
            if (FlowPaths.CanEndWithout(flow, node.Next(port), each => each.Activity.TypeName == "Gov.NegationFiling" && each.Text("state") == state))
                Error("gate.refusal-not-filed", "V-24", node, $"本地区否定须备案，但“{node.Title.Zh}”的“{node.Activity.Port(port)!.Title.Zh}”之后有路径没有相应的“否定备案”。请加上该环节。",
                    $"This region files refusals, but after '{node.Activity.Port(port)!.Title.En}' of '{node.Title.En}' some path has no matching negation filing. Add one.");
        }

        /// <summary>V-25: notice document, limit and timeout branch of the correction (XA-16.2, CQ-18).</summary>
        void Corrections(PolicyProfile? profile)
        {
            foreach (var node in Of("Gov.Acceptance").Where(node => !FlowPaths.LeadsTo(flow, node, "CorrectionIssued", "Gov.Correction")))
                Error("gate.correction-missing", "V-25", node, $"“{node.Title.Zh}”的“补正告知”须连到“待补正”环节。", $"'Correction issued' of '{node.Title.En}' must lead to a correction activity.");
            foreach (var node in Of("Gov.Correction"))
            {
                if (!node.Inputs.ContainsKey("document"))
                    Error("gate.correction-document", "V-25", node, $"“{node.Title.Zh}”没有告知文书。请填写。", $"'{node.Title.En}' names no notice document. Enter it.");
                var effect = profile?.CorrectionTimeoutEffect == "not_accepted" ? "NotAccepted" : "DeemedWithdrawn";
                if (node.Next(effect).IsEmpty)
                    Error("gate.correction-timeout", "V-25", node, $"“{node.Title.Zh}”逾期没有去处。请连上“{node.Activity.Port(effect)!.Title.Zh}”。", $"Lateness at '{node.Title.En}' leads nowhere. Connect '{node.Activity.Port(effect)!.Title.En}'.");
            }
        }

        /// <summary>V-26: lateness of the tolerance supplement ends in a forced denial (XA-16.3b) or as notified (CQ-19b).</summary>
        void Tolerances(PolicyProfile profile)
        {
            foreach (var node in Of("Gov.Acceptance").Where(node => !node.Next("Tolerated").IsEmpty && !FlowPaths.LeadsTo(flow, node, "Tolerated", "Gov.Tolerance")))
                Error("gate.tolerance-missing", "V-26", node, $"“{node.Title.Zh}”的“容缺受理”须连到“容缺待补”环节。", $"'Accepted with tolerance' of '{node.Title.En}' must lead to a tolerance activity.");
            foreach (var node in Of("Gov.Tolerance"))
            {
                if (!FlowPaths.LeadsTo(flow, node, "ForcedDenial", "Gov.Decision"))
                    Error("gate.tolerance-denial", "V-26", node, $"“{node.Title.Zh}”的“应作不予决定”须连到“决定”环节。", $"'Denial forced' of '{node.Title.En}' must lead to a decision.");
                if (profile.ToleranceTimeoutEffect == "as_notified" && node.Next("DeemedWithdrawn").IsEmpty)
                    Error("gate.tolerance-as-notified", "V-26", node, $"本地区容缺逾期按告知处理，“{node.Title.Zh}”须连上“视为撤回申请”。", $"In this region lateness has the notified effect: connect 'Deemed withdrawn' of '{node.Title.En}'.");
            }
        }

        /// <summary>V-27: an undecided renewal is deemed extended wherever it stands (XA-17.4).</summary>
        void Renewals()
        {
            foreach (var node in flow.Nodes.Where(node => node.Activity.Port("DeemedExtended") is not null))
                if (!FlowPaths.From(flow, node.Next("DeemedExtended")).Any(at => flow.Nodes[at] is { Activity.TypeName: "Gov.Result" } result && result.Text("outcome") == "deemed_extended"))
                    Error("gate.deemed-extension-missing", "V-27", node, $"延续事项：“{node.Title.Zh}”的“视为准予延续”须连到结果为“视为准予延续”的出件环节。",
                        $"Renewal item: 'Deemed extended' of '{node.Title.En}' must lead to a result with that outcome.");
        }

        /// <summary>CQ-24a: a joint item needs a joint review.</summary>
        void Joint()
        {
            if (!Of("Gov.JointReview").Any())
                findings.Error("gate.joint-review-missing", "/root/activities", "并联事项的流程须有“并联审批”环节。", "The flow of a joint item needs a joint review.", "CQ-24a");
        }

        /// <summary>FT-18: a bad review closes only after feedback (XA-38.3c), and where P33 says so after a call-back (QS-T40b).</summary>
        public void Ticket(PolicyProfile? profile)
        {
            var start = flow.Nodes[flow.Start];
            if (FlowPaths.CanEndWithout(flow, [flow.Start], node => node.Ports.Any(port => port.Name == "FeedbackGiven")))
                Error("gate.ticket-feedback", "FT-18", start, "差评工单有路径未经反馈就办结。请加上“整改”或“解释说明”。", "Some path closes the ticket without feedback. Add a rectification or an explanation.");
            if (profile is { CallBackRequired: true } && FlowPaths.CanEndWithout(flow, [flow.Start], node => node.Activity.TypeName == "Gov.CallBack"))
                Error("gate.ticket-call-back", "FT-18", start, "本地区实名差评须回访，但有路径未经“回访”就办结。", "This region calls back on real-name reviews, but some path closes without a call-back.");
        }
    }
}

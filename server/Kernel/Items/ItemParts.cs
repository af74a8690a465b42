using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Items;

/// <summary>办理流程: the pipeline that runs the cases and the steps as the guide tells them.</summary>
/// <param name="Pipeline">Folder of the workflow definition: <c>standard</c>, <c>immediate</c>, <c>renewal</c> or <c>joint</c>.</param>
/// <param name="Steps">The steps, in order.</param>
public sealed record ProcessGuide(string Pipeline, ImmutableArray<ProcessStep> Steps);

/// <summary>One step of the guide's process.</summary>
/// <param name="Stage">Stage key of XA-13: consult, appoint, apply, accept, review, decide or deliver.</param>
/// <param name="Text">What happens, for the reader.</param>
/// <param name="Limit">How long it takes; null where it has no limit of its own.</param>
public sealed record ProcessStep(string Stage, string Text, TimeLimit? Limit = null);

/// <summary>收费: one fee (CQ-27.2 wants name, basis and standard).</summary>
/// <param name="Name">Name of the fee.</param>
/// <param name="Amount">Amount in yuan; 0 for none.</param>
/// <param name="Unit">What is paid for, for example 枚 or 平方米·日.</param>
/// <param name="Basis">Legal basis; must not be empty when an amount is charged (V-13).</param>
/// <param name="Standard">收费标准 as published.</param>
public sealed record Fee(string Name, decimal Amount, string Unit, string Basis, string Standard);

/// <summary>办理结果: one result of the item.</summary>
/// <param name="Name">Name of the document or payment.</param>
/// <param name="Kind">证照, 批文, 证明, 备案凭证 or 待遇发放.</param>
/// <param name="Sample">结果样本 (V-11); null when it is missing.</param>
/// <param name="Validity">How long it holds, for example 5年; null for no end.</param>
public sealed record ResultType(string Name, string Kind, GuideFile? Sample, string? Validity = null);

/// <summary>办理地点.</summary>
/// <param name="Hall">Name of the hall, by the pattern of its level (XA-29, QS-9a).</param>
/// <param name="Windows">Windows that take it in.</param>
/// <param name="Address">Address.</param>
/// <param name="Hours">Opening hours as text.</param>
public sealed record HandlingPlace(string Hall, ImmutableArray<string> Windows, string Address, string Hours);

/// <summary>A way to ask or to complain.</summary>
/// <param name="Kind">窗口, 电话, 网上 or 信函.</param>
/// <param name="Value">Where: number, address or page.</param>
public sealed record ContactChannel(string Kind, string Value);

/// <summary>告知承诺 of the full record (CQ-23, QS-21b).</summary>
/// <param name="Waives">Ids of the materials a signed promise replaces.</param>
/// <param name="Text">告知承诺书: content of the proof and conditions.</param>
/// <param name="Liability">Liability for an untrue promise.</param>
/// <param name="Supervision">How it is checked afterwards.</param>
/// <param name="Listed">Whether the item is on the published list of promise items.</param>
public sealed record PromiseMode(ImmutableArray<string> Waives, string Text, string Liability, string Supervision, bool Listed);

/// <summary>可延续 (XA-17.4).</summary>
/// <param name="LicenceType">Licence that is renewed.</param>
/// <param name="Validity">Validity that a renewal gives, for example 5年.</param>
/// <param name="ApplyBefore">When to apply at the latest, for the reader.</param>
public sealed record Renewal(string LicenceType, string Validity, string ApplyBefore);

/// <summary>联办/并联 (CQ-24, QS-17).</summary>
/// <param name="Children">Item codes that are handled together.</param>
/// <param name="Lead">Lead department; null until it is designated (V-19).</param>
/// <param name="Limit">Joint limit.</param>
/// <param name="Branches">Limit of each branch department.</param>
public sealed record JointHandling(ImmutableArray<string> Children, string? Lead, TimeLimit Limit, ImmutableSortedDictionary<string, TimeLimit> Branches);

/// <summary>最多跑一次 (CQ-22).</summary>
/// <param name="Listed">On the list of one-trip items.</param>
/// <param name="MaxTrips">Visits that are needed at most.</param>
public sealed record OneTrip(bool Listed, int MaxTrips);

/// <summary>进驻 (XA-32a, QS-9b).</summary>
/// <param name="In">Whether it is handled in the centre.</param>
/// <param name="Exception">Reason when it is not: 涉密 or 场地限制.</param>
public sealed record InCentre(bool In, string? Exception = null);

/// <summary>专门窗口 (NX-2.3c).</summary>
/// <param name="Window">The window.</param>
/// <param name="ApprovalRecord">审核同意 record; null when there is none, which V-34 refuses.</param>
/// <param name="Reason">Why a comprehensive window is not fit.</param>
public sealed record SpecialWindow(string Window, string? ApprovalRecord, string Reason);

/// <summary>委托受理/授权办理 (XA-32b, QS-19a).</summary>
/// <param name="Body">Who acts.</param>
/// <param name="Mode">委托受理, 授权办理 or 帮办代办.</param>
/// <param name="Agreement">Number of the agreement.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
public sealed record Delegation(string Body, string Mode, string Agreement, LocalDate From, LocalDate Until);

/// <summary>情形选项: a question whose every answer leads to materials or to another question (QS-T32, V-32).</summary>
/// <param name="Question">The question.</param>
/// <param name="Answers">At least two answers.</param>
public sealed record Situation(string Question, ImmutableArray<SituationAnswer> Answers);

/// <summary>An answer of the situation tree: a leaf when it has no further question.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Materials">Ids of the materials it adds.</param>
/// <param name="Next">Further question; null for a leaf.</param>
public sealed record SituationAnswer(string Text, ImmutableArray<string> Materials, Situation? Next = null);

/// <summary>三张清单对应 (QS-4c): the same thing in another published list.</summary>
/// <param name="List">Name of the list.</param>
/// <param name="Name">Name there.</param>
/// <param name="Type">Type there.</param>
public sealed record ReferenceListEntry(string List, string Name, string Type);

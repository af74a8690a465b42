using System.Collections.Immutable;

namespace Orchestrator.Kernel.Definitions;

/// <summary>The seven stages of a matter (XA-13) and the evaluation that follows them.</summary>
public enum Stage
{
    /// <summary>No stage: control flow.</summary>
    None,
    /// <summary>咨询.</summary>
    Consult,
    /// <summary>预约.</summary>
    Appoint,
    /// <summary>申请.</summary>
    Apply,
    /// <summary>受理.</summary>
    Accept,
    /// <summary>审查.</summary>
    Review,
    /// <summary>决定.</summary>
    Decide,
    /// <summary>送达.</summary>
    Deliver,
    /// <summary>评价.</summary>
    Evaluate,
}

/// <summary>How the engine treats an activity.</summary>
public enum ActivityKind
{
    /// <summary>Where a case begins.</summary>
    Start,
    /// <summary>Where a token ends.</summary>
    End,
    /// <summary>Passes at once: decisions, forks, joins, variables, messages.</summary>
    Control,
    /// <summary>Waits for something that is not a person: a delay, an event, a sub-flow.</summary>
    Wait,
    /// <summary>Waits for a person or system to act; opens a task.</summary>
    Task,
}

/// <summary>Front office (前台) or back office (后台) side of a task (NX-4.1, V-21).</summary>
public enum OfficeSide
{
    /// <summary>Not a desk: the engine or another system.</summary>
    None,
    /// <summary>前台: comprehensive windows.</summary>
    Front,
    /// <summary>后台: reviewers and deciders.</summary>
    Back,
    /// <summary>The applicant.</summary>
    Applicant,
}

/// <summary>What a port means to the law and to the designer.</summary>
public enum PortKind
{
    /// <summary>An ordinary outcome.</summary>
    Normal,
    /// <summary>A legal consequence of silence or lateness (视为…, 期满): drawn differently and never removable by neglect.</summary>
    Legal,
    /// <summary>A refusal or failure.</summary>
    Refusal,
}

/// <summary>One outcome of an activity, drawn as a port.</summary>
/// <param name="Name">Port name as connections use it, for example <c>Accepted</c>.</param>
/// <param name="Title">What the designer shows.</param>
/// <param name="Kind">Ordinary, legal consequence or refusal.</param>
/// <param name="Required">Whether a definition that leaves the port unconnected is a lint error.</param>
/// <param name="Rules">Rule ids behind the port.</param>
public sealed record PortDescriptor(string Name, LocalizedText Title, PortKind Kind = PortKind.Normal, bool Required = true, ImmutableArray<string> Rules = default);

/// <summary>One typed input of an activity.</summary>
/// <param name="Name">Property name on the activity in camelCase, as Elsa stores it.</param>
/// <param name="TypeName">Type alias: String, Boolean, Int32, Decimal, Object, StringArray, TimeLimit, Rule, …</param>
/// <param name="Title">Label.</param>
/// <param name="Required">Whether the check demands a value.</param>
/// <param name="Options">The allowed values, when closed.</param>
/// <param name="Default">The value that holds when the input is absent, as JSON text; null for none.</param>
/// <param name="Hint">Editor: singleline, multiline, checkbox, dropdown, checklist, limit, rule, json, role, definition.</param>
/// <param name="Help">One sentence of help.</param>
public sealed record InputDescriptor(
    string Name, string TypeName, LocalizedText Title, bool Required = false, ImmutableArray<string> Options = default,
    string? Default = null, string Hint = "singleline", LocalizedText? Help = null);

/// <summary>One act that a person or system may perform while a case is at the activity.</summary>
/// <param name="Name">Event name, for example <c>accept</c>.</param>
/// <param name="Port">The port it leaves through; null when the case stays (for example a second supply of documents).</param>
/// <param name="Roles">Roles of 5.7 that may perform it.</param>
/// <param name="Transition">Transition id (TR-nn) whose guard the act obeys; also the refusal id from a wrong state.</param>
/// <param name="Title">Button label.</param>
/// <param name="Data">Names of the data the act takes, for forms and documentation.</param>
public sealed record ActDescriptor(string Name, string? Port, ImmutableArray<string> Roles, string Transition, LocalizedText Title, ImmutableArray<string> Data = default);

/// <summary>
/// Everything the product knows of one activity type, declared once in <see cref="ActivityCatalog"/>: the engine, the checks,
/// the API's activity catalogue and the designer's palette read it from there.
/// </summary>
public sealed record ActivityDescriptor
{
    /// <summary>Type name in the document, for example <c>Gov.Acceptance</c> or <c>Elsa.FlowDecision</c>.</summary>
    public required string TypeName { get; init; }
    /// <summary>Version of the type.</summary>
    public int Version { get; init; } = 1;
    /// <summary>Title shown in the palette.</summary>
    public required LocalizedText Title { get; init; }
    /// <summary>One or two sentences of help.</summary>
    public required LocalizedText Help { get; init; }
    /// <summary>How the engine treats it.</summary>
    public required ActivityKind Kind { get; init; }
    /// <summary>Pipeline stage; None for control flow.</summary>
    public Stage Stage { get; init; }
    /// <summary>Palette group, for example 受理 / Acceptance.</summary>
    public required LocalizedText Category { get; init; }
    /// <summary>Front or back office.</summary>
    public OfficeSide Side { get; init; }
    /// <summary>Default role of the task's owner; the input <c>role</c> overrides it where present.</summary>
    public string? Role { get; init; }
    /// <summary>Legal state (docs/RULES.md, S) or state of a ticket that the case has while it is here; null when the activity does not change it.</summary>
    public string? State { get; init; }
    /// <summary>Typed inputs.</summary>
    public ImmutableArray<InputDescriptor> Inputs { get; init; } = [];
    /// <summary>Fixed ports. Activities with drawn outcomes have more, see <see cref="DynamicPortsInput"/>.</summary>
    public ImmutableArray<PortDescriptor> Ports { get; init; } = [];
    /// <summary>Name of the input that lists further ports (branches of a fork, cases of a switch, outcomes of a human task); null for none.</summary>
    public string? DynamicPortsInput { get; init; }
    /// <summary>Acts offered here.</summary>
    public ImmutableArray<ActDescriptor> Acts { get; init; } = [];
    /// <summary>Timers (T-xxx) that run here or start here.</summary>
    public ImmutableArray<string> Timers { get; init; } = [];
    /// <summary>Documents (文书) issued here.</summary>
    public ImmutableArray<string> Documents { get; init; } = [];
    /// <summary>Rule ids that the activity enforces.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The act of that name; null when it is not offered here.</summary>
    public ActDescriptor? Act(string name)
    {
        foreach (var act in Acts)
            if (act.Name == name) return act;
        return null;
    }

    /// <summary>The fixed port of that name; null when there is none.</summary>
    public PortDescriptor? Port(string name)
    {
        foreach (var port in Ports)
            if (port.Name == name) return port;
        return null;
    }
}

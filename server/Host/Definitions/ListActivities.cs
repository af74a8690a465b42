using System.Collections.Immutable;
using Orchestrator.Host.Identity;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Definitions;

/// <summary><c>GET /api/v1/activities</c>: the activity catalogue, from which designers make their palette and clients their forms.</summary>
static class ListActivities
{
    /// <summary>The catalogue.</summary>
    /// <param name="Activities">Everything that can be drawn.</param>
    /// <param name="CaseActs">Acts on the whole case, wherever it stands.</param>
    public sealed record Reply(IReadOnlyList<Activity> Activities, IReadOnlyList<Act> CaseActs);

    /// <summary>One activity.</summary>
    /// <param name="TypeName">Type in documents, for example <c>Gov.Acceptance</c>.</param>
    /// <param name="Version">Version of the type.</param>
    /// <param name="Title">Title in the palette.</param>
    /// <param name="Help">A sentence or two.</param>
    /// <param name="Kind">start, end, control, wait or task.</param>
    /// <param name="Stage">Pipeline stage; none for control flow.</param>
    /// <param name="Category">Palette group.</param>
    /// <param name="Side">front, back, applicant or none.</param>
    /// <param name="Role">Default role of its task.</param>
    /// <param name="State">State of the case while it is here; null when it does not change.</param>
    /// <param name="Inputs">What an owner fills in.</param>
    /// <param name="Ports">Its fixed outcomes.</param>
    /// <param name="DynamicPortsInput">Input that lists further ports; null for none.</param>
    /// <param name="Acts">What people do here.</param>
    /// <param name="Timers">Timers that run here.</param>
    /// <param name="Documents">文书 issued here.</param>
    /// <param name="Rules">Rule ids that it enforces.</param>
    public sealed record Activity(
        string TypeName, int Version, LocalizedText Title, LocalizedText Help, ActivityKind Kind, Stage Stage, LocalizedText Category, OfficeSide Side, string? Role, string? State,
        IReadOnlyList<Input> Inputs, IReadOnlyList<Port> Ports, string? DynamicPortsInput, IReadOnlyList<Act> Acts, IReadOnlyList<string> Timers, IReadOnlyList<string> Documents,
        IReadOnlyList<string> Rules);

    /// <summary>One input.</summary>
    /// <param name="Name">Property on the activity.</param>
    /// <param name="TypeName">Type alias.</param>
    /// <param name="Title">Label.</param>
    /// <param name="Required">Whether the check demands a value.</param>
    /// <param name="Options">Allowed values; empty when open.</param>
    /// <param name="Default">Value when absent, as JSON text.</param>
    /// <param name="Hint">Editor.</param>
    /// <param name="Help">One sentence of help.</param>
    public sealed record Input(string Name, string TypeName, LocalizedText Title, bool Required, IReadOnlyList<string> Options, string? Default, string Hint, LocalizedText? Help);

    /// <summary>One outcome.</summary>
    /// <param name="Name">Name in connections.</param>
    /// <param name="Title">What the designer shows.</param>
    /// <param name="Kind">normal, legal (a consequence of silence or lateness) or refusal.</param>
    /// <param name="Required">Whether leaving it unconnected is an error.</param>
    /// <param name="Rules">Rule ids behind it.</param>
    public sealed record Port(string Name, LocalizedText Title, PortKind Kind, bool Required, IReadOnlyList<string> Rules);

    /// <summary>One act.</summary>
    /// <param name="Name">Name on the wire, for example <c>accept</c>.</param>
    /// <param name="Port">Port it leaves through; null when the case stays.</param>
    /// <param name="Roles">Roles that may do it.</param>
    /// <param name="Transition">Transition id whose guard it obeys.</param>
    /// <param name="Title">Label of the button.</param>
    /// <param name="Data">Names of the data it takes.</param>
    public sealed record Act(string Name, string? Port, IReadOnlyList<string> Roles, string Transition, LocalizedText Title, IReadOnlyList<string> Data);

    static readonly Reply Catalogue = new([.. ActivityCatalog.All.Select(Of)], [.. ActivityCatalog.CaseActs.Select(Of)]);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/activities", () => TypedResults.Ok(Catalogue))
        .RequireAuthorization(Policies.SignedIn).WithName("ListActivities").WithTags("Definitions").WithSummary("环节目录 / The activity catalogue");

    static Activity Of(ActivityDescriptor activity) => new(
        activity.TypeName, activity.Version, activity.Title, activity.Help, activity.Kind, activity.Stage, activity.Category, activity.Side, activity.Role, activity.State,
        [.. activity.Inputs.Select(Of)], [.. activity.Ports.Select(Of)], activity.DynamicPortsInput, [.. activity.Acts.Select(Of)], activity.Timers, activity.Documents, activity.Rules);

    static Input Of(InputDescriptor input) => new(input.Name, input.TypeName, input.Title, input.Required, Filled(input.Options), input.Default, input.Hint, input.Help);

    static Port Of(PortDescriptor port) => new(port.Name, port.Title, port.Kind, port.Required, Filled(port.Rules));

    static Act Of(ActDescriptor act) => new(act.Name, act.Port, Filled(act.Roles), act.Transition, act.Title, Filled(act.Data));

    static ImmutableArray<string> Filled(ImmutableArray<string> list) => list.IsDefault ? [] : list;
}

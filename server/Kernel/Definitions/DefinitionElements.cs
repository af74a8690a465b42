using System.Text.Json.Nodes;

namespace Orchestrator.Kernel.Definitions;

/// <summary>A declared variable, input or output of a definition as the document has it.</summary>
/// <param name="Id">Id; the name where the document has none.</param>
/// <param name="Name">Name.</param>
/// <param name="TypeName">Type alias; <c>Object</c> where the document has none.</param>
/// <param name="IsArray">Whether it is a list.</param>
/// <param name="Default">Default value; null for none.</param>
/// <param name="Pointer">Where it stands.</param>
public sealed record DeclarationElement(string Id, string Name, string TypeName, bool IsArray, JsonNode? Default, string Pointer);

/// <summary>An activity as the document has it. <see cref="Json"/> holds everything, also what this product does not know.</summary>
public sealed record ActivityElement
{
    /// <summary>Id, unique in the definition; empty when it is missing.</summary>
    public required string Id { get; init; }
    /// <summary>Type name, for example <c>Gov.Acceptance</c>; empty when it is missing.</summary>
    public required string Type { get; init; }
    /// <summary>Version of the type; 1 when absent.</summary>
    public required int Version { get; init; }
    /// <summary>Where it stands in the document.</summary>
    public required string Pointer { get; init; }
    /// <summary>The whole activity.</summary>
    public required JsonObject Json { get; init; }
    /// <summary>Title in two languages; null when the document gives none.</summary>
    public LocalizedText? Title { get; init; }
    /// <summary><c>metadata.displayText</c>, the text other designers show.</summary>
    public string? DisplayText { get; init; }
    /// <summary>Left edge on the canvas.</summary>
    public double X { get; init; }
    /// <summary>Upper edge on the canvas.</summary>
    public double Y { get; init; }
    /// <summary>What the catalogue knows of the type; null for a type or version that is not known here.</summary>
    public ActivityDescriptor? Descriptor { get; init; }

    /// <summary>Pointer of one of its properties.</summary>
    public string PointerTo(string property) => Pointer.Then(property);
}

/// <summary>A connection between a port of one activity and another activity.</summary>
/// <param name="Source">Id of the activity it leaves.</param>
/// <param name="Port">Port it leaves through; <c>Done</c> where the document has none.</param>
/// <param name="Target">Id of the activity it enters.</param>
/// <param name="Pointer">Where it stands.</param>
public sealed record ConnectionElement(string Source, string Port, string Target, string Pointer);

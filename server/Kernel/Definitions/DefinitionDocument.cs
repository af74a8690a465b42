using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Definitions;

/// <summary>
/// 流程定义: a definition in the Elsa 3 workflow-definition JSON. The whole tree is kept, so that writing it loses nothing this
/// product does not know; the properties are typed views of it. Reading never throws: what is wrong becomes a finding.
/// </summary>
public sealed class DefinitionDocument
{
    /// <summary>Most activities in one definition.</summary>
    public const int MaxActivities = 2_000;
    /// <summary>Most connections in one definition.</summary>
    public const int MaxConnections = 10_000;
    /// <summary>Longest text that is read, in UTF-8 bytes.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);   // Chinese stays readable
    static readonly JsonSerializerOptions Plain = new() { Encoder = Encoder, MaxDepth = 2 * JsonScan.MaxDepth };
    static readonly JsonSerializerOptions Indented = new() { Encoder = Encoder, MaxDepth = 2 * JsonScan.MaxDepth, WriteIndented = true, NewLine = "\n" };

    internal DefinitionDocument(JsonObject json) => Json = json;

    /// <summary>The tree. To change it, change a deep clone and read that with <see cref="Of"/>.</summary>
    public JsonObject Json { get; }
    /// <summary>Id of this version; empty when the document has none yet.</summary>
    public string Id { get; internal init; } = "";
    /// <summary>Id that is stable over versions; empty when the document has none yet.</summary>
    public string DefinitionId { get; internal init; } = "";
    /// <summary>Name.</summary>
    public string Name { get; internal init; } = "";
    /// <summary>Description.</summary>
    public string Description { get; internal init; } = "";
    /// <summary>Version number; 0 when absent.</summary>
    public int Version { get; internal init; }
    /// <summary>Title: <c>customProperties.title</c>, else the name.</summary>
    public LocalizedText Title { get; internal init; } = new("", "");
    /// <summary><c>customProperties.purpose</c>: service, ticket or general (default).</summary>
    public FlowPurpose Purpose { get; internal init; } = FlowPurpose.General;
    /// <summary>Variables of the definition and of its root.</summary>
    public ImmutableArray<DeclarationElement> Variables { get; internal init; } = [];
    /// <summary>Inputs.</summary>
    public ImmutableArray<DeclarationElement> Inputs { get; internal init; } = [];
    /// <summary>Outputs.</summary>
    public ImmutableArray<DeclarationElement> Outputs { get; internal init; } = [];
    /// <summary>Outcomes.</summary>
    public ImmutableArray<string> Outcomes { get; internal init; } = [];
    /// <summary>The free, preserved bag of the definition; null when absent.</summary>
    public JsonObject? CustomProperties => Json["customProperties"] as JsonObject;
    /// <summary>The flowchart; null when absent.</summary>
    public JsonObject? Root => Json["root"] as JsonObject;
    /// <summary>Activities, in document order (which means nothing: designers reorder them).</summary>
    public ImmutableArray<ActivityElement> Activities { get; internal init; } = [];
    /// <summary>Connections, in document order.</summary>
    public ImmutableArray<ConnectionElement> Connections { get; internal init; } = [];
    /// <summary>Everything the reader remarked, as <see cref="Read(string)"/> returned it.</summary>
    public ImmutableArray<Finding> Findings { get; internal init; } = [];

    /// <summary>Reads a definition. The document is null when the text is not a JSON object that could be kept as it is; the findings then say why.</summary>
    public static (DefinitionDocument? Document, ImmutableArray<Finding> Findings) Read(string json)
    {
        try
        {
            return Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(json));
        }
        catch (EncoderFallbackException)
        {
            return (null, [JsonScan.NotText("")]);
        }
    }

    /// <summary>Reads a definition from UTF-8.</summary>
    public static (DefinitionDocument? Document, ImmutableArray<Finding> Findings) Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes) return (null, [TooLarge("", $"超过 {MaxBytes / 1024 / 1024} MiB", $"over {MaxBytes / 1024 / 1024} MiB")]);
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        if (JsonScan.Fault(utf8) is { } fault) return (null, [fault]);
        return JsonNode.Parse(utf8, null, new JsonDocumentOptions { MaxDepth = 2 * JsonScan.MaxDepth }) is JsonObject json ? Of(json) : (null, [NotAnObject]);
    }

    /// <summary>Takes the views of a tree that the caller built or changed.</summary>
    public static (DefinitionDocument Document, ImmutableArray<Finding> Findings) Of(JsonObject json)
    {
        var document = new DefinitionReader(json).Read();
        return (document, document.Findings);
    }

    /// <summary>The document as JSON text. Property order is kept; writing what was read gives the same bytes every time.</summary>
    public string Write(bool indented = false) => Json.ToJsonString(indented ? Indented : Plain);

    internal static Finding TooLarge(string pointer, string zh, string en) => new("definition.too-large", Severity.Error, pointer, new(
        $"流程定义过大（{zh}）。请拆分为子流程。", $"The definition is too large ({en}). Split it into sub-flows."));

    static readonly Finding NotAnObject = new("definition.not-object", Severity.Error, "", new("流程定义必须是 JSON 对象。", "A definition must be a JSON object."));
}

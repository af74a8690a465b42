using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Host.Problems;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Definitions;

/// <summary>Definition documents as they come in, are stamped with what the server decides, and go out.</summary>
static class DefinitionText
{
    public const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";
    const string ToolVersion = "3.8.2.0";

    /// <summary>What the server decides and a fingerprint must not depend on.</summary>
    static readonly ImmutableArray<string> Stamps = ["$schema", "id", "definitionId", "version", "isLatest", "isPublished", "isReadonly", "isSystem", "createdAt", "toolVersion", "tenantId", "links"];

    /// <summary>Reads a request body that is a definition document: any JSON object, sound or not.</summary>
    public static async Task<(DefinitionDocument? Document, Problem? Problem)> Read(HttpRequest request, CancellationToken stop)
    {
        if (!request.HasJsonContentType()) return (null, BodyProblems.WrongType);
        if (request.ContentLength > DefinitionDocument.MaxBytes) return (null, BodyProblems.TooLarge);
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, stop);
        var (document, findings) = DefinitionDocument.Read(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        return document is null ? (null, Unreadable(findings)) : (document, null);
    }

    public static Problem Unreadable(IEnumerable<Finding> findings) =>
        Problem.Invalid([.. findings.Select(finding => new FieldError(finding.Pointer, finding.Code, finding.Message))]);

    /// <summary>The document with the ids, number and flags of a draft (version 0) or of a published version.</summary>
    public static DefinitionDocument Stamp(DefinitionDocument document, string definitionId, string versionId, int version)
    {
        var json = document.Json.DeepClone().AsObject();
        json.Remove("$schema");
        json["id"] = versionId;
        json["definitionId"] = definitionId;
        json["version"] = version;
        json["isLatest"] = true;
        json["isPublished"] = version > 0;
        json["toolVersion"] ??= ToolVersion;
        return DefinitionDocument.Of(json).Document;
    }

    /// <summary>A new, empty flowchart.</summary>
    public static DefinitionDocument Blank(LocalizedText title, string purpose) => DefinitionDocument.Of(new JsonObject
    {
        ["name"] = title.Zh,
        ["description"] = "",
        ["variables"] = new JsonArray(), ["inputs"] = new JsonArray(), ["outputs"] = new JsonArray(), ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject { ["purpose"] = purpose, ["title"] = Json(title) },
        ["options"] = new JsonObject(),
        ["root"] = new JsonObject
        {
            ["id"] = "Flowchart1", ["nodeId"] = "Workflow1:Flowchart1", ["name"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1,
            ["customProperties"] = new JsonObject(), ["metadata"] = new JsonObject(), ["activities"] = new JsonArray(), ["connections"] = new JsonArray(),
        },
    }).Document;

    /// <summary>The document under another title.</summary>
    public static DefinitionDocument Titled(DefinitionDocument document, LocalizedText title)
    {
        var json = document.Json.DeepClone().AsObject();
        json["name"] = title.Zh;
        if (json["customProperties"] is not JsonObject extras) json["customProperties"] = extras = [];
        extras["title"] = Json(title);
        return DefinitionDocument.Of(json).Document;
    }

    /// <summary>SHA-256 of what the owner drew, in lower-case hex; ids, numbers and flags that the server sets do not count.</summary>
    public static string HashOf(DefinitionDocument document)
    {
        var json = document.Json.DeepClone().AsObject();
        foreach (var stamp in Stamps) json.Remove(stamp);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DefinitionDocument.Of(json).Document.Write())));
    }

    /// <summary>The document as a file for other designers: <c>$schema</c> first.</summary>
    public static string Export(string stored)
    {
        var json = JsonNode.Parse(stored)!.AsObject();
        json.Remove("$schema");
        json.Insert(0, "$schema", Schema);
        return DefinitionDocument.Of(json).Document.Write(indented: true);
    }

    static JsonObject Json(LocalizedText text) => new() { ["zh"] = text.Zh, ["en"] = text.En };
}

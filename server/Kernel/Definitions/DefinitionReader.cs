using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Definitions;

/// <summary>Takes the typed views of one definition tree and remarks what does not have the expected shape.</summary>
sealed class DefinitionReader
{
    /// <summary>The only root this product runs.</summary>
    public const string RootType = "Elsa.Flowchart";

    readonly JsonObject json;
    readonly FindingList findings = new();
    readonly ShapeReader shape;

    public DefinitionReader(JsonObject json)
    {
        this.json = json;
        shape = new ShapeReader(findings);
    }

    public DefinitionDocument Read()
    {
        var name = shape.Text(json, "name", "") ?? "";
        var extras = shape.Object(json, "customProperties", "");
        var root = Root();
        var (variables, inputs, outputs) = (Declarations(json, "variables", ""), Declarations(json, "inputs", ""), Declarations(json, "outputs", ""));
        if (root is not null) variables = variables.AddRange(Declarations(root, "variables", "/root"));
        var activities = root is null ? [] : Activities(root);
        return new DefinitionDocument(json)
        {
            Id = shape.Text(json, "id", "") ?? "",
            DefinitionId = shape.Text(json, "definitionId", "") ?? "",
            Name = name,
            Description = shape.Text(json, "description", "") ?? "",
            Version = shape.Number(json, "version", "") ?? 0,
            Title = shape.Bilingual(extras, "title", "/customProperties") ?? new LocalizedText(name, name),
            Purpose = Purpose(extras),
            Variables = variables, Inputs = inputs, Outputs = outputs,
            Outcomes = Outcomes(),
            Activities = activities,
            Connections = root is null ? [] : Connections(root),
            Findings = findings.ToImmutable(),
        };
    }

    FlowPurpose Purpose(JsonObject? extras)
    {
        if (extras is null || shape.Text(extras, "purpose", "/customProperties") is not { } purpose) return FlowPurpose.General;
        switch (purpose)
        {
            case "service": return FlowPurpose.Service;
            case "ticket": return FlowPurpose.Ticket;
            case "general": return FlowPurpose.General;
        }
        findings.Error("definition.unknown-purpose", "/customProperties/purpose",
            $"未知的流程用途“{purpose}”。请选 service、ticket 或 general。", $"Unknown purpose '{purpose}'. Choose service, ticket or general.");
        return FlowPurpose.General;
    }

    JsonObject? Root()
    {
        var root = shape.Object(json, "root", "");
        if (root is null)
        {
            findings.Error("root.missing", "/root", "流程定义没有流程图（root）。请新建流程图。", "The definition has no flowchart (root). Create one.");
            return null;
        }
        if (shape.Text(root, "type", "/root") is var type && type != RootType)
            findings.Error("root.unknown-type", "/root/type", $"流程图类型“{type}”不能运行，须为 {RootType}。", $"A root of type '{type}' cannot run here; it must be {RootType}.");
        return root;
    }

    ImmutableArray<string> Outcomes()
    {
        var array = shape.Array(json, "outcomes", "");
        return array is null ? [] : [.. array.Select(ShapeReader.TextOf).OfType<string>()];
    }

    ImmutableArray<DeclarationElement> Declarations(JsonObject from, string key, string pointer)
    {
        var found = ImmutableArray.CreateBuilder<DeclarationElement>();
        foreach (var (item, at) in shape.Objects(from, key, pointer))
        {
            var (id, name) = (shape.Text(item, "id", at), shape.Text(item, "name", at));
            if ((name ?? id) is not { Length: > 0 } known)
                findings.Error("variable.name-missing", at, "变量没有名称。请填写名称。", "A variable has no name. Give it one.");
            else
                found.Add(new DeclarationElement(id is { Length: > 0 } ? id : known, name is { Length: > 0 } ? name : known,
                    shape.Text(item, "typeName", at) ?? shape.Text(item, "type", at) ?? "Object", shape.Flag(item, "isArray", at) ?? false,
                    item["value"] ?? item["defaultValue"], at));
        }
        return found.ToImmutable();
    }

    ImmutableArray<ActivityElement> Activities(JsonObject root)
    {
        if (shape.Array(root, "activities", "/root") is { Count: > DefinitionDocument.MaxActivities } many)
        {
            findings.Add(DefinitionDocument.TooLarge("/root/activities", $"{many.Count} 个环节，最多 {DefinitionDocument.MaxActivities} 个", $"{many.Count} activities, at most {DefinitionDocument.MaxActivities}"));
            return [];
        }
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return [.. shape.Objects(root, "activities", "/root").Select(each => Activity(each.Item, each.Pointer, ids))];
    }

    ActivityElement Activity(JsonObject item, string at, HashSet<string> ids)
    {
        var id = shape.Text(item, "id", at) ?? "";
        var type = shape.Text(item, "type", at) ?? "";
        var version = shape.Number(item, "version", at) ?? 1;
        if (id.Length == 0)
            findings.Error("activity.id-missing", at, "环节没有标识（id）。请重新添加该环节。", "An activity has no id. Add it again.");
        else if (!ids.Add(id))
            findings.Error("activity.duplicate-id", at.Then("id"), $"标识“{id}”被多个环节使用。请改名。", $"The id '{id}' is used by more than one activity. Rename one.", activity: id);
        var metadata = shape.Object(item, "metadata", at);
        var text = metadata is null ? null : shape.Text(metadata, "displayText", at.Then("metadata"));
        var (x, y) = Position(metadata);
        return new ActivityElement
        {
            Id = id, Type = type, Version = version, Pointer = at, Json = item, X = x, Y = y, DisplayText = text,
            Title = Title(item, at, text), Descriptor = Known(type, version, at, id),
        };
    }

    LocalizedText? Title(JsonObject item, string at, string? displayText)
    {
        var title = shape.Bilingual(shape.Object(item, "customProperties", at), "title", at.Then("customProperties"));
        if (string.IsNullOrWhiteSpace(displayText)) return title;
        return new LocalizedText(displayText, title?.En ?? displayText);   // a designer that knows one language edits displayText
    }

    ActivityDescriptor? Known(string type, int version, string at, string id)
    {
        if (type.Length == 0)
        {
            findings.Error("activity.type-missing", at, "环节没有类型（type）。请重新添加该环节。", "An activity has no type. Add it again.", activity: id);
            return null;
        }
        var descriptor = ActivityCatalog.Find(type);
        if (descriptor is not null && descriptor.Version == version) return descriptor;
        findings.Error(descriptor is null ? "activity.unknown-type" : "activity.unknown-version", at.Then(descriptor is null ? "type" : "version"),
            $"不认识环节类型“{type}”（版本 {version}）；内容已原样保留。请换用目录中的环节。",
            $"The activity type '{type}' (version {version}) is not known here; it is kept as it is. Use one of the catalogue.", activity: id);
        return null;
    }

    static (double X, double Y) Position(JsonObject? metadata)
    {
        var position = (metadata?["designer"] as JsonObject)?["position"] as JsonObject;
        return (Coordinate(position?["x"]), Coordinate(position?["y"]));
    }

    static double Coordinate(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out double number) && double.IsFinite(number) ? number : 0;

    ImmutableArray<ConnectionElement> Connections(JsonObject root)
    {
        if (shape.Array(root, "connections", "/root") is { Count: > DefinitionDocument.MaxConnections } many)
        {
            findings.Add(DefinitionDocument.TooLarge("/root/connections", $"{many.Count} 条连线，最多 {DefinitionDocument.MaxConnections} 条", $"{many.Count} connections, at most {DefinitionDocument.MaxConnections}"));
            return [];
        }
        return [.. shape.Objects(root, "connections", "/root").Select(each => Connection(each.Item, each.Pointer)).OfType<ConnectionElement>()];
    }

    ConnectionElement? Connection(JsonObject item, string at)
    {
        var (source, target) = (shape.Object(item, "source", at), shape.Object(item, "target", at));
        var from = source is null ? null : shape.Text(source, "activity", at.Then("source"));
        var to = target is null ? null : shape.Text(target, "activity", at.Then("target"));
        if (from is null || to is null)
        {
            findings.Error("connection.endpoint-missing", at, "连线缺少起点或终点。请删除后重新连线。", "A connection lacks its source or target. Delete it and draw it again.");
            return null;
        }
        var port = shape.Text(source!, "port", at.Then("source"));
        return new ConnectionElement(from, string.IsNullOrEmpty(port) ? "Done" : port, to, at);
    }
}

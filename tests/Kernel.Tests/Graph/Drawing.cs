using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Tests.Graph;

/// <summary>Draws small definitions in tests, in the Elsa document format.</summary>
sealed class Drawing
{
    readonly JsonArray activities = [];
    readonly JsonArray connections = [];
    readonly JsonArray variables = [];
    readonly JsonArray inputs = [];
    readonly JsonArray outputs = [];
    string purpose = "general";

    public static Drawing New => new Drawing().Add("start", "Elsa.Start").Add("end", "Elsa.End");

    public Drawing For(string newPurpose)
    {
        purpose = newPurpose;
        return this;
    }

    public Drawing Add(string id, string type, params (string Name, object Value)[] values) => Raw(id, type, [.. values.Select(each => (each.Name, Wrap("Literal", each.Value)))]);

    public Drawing Raw(string id, string type, params (string Name, JsonNode? Value)[] properties)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["metadata"] = new JsonObject { ["displayText"] = id } };
        foreach (var (name, value) in properties) activity[name] = value;
        activities.Add(activity);
        return this;
    }

    /// <summary>A human task with outcomes and a limit, so that only what a test is about can be wrong.</summary>
    public Drawing Task(string id, params string[] outcomes) =>
        Add(id, "Gov.HumanTask", ("role", "reviewer"), ("limit", "3wd"), ("outcomes", outcomes.Length == 0 ? new[] { "Done" } : outcomes));

    public Drawing Fork(string id, params string[] branches) => Add(id, "Elsa.FlowFork", ("branches", branches));

    public Drawing Join(string id, string mode = "WaitAll", int? count = null, bool cancel = false) =>
        Add(id, "Elsa.FlowJoin", [("mode", mode), ("cancelRemaining", cancel), .. count is { } m ? new (string, object)[] { ("count", m) } : []]);

    public Drawing Decision(string id, string field = "case.mode") => Raw(id, "Elsa.FlowDecision", ("condition", Wrap("Rule", new { field, op = "eq", value = "x" })));

    public Drawing Switch(string id, string mode, params string[] labels) => Add(id, "Elsa.FlowSwitch", ("mode", mode),
        ("cases", labels.Select(label => new { label, condition = new { field = "case.mode", op = "eq", value = label } }).ToArray()));

    public Drawing Variable(string name, string typeName = "String", object? value = null)
    {
        variables.Add(JsonSerializer.SerializeToNode(new { id = "id-" + name, name, typeName, isArray = false, value }));
        return this;
    }

    public Drawing Input(string name, string type = "String")
    {
        inputs.Add(JsonSerializer.SerializeToNode(new { name, type, isArray = false }));
        return this;
    }

    public Drawing Output(string name, string type = "String")
    {
        outputs.Add(JsonSerializer.SerializeToNode(new { name, type, isArray = false }));
        return this;
    }

    /// <summary>Connections as <c>source.Port-&gt;target</c>; the port may be left out for Done.</summary>
    public Drawing Connect(params string[] lines)
    {
        foreach (var line in lines)
        {
            var ends = line.Split("->");
            var source = ends[0].Split('.');
            connections.Add(JsonSerializer.SerializeToNode(new { source = new { activity = source[0], port = source.Length > 1 ? source[1] : "Done" }, target = new { activity = ends[1], port = "In" } }));
        }
        return this;
    }

    public static JsonNode Wrap(string type, object? value) => JsonSerializer.SerializeToNode(new { typeName = "Object", expression = new { type, value } })!;

    public JsonObject Json() => new()
    {
        ["id"] = "v1", ["definitionId"] = "test", ["name"] = "test", ["version"] = 1, ["variables"] = variables.DeepClone(), ["inputs"] = inputs.DeepClone(), ["outputs"] = outputs.DeepClone(),
        ["customProperties"] = new JsonObject { ["purpose"] = purpose },
        ["root"] = new JsonObject { ["id"] = "root", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = activities.DeepClone(), ["connections"] = connections.DeepClone() },
    };

    public DefinitionDocument Document() => DefinitionDocument.Read(Json().ToJsonString()).Document!;

    public Flow Flow()
    {
        var (flow, findings) = FlowCompiler.Compile(Document());
        return flow ?? throw new InvalidOperationException(string.Join("; ", findings.Select(each => $"{each.Code} {each.Pointer} {each.Message.En}")));
    }

    public string[] CompileErrors() => [.. FlowCompiler.Compile(Document()).Findings.Where(each => each.Severity == Severity.Error).Select(each => each.Code)];
}

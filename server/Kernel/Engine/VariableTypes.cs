using System.Text.Json;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Engine;

/// <summary>Typed variables: what is stored under a declared name has the declared type.</summary>
static class VariableTypes
{
    /// <summary>The value in its declared type; null when it does not fit. Names of the engine's own and null values always fit.</summary>
    public static JsonElement? Fit(Flow flow, string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null || Declared(flow, name) is not { } declared) return value;
        if (!declared.IsArray) return LiteralReader.Coerce(value, declared.TypeName);
        var fits = value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(each => LiteralReader.Coerce(each, declared.TypeName) is not null);
        return fits ? value : null;
    }

    /// <summary><c>variable.type</c>, naming the variable and its type.</summary>
    public static Refusal Refuse(Flow flow, string name)
    {
        var declared = Declared(flow, name)!;
        var type = declared.IsArray ? declared.TypeName + "[]" : declared.TypeName;
        return new Refusal("variable.type", "5.2", new LocalizedText($"变量“{name}”的值不是 {type}", $"The value for '{name}' is not of type {type}"), [name, type]);
    }

    static VariableDeclaration? Declared(Flow flow, string name)
    {
        foreach (var variable in flow.Variables)
            if (variable.Name == name) return variable;
        foreach (var argument in flow.Arguments)
            if (argument.Name == name) return argument;
        return null;
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Kernel.Graph;

/// <summary>The variables, inputs and outputs that a definition declares, found by id or by name.</summary>
sealed class Scope
{
    readonly Dictionary<string, VariableDeclaration> variables = new(StringComparer.Ordinal);
    readonly Dictionary<string, VariableDeclaration> arguments = new(StringComparer.Ordinal);

    public Scope(DefinitionDocument document, FindingList findings)
    {
        Variables = Declare(document.Variables, variables, findings);
        Arguments = Declare(document.Inputs, arguments, findings);
        Results = Declare(document.Outputs, [], findings);
    }

    public ImmutableArray<VariableDeclaration> Variables { get; }
    public ImmutableArray<VariableDeclaration> Arguments { get; }
    public ImmutableArray<VariableDeclaration> Results { get; }

    public VariableDeclaration? Variable(string? reference) => reference is null ? null : variables.GetValueOrDefault(reference);
    public VariableDeclaration? Argument(string? reference) => reference is null ? null : arguments.GetValueOrDefault(reference);

    /// <summary>The id or name in a reference: plain text, the object itself, or the object as JSON text (designers write all three).</summary>
    public static string? Reference(JsonNode? value)
    {
        if (value is JsonObject given) return ShapeReader.TextOf(given["id"]) is { Length: > 0 } id ? id : ShapeReader.TextOf(given["name"]);
        if (ShapeReader.TextOf(value) is not { Length: > 0 } text) return null;
        return text.AsSpan().TrimStart() is ['{', ..] && JsonScan.TryParse(text, out var inner) ? Reference(inner) : text;
    }

    static string? Reference(JsonElement given)
    {
        foreach (var key in (string[])["id", "name"])
            if (given.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text) return text;
        return null;
    }

    static ImmutableArray<VariableDeclaration> Declare(ImmutableArray<DeclarationElement> elements, Dictionary<string, VariableDeclaration> index, FindingList findings)
    {
        var declared = ImmutableArray.CreateBuilder<VariableDeclaration>(elements.Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            if (!names.Add(element.Name))
                findings.Error("variable.duplicate", element.Pointer, $"“{element.Name}”重复声明。请改名。", $"'{element.Name}' is declared twice. Rename one.");
            var variable = new VariableDeclaration(element.Id, element.Name, element.TypeName, element.IsArray, Default(element, findings));
            declared.Add(variable);
            index.TryAdd(element.Name, variable);
        }
        foreach (var variable in declared) index.TryAdd(variable.Id, variable);
        return declared.ToImmutable();
    }

    static JsonElement Default(DeclarationElement element, FindingList findings)
    {
        var value = JsonSerializer.SerializeToElement(element.Default);
        if (!LiteralReader.IsGiven(value)) return default;
        if (LiteralReader.Coerce(value, element.IsArray ? "Object" : element.TypeName) is { } typed && (!element.IsArray || typed.ValueKind == JsonValueKind.Array)) return typed;
        findings.Error("variable.type-mismatch", element.Pointer.Then("value"),
            $"变量“{element.Name}”的默认值不是 {element.TypeName}{(element.IsArray ? " 列表" : "")}。请更正默认值或类型。",
            $"The default of '{element.Name}' is not {(element.IsArray ? "a list of " : "of type ")}{element.TypeName}. Correct the value or the type.");
        return default;
    }
}

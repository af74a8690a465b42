using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Kernel.Graph;

/// <summary>Binds the inputs and outputs of one activity to values, variables and rules.</summary>
sealed class InputBinder(ActivityElement element, ActivityDescriptor descriptor, Scope scope, FindingList findings)
{
    static readonly ImmutableHashSet<string> Reserved = ["id", "nodeId", "name", "type", "version", "customProperties", "metadata"];

    readonly ImmutableDictionary<string, InputBinding>.Builder inputs = ImmutableDictionary.CreateBuilder<string, InputBinding>();
    readonly ImmutableDictionary<string, string>.Builder outputs = ImmutableDictionary.CreateBuilder<string, string>();

    /// <summary>Cases of a switch.</summary>
    public ImmutableArray<SwitchCase> Cases { get; private set; } = [];
    /// <summary>Names of drawn ports, in order.</summary>
    public ImmutableArray<string> DrawnPorts { get; private set; } = [];

    public (ImmutableDictionary<string, InputBinding> Inputs, ImmutableDictionary<string, string> Outputs) Bind()
    {
        foreach (var input in descriptor.Inputs)
            if (Binding(input) is { } binding) inputs[input.Name] = binding;
        foreach (var (name, value) in element.Json)
            if (!Reserved.Contains(name) && value is JsonObject property) Other(name, property);
        if (descriptor.DynamicPortsInput is { } drawn && DrawnPorts.IsEmpty && inputs.GetValueOrDefault(drawn) is InputBinding.Literal list)
            DrawnPorts = [.. LiteralReader.Strings(list.Value)];
        return (inputs.ToImmutable(), outputs.ToImmutable());
    }

    InputBinding? Binding(InputDescriptor input)
    {
        var at = element.PointerTo(input.Name);
        var (type, value, pointer) = Expression(element.Json[input.Name], at);
        if (value is null) return Default(input);
        if (input.Hint == "variable-picker") return Picked(value, pointer);
        return type switch
        {
            "Literal" or "Object" => input.TypeName == "Cases" ? SwitchCases(value, pointer) : Literal(input, value, pointer),
            "Variable" => Variable(input, value, pointer),
            "Input" => Argument(value, pointer),
            "Rule" => Rule(input, value, pointer),
            _ => Unsupported(input, type, pointer),
        };
    }

    /// <summary>Takes <c>{typeName, expression:{type, value}}</c> apart; a raw value counts as Literal.</summary>
    static (string Type, JsonNode? Value, string Pointer) Expression(JsonNode? given, string at)
    {
        if (given is not JsonObject wrapped || !wrapped.ContainsKey("expression")) return ("Literal", given is JsonObject { Count: 0 } ? null : given, at);
        if (wrapped["expression"] is not JsonObject expression) return ("Literal", null, at.Then("expression"));
        var type = expression["type"] is { } named ? ShapeReader.TextOf(named) ?? named.ToJsonString() : "Literal";
        return (type, expression["value"], at.Then("expression").Then("value"));
    }

    static InputBinding? Default(InputDescriptor input)
    {
        if (input.Default is null) return null;
        using var parsed = JsonDocument.Parse(input.Default);
        return new InputBinding.Literal(parsed.RootElement.Clone());
    }

    InputBinding? Literal(InputDescriptor input, JsonNode value, string at)
    {
        var given = JsonSerializer.SerializeToElement(value);
        if (!LiteralReader.IsGiven(given)) return Default(input);
        if (LiteralReader.Coerce(given, input.TypeName) is not { } typed) return Mismatch(input, at);
        if (!input.Options.IsDefaultOrEmpty && !(typed.ValueKind == JsonValueKind.String && input.Options.Contains(typed.GetString()!))) return NotAnOption(input, at);
        return new InputBinding.Literal(typed);
    }

    InputBinding? Picked(JsonNode value, string at) =>
        Known(value, at) is { } variable ? new InputBinding.Literal(JsonSerializer.SerializeToElement(variable.Name)) : null;

    InputBinding? Variable(InputDescriptor input, JsonNode value, string at)
    {
        if (Known(value, at) is not { } variable) return null;
        if (!Fits(variable, input.TypeName))
            findings.Error("variable.type-mismatch", at, $"“{input.Title.Zh}”需要 {input.TypeName}，变量“{variable.Name}”是 {variable.TypeName}。请换一个变量。",
                $"'{input.Title.En}' needs {input.TypeName}, but the variable '{variable.Name}' is {variable.TypeName}. Choose another.", activity: element.Id);
        return new InputBinding.Variable(variable.Name);
    }

    static bool Fits(VariableDeclaration variable, string typeName) => typeName switch
    {
        "Boolean" => variable.TypeName is "Boolean" or "Object" && !variable.IsArray,
        "Int32" => variable.TypeName is "Int16" or "Int32" or "Int64" or "Object" && !variable.IsArray,
        "StringArray" => variable.IsArray || variable.TypeName is "Object",
        "String" or "TimeLimit" => !variable.IsArray,
        _ => true,
    };

    VariableDeclaration? Known(JsonNode value, string at)
    {
        var reference = Scope.Reference(value);
        if (scope.Variable(reference) is { } variable) return variable;
        findings.Error("variable.unknown", at, $"没有声明变量“{reference}”。请先声明，或改选已有变量。", $"There is no variable '{reference}'. Declare it, or choose another.", activity: element.Id);
        return null;
    }

    InputBinding? Argument(JsonNode value, string at)
    {
        if (scope.Argument(Scope.Reference(value)) is { } argument) return new InputBinding.Argument(argument.Name);
        UnknownArgument(value, at);
        return null;
    }

    Condition? UnknownArgument(JsonNode value, string at)
    {
        var reference = Scope.Reference(value);
        findings.Error("argument.unknown", at, $"流程输入“{reference}”没有声明。请在流程属性中声明。", $"The workflow input '{reference}' is not declared. Declare it.", activity: element.Id);
        return null;
    }

    static Condition IsTrue(string field) => new Condition.Compare(field, RuleOperator.Eq, JsonSerializer.SerializeToElement(true));

    InputBinding? Rule(InputDescriptor input, JsonNode value, string at)
    {
        if (input.TypeName is not ("Boolean" or "Object")) return Mismatch(input, at);
        return Condition(value, at) is { } condition ? new InputBinding.Rule(condition) : null;
    }

    Condition? Condition(JsonNode value, string at)
    {
        var (condition, remarks) = ConditionReader.Read(JsonSerializer.SerializeToElement(value), at);
        findings.AddRange(remarks.Select(remark => remark with { ActivityId = element.Id }));
        return condition;
    }

    InputBinding? SwitchCases(JsonNode value, string at)
    {
        var list = value as JsonArray ?? (ShapeReader.TextOf(value) is { } text && JsonScan.TryParse(text, out var parsed) ? JsonNode.Parse(parsed.GetRawText()) as JsonArray : null);
        if (list is null)
        {
            findings.Error("input.type-mismatch", at, "分支条件须为列表，每项有 label 和 condition。", "The cases must be a list of {label, condition}.", activity: element.Id);
            return null;
        }
        Cases = [.. list.Select((item, index) => SwitchCase(item as JsonObject, at.Then(index))).OfType<SwitchCase>()];
        DrawnPorts = [.. list.OfType<JsonObject>().Select(item => ShapeReader.TextOf(item["label"])).OfType<string>()];
        return new InputBinding.Literal(JsonSerializer.SerializeToElement(list));
    }

    SwitchCase? SwitchCase(JsonObject? item, string at)
    {
        if (item is null || ShapeReader.TextOf(item["label"]) is not { Length: > 0 } label || item["condition"] is not { } given)
        {
            findings.Error("switch.case-incomplete", at, "分支须有名称（label）和条件（condition）。", "A case needs a label and a condition.", activity: element.Id);
            return null;
        }
        return CaseCondition(given, at.Then("condition")) is { } condition ? new SwitchCase(label, condition) : null;
    }

    /// <summary>A case holds a rule itself, an expression <c>{type, value}</c>, or an expression wrapped as an input.</summary>
    Condition? CaseCondition(JsonNode given, string at)
    {
        var (type, value, pointer) = given is not JsonObject form ? ("Rule", given, at)
            : form.ContainsKey("expression") ? Expression(form, at)
            : form["type"] is { } named ? (ShapeReader.TextOf(named) ?? "", form["value"], at.Then("value"))
            : ("Rule", form, at);
        if (value is null) return Condition(JsonValue.Create(""), at);
        switch (type)
        {
            case "Rule" or "Literal" or "Object": return Condition(value, pointer);
            case "Variable": return Known(value, pointer) is { } variable ? IsTrue(variable.Name) : null;
            case "Input": return scope.Argument(Scope.Reference(value)) is { } argument ? IsTrue(argument.Name) : UnknownArgument(value, pointer);
        }
        Unsupported(null, type, pointer);
        return null;
    }

    /// <summary>What the catalogue does not declare: an output bound to a variable, or an input this product does not know.</summary>
    void Other(string name, JsonObject property)
    {
        if (descriptor.Inputs.Any(input => input.Name == name)) return;
        if (property["expression"] is not null)
            findings.Warn("input.unknown", element.PointerTo(name), $"“{descriptor.Title.Zh}”没有输入“{name}”；内容已保留但不起作用。",
                $"'{descriptor.Title.En}' has no input '{name}'; it is kept but has no effect.", activity: element.Id);
        else if (property["memoryReference"] is JsonObject memory && memory["id"] is { } id && Known(id, element.PointerTo(name).Then("memoryReference").Then("id")) is { } variable)
            outputs[name] = variable.Name;
    }

    InputBinding? Unsupported(InputDescriptor? input, string type, string at)
    {
        findings.Error("expression.unsupported", at, $"“{input?.Title.Zh ?? "条件"}”使用了不支持的表达式“{type}”；内容已保留。请改为固定值、变量、流程输入或规则。",
            $"'{input?.Title.En ?? "Condition"}' uses an expression of type '{type}', which does not run here; it is kept. Use a fixed value, a variable, a workflow input or a rule.", activity: element.Id);
        return null;
    }

    InputBinding? Mismatch(InputDescriptor input, string at)
    {
        var limit = input.TypeName == "TimeLimit";
        findings.Error(limit ? "input.bad-limit" : "input.type-mismatch", at,
            limit ? $"“{input.Title.Zh}”不是时限。请写成 5wd、7cd、7cd!、2h、30min、3m、ots 或日期。" : $"“{input.Title.Zh}”的值不是 {input.TypeName}。请更正。",
            limit ? $"'{input.Title.En}' is not a time limit. Write 5wd, 7cd, 7cd!, 2h, 30min, 3m, ots or a date." : $"The value of '{input.Title.En}' is not of type {input.TypeName}. Correct it.", activity: element.Id);
        return null;
    }

    InputBinding? NotAnOption(InputDescriptor input, string at)
    {
        findings.Error("input.not-an-option", at, $"“{input.Title.Zh}”只能是：{string.Join("、", input.Options)}。", $"'{input.Title.En}' must be one of {string.Join(", ", input.Options)}.", activity: element.Id);
        return null;
    }
}

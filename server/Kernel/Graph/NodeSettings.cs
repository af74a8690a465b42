using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Kernel.Graph;

/// <summary>Derives a node's typed settings from its bound inputs, once, so that the engine does not read them at every step.</summary>
static class NodeSettings
{
    public static string? Word(ImmutableDictionary<string, InputBinding> inputs, string name) =>
        Value(inputs, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static JoinSettings? Join(ActivityDescriptor activity, ImmutableDictionary<string, InputBinding> inputs)
    {
        if (activity.TypeName != "Elsa.FlowJoin") return null;
        var mode = Enum.TryParse<JoinMode>(Word(inputs, "mode"), out var given) ? given : JoinMode.WaitAll;
        var count = Value(inputs, "count") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var m) ? m : 1;
        return new JoinSettings(mode, count, Value(inputs, "cancelRemaining").ValueKind == JsonValueKind.True);
    }

    public static Condition? Condition(ImmutableDictionary<string, InputBinding> inputs) => inputs.GetValueOrDefault("condition") switch
    {
        InputBinding.Rule rule => rule.Condition,
        InputBinding.Literal literal => new Condition.Constant(literal.Value.ValueKind == JsonValueKind.True),
        InputBinding.Variable variable => IsTrue(variable.Name),
        InputBinding.Argument argument => IsTrue(argument.Name),
        _ => null,
    };

    public static TimeLimit? Limit(ImmutableDictionary<string, InputBinding> inputs) => TimeLimit.TryParse(Word(inputs, "limit"), out var limit) ? limit : null;

    public static OfficeSide Side(ActivityDescriptor activity, ImmutableDictionary<string, InputBinding> inputs) => Word(inputs, "side") switch
    {
        "front" => OfficeSide.Front,
        "back" => OfficeSide.Back,
        "applicant" => OfficeSide.Applicant,
        _ => activity.Side,
    };

    static Condition IsTrue(string field) => new Condition.Compare(field, RuleOperator.Eq, JsonSerializer.SerializeToElement(true));

    static JsonElement Value(ImmutableDictionary<string, InputBinding> inputs, string name) => inputs.GetValueOrDefault(name) is InputBinding.Literal literal ? literal.Value : default;
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Kernel.Graph;

/// <summary>Comparison in a structured rule.</summary>
public enum RuleOperator
{
    /// <summary>Equal.</summary>
    Eq,
    /// <summary>Not equal.</summary>
    Ne,
    /// <summary>Greater.</summary>
    Gt,
    /// <summary>Greater or equal.</summary>
    Ge,
    /// <summary>Less.</summary>
    Lt,
    /// <summary>Less or equal.</summary>
    Le,
    /// <summary>The value is one of a list.</summary>
    In,
    /// <summary>The field's list or text contains the value.</summary>
    Contains,
    /// <summary>The field's text begins with the value.</summary>
    StartsWith,
    /// <summary>The field has no value, or an empty one.</summary>
    Empty,
    /// <summary>The field has a value.</summary>
    NotEmpty,
}

/// <summary>
/// A condition as a structured rule (field, operator, value; and, or, not) that a non-programmer fills in. It is data: it
/// cannot call, loop or read anything but the fields it is given, so it cannot escape.
/// </summary>
public abstract record Condition
{
    /// <summary>The deepest nesting that is accepted.</summary>
    public const int MaxDepth = 16;
    /// <summary>The most comparisons in one rule.</summary>
    public const int MaxTerms = 256;

    /// <summary>All parts hold.</summary>
    public sealed record All(ImmutableArray<Condition> Parts) : Condition;
    /// <summary>At least one part holds.</summary>
    public sealed record Any(ImmutableArray<Condition> Parts) : Condition;
    /// <summary>The part does not hold.</summary>
    public sealed record Not(Condition Part) : Condition;
    /// <summary>Compares a field with a value.</summary>
    public sealed record Compare(string Field, RuleOperator Operator, JsonElement Value) : Condition;
    /// <summary>A constant.</summary>
    public sealed record Constant(bool Value) : Condition;

    /// <summary>Whether the rule holds. <paramref name="read"/> gives a field's value, <see cref="JsonValueKind.Undefined"/> when there is none. Never throws: values that cannot be compared do not match.</summary>
    public bool Holds(Func<string, JsonElement> read) => this switch
    {
        All all => all.Parts.All(part => part.Holds(read)),
        Any any => any.Parts.Any(part => part.Holds(read)),
        Not not => !not.Part.Holds(read),
        Constant constant => constant.Value,
        Compare compare => Test(read(compare.Field), compare.Operator, compare.Value),
        _ => false,
    };

    /// <summary>The fields the rule reads.</summary>
    public IEnumerable<string> Fields => this switch
    {
        All all => all.Parts.SelectMany(part => part.Fields),
        Any any => any.Parts.SelectMany(part => part.Fields),
        Not not => not.Part.Fields,
        Compare compare => [compare.Field],
        _ => [],
    };

    static bool Test(JsonElement field, RuleOperator op, JsonElement value) => op switch
    {
        RuleOperator.Eq => Same(field, value),
        RuleOperator.Ne => !Same(field, value),
        RuleOperator.Gt => Order(field, value) is > 0,
        RuleOperator.Ge => Order(field, value) is >= 0,
        RuleOperator.Lt => Order(field, value) is < 0,
        RuleOperator.Le => Order(field, value) is <= 0,
        RuleOperator.In => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(each => Same(field, each)),
        RuleOperator.Contains => field.ValueKind == JsonValueKind.Array
            ? field.EnumerateArray().Any(each => Same(each, value))
            : field.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.String && field.GetString()!.Contains(value.GetString()!, StringComparison.Ordinal),
        RuleOperator.StartsWith => field.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.String && field.GetString()!.StartsWith(value.GetString()!, StringComparison.Ordinal),
        RuleOperator.Empty => IsEmpty(field),
        RuleOperator.NotEmpty => !IsEmpty(field),
        _ => false,
    };

    static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    static bool Same(JsonElement a, JsonElement b)
    {
        if (Number(a) is { } x && Number(b) is { } y) return x == y;
        if (Text(a) is { } s && Text(b) is { } t) return s == t;
        if (IsEmpty(a) && IsEmpty(b)) return true;
        return a.ValueKind == b.ValueKind && a.ValueKind is JsonValueKind.Array or JsonValueKind.Object && JsonElement.DeepEquals(a, b);
    }

    static int? Order(JsonElement a, JsonElement b)
    {
        if (Number(a) is { } x && Number(b) is { } y) return x.CompareTo(y);
        return Text(a) is { } s && Text(b) is { } t ? string.CompareOrdinal(s, t) : null;   // ISO dates order as text
    }

    static decimal? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
        JsonValueKind.String when decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}

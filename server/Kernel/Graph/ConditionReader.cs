using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Kernel.Graph;

/// <summary>
/// Reads structured rules from JSON: <c>{"all":[…]}</c>, <c>{"any":[…]}</c>, <c>{"not":…}</c>,
/// <c>{"field":"case.mode","op":"eq","value":…}</c>, <c>true</c>, <c>false</c>, or a text that holds one of these. Bounded by
/// <see cref="Condition.MaxDepth"/> and <see cref="Condition.MaxTerms"/>.
/// </summary>
public static class ConditionReader
{
    /// <summary>Longest field name.</summary>
    public const int MaxFieldLength = 200;

    static readonly Dictionary<string, RuleOperator> Operators =
        Enum.GetValues<RuleOperator>().ToDictionary(op => JsonNamingPolicy.CamelCase.ConvertName(op.ToString()), StringComparer.Ordinal);

    /// <summary>Name of an operator in JSON, for example <c>startsWith</c>.</summary>
    public static string NameOf(RuleOperator op) => JsonNamingPolicy.CamelCase.ConvertName(op.ToString());

    /// <summary>Reads a rule; null with findings (<c>rule.malformed</c>, <c>rule.unknown-operator</c>, <c>rule.value-missing</c>, <c>rule.too-large</c>) when it is not one.</summary>
    /// <param name="rule">The JSON.</param>
    /// <param name="pointer">Where it stands, for the findings.</param>
    public static (Condition? Condition, ImmutableArray<Finding> Findings) Read(JsonElement rule, string pointer = "")
    {
        var reading = new Reading();
        var condition = reading.Rule(rule, pointer, 1);
        return (reading.Findings.HasErrors ? null : condition, reading.Findings.ToImmutable());
    }

    sealed class Reading
    {
        public readonly FindingList Findings = new();
        int terms;

        public Condition? Rule(JsonElement rule, string at, int depth)
        {
            if (depth > Condition.MaxDepth || terms > Condition.MaxTerms) return TooLarge(at);
            return rule.ValueKind switch
            {
                JsonValueKind.True => new Condition.Constant(true),
                JsonValueKind.False => new Condition.Constant(false),
                JsonValueKind.String when depth == 1 => Text(rule.GetString()!, at),
                JsonValueKind.Object => Form(rule, at, depth),
                _ => Malformed(at),
            };
        }

        Condition? Text(string text, string at) => JsonScan.TryParse(text, out var parsed) ? Rule(parsed, at, 2) : Malformed(at);

        Condition? Form(JsonElement rule, string at, int depth)
        {
            var forms = rule.EnumerateObject().Count(each => each.Name is "all" or "any" or "not" or "field");
            if (forms != 1) return Malformed(at);
            if (rule.TryGetProperty("all", out var all)) return Parts(all, at.Then("all"), depth) is { } parts ? new Condition.All(parts) : null;
            if (rule.TryGetProperty("any", out var any)) return Parts(any, at.Then("any"), depth) is { } parts ? new Condition.Any(parts) : null;
            if (rule.TryGetProperty("not", out var not)) return Rule(not, at.Then("not"), depth + 1) is { } part ? new Condition.Not(part) : null;
            return Compare(rule, at);
        }

        ImmutableArray<Condition>? Parts(JsonElement parts, string at, int depth)
        {
            if (parts.ValueKind != JsonValueKind.Array)
            {
                Malformed(at);
                return null;
            }
            var read = ImmutableArray.CreateBuilder<Condition>();
            foreach (var part in parts.EnumerateArray())
            {
                if (Rule(part, at.Then(read.Count), depth + 1) is not { } condition) return null;
                read.Add(condition);
            }
            return read.ToImmutable();
        }

        Condition? Compare(JsonElement rule, string at)
        {
            if (++terms > Condition.MaxTerms) return TooLarge(at);
            if (rule.GetProperty("field") is not { ValueKind: JsonValueKind.String } named || named.GetString() is not { Length: > 0 and <= MaxFieldLength } field)
                return Malformed(at.Then("field"));
            if (!rule.TryGetProperty("op", out var word) || word.ValueKind != JsonValueKind.String || !Operators.TryGetValue(word.GetString()!, out var op))
                return UnknownOperator(at.Then("op"));
            var given = rule.TryGetProperty("value", out var value);
            if (op is RuleOperator.Empty or RuleOperator.NotEmpty) return new Condition.Compare(field, op, default);
            if (!given || (op == RuleOperator.In && value.ValueKind != JsonValueKind.Array)) return ValueMissing(at, op);
            return new Condition.Compare(field, op, value.Clone());
        }

        Condition? Malformed(string at) => Fail("rule.malformed", at,
            "规则须为 all、any、not 之一，或由 field、op、value 组成的一个比较。", "A rule must be one of all, any, not, or one comparison of field, op and value.");

        Condition? TooLarge(string at) => Fail("rule.too-large", at,
            $"规则过大：最多嵌套 {Condition.MaxDepth} 层、{Condition.MaxTerms} 个比较。", $"The rule is too large: at most {Condition.MaxDepth} levels and {Condition.MaxTerms} comparisons.");

        Condition? UnknownOperator(string at) => Fail("rule.unknown-operator", at,
            $"未知的比较方式。可用：{string.Join("、", Operators.Keys)}。", $"Unknown operator. Use one of {string.Join(", ", Operators.Keys)}.");

        Condition? ValueMissing(string at, RuleOperator op) => Fail("rule.value-missing", at,
            op == RuleOperator.In ? "“属于”须给出一个列表（value）。" : "比较缺少值（value）。", op == RuleOperator.In ? "'in' needs a list as its value." : "The comparison has no value.");

        Condition? Fail(string code, string at, string zh, string en)
        {
            Findings.Error(code, at, zh, en);
            return null;
        }
    }
}

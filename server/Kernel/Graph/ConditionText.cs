using System.Collections.Immutable;
using System.Text.Json;

namespace Orchestrator.Kernel.Graph;

/// <summary>Says a rule in plain words, for the designer, the check report and the case history.</summary>
public static class ConditionText
{
    /// <summary>The rule in Chinese and English.</summary>
    /// <param name="condition">The rule.</param>
    /// <param name="label">Title of a field; null (or a null answer) shows the field's name.</param>
    public static LocalizedText Describe(this Condition condition, Func<string, LocalizedText?>? label = null) => condition switch
    {
        Condition.Constant constant => constant.Value ? new("总是", "always") : new("从不", "never"),
        Condition.Not not => Negated(not.Part.Describe(label)),
        Condition.All all => Joined(all.Parts, label, new(" 且 ", " and "), new("总是", "always")),
        Condition.Any any => Joined(any.Parts, label, new(" 或 ", " or "), new("从不", "never")),
        Condition.Compare compare => Compared(compare, label?.Invoke(compare.Field) ?? new LocalizedText(compare.Field, compare.Field)),
        _ => new("", ""),
    };

    static LocalizedText Negated(LocalizedText part) => new($"并非（{part.Zh}）", $"not ({part.En})");

    static LocalizedText Joined(ImmutableArray<Condition> parts, Func<string, LocalizedText?>? label, LocalizedText word, LocalizedText none)
    {
        if (parts.IsEmpty) return none;
        var texts = parts.Select(part => Part(part, label)).ToList();
        return new(string.Join(word.Zh, texts.Select(text => text.Zh)), string.Join(word.En, texts.Select(text => text.En)));
    }

    static LocalizedText Part(Condition part, Func<string, LocalizedText?>? label)
    {
        var text = part.Describe(label);
        return part is Condition.All { Parts.Length: > 1 } or Condition.Any { Parts.Length: > 1 } ? new($"（{text.Zh}）", $"({text.En})") : text;
    }

    static LocalizedText Compared(Condition.Compare compare, LocalizedText field)
    {
        var word = Words[compare.Operator];
        if (compare.Operator is RuleOperator.Empty or RuleOperator.NotEmpty) return new($"{field.Zh} {word.Zh}", $"{field.En} {word.En}");
        return new($"{field.Zh} {word.Zh} {Value(compare.Value, "、", "“", "”")}", $"{field.En} {word.En} {Value(compare.Value, ", ", "\"", "\"")}");
    }

    static string Value(JsonElement value, string separator, string open, string close) => value.ValueKind switch
    {
        JsonValueKind.String => open + value.GetString() + close,
        JsonValueKind.Array => string.Join(separator, value.EnumerateArray().Select(each => Value(each, separator, open, close))),
        JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };

    static readonly Dictionary<RuleOperator, LocalizedText> Words = new()
    {
        [RuleOperator.Eq] = new("等于", "is"), [RuleOperator.Ne] = new("不等于", "is not"),
        [RuleOperator.Gt] = new("大于", "is greater than"), [RuleOperator.Ge] = new("大于或等于", "is at least"),
        [RuleOperator.Lt] = new("小于", "is less than"), [RuleOperator.Le] = new("小于或等于", "is at most"),
        [RuleOperator.In] = new("属于", "is one of"), [RuleOperator.Contains] = new("包含", "contains"),
        [RuleOperator.StartsWith] = new("开头是", "starts with"), [RuleOperator.Empty] = new("为空", "is empty"), [RuleOperator.NotEmpty] = new("不为空", "is not empty"),
    };
}

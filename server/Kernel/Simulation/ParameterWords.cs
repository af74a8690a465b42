using System.Text.Json;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Simulation;

/// <summary>Reads parameter values as people write them in scenarios (<c>true</c>, <c>10 wd</c>, <c>OTS</c>, <c>real-name 100 %</c>) into the words of the profiles.</summary>
static class ParameterWords
{
    public static string Of(string key, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array) return string.Join('、', value.EnumerateArray().Select(each => Of(key, each)));
        if (value.ValueKind != JsonValueKind.String) return value.GetRawText();
        var text = value.GetString()!.Trim();
        var close = text.Replace(" ", "", StringComparison.Ordinal);
        if (TimeLimit.TryParse(close, out var limit)) return limit.ToString();
        return (key, text) switch
        {
            ("P14", "≤") => "<=",
            ("P20", _) when text.StartsWith("true for", StringComparison.Ordinal) => "non_promise",
            ("P22", _) when text.StartsWith("strict", StringComparison.Ordinal) => "strict",
            ("P24", "same") => "same_as_acceptance",
            ("P31", _) when text.EndsWith(" days", StringComparison.Ordinal) => close[..^4] + "cd",
            ("P32", _) => text is "wd" || text.StartsWith("working", StringComparison.Ordinal) ? "working" : "calendar",
            ("P33", _) => text.StartsWith("real", StringComparison.Ordinal) || text is "required" or "obligatory" ? "real_name_required" : text,
            ("P59", _) when close is "off" or "noroll" => "no_roll",
            _ => text.Replace(", ", "、", StringComparison.Ordinal).Replace(' ', '_'),
        };
    }
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Items;

/// <summary>Whether a finding forbids publishing.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<FindingSeverity>))]
public enum FindingSeverity
{
    /// <summary>It is shown and recorded; publishing goes on.</summary>
    Warn,
    /// <summary>The version cannot be published.</summary>
    Block,
}

/// <summary>What the publish gate found.</summary>
/// <param name="Rule">Rule id, for example <c>V-03</c>.</param>
/// <param name="Severity">Warn or block.</param>
/// <param name="Pointer">JSON pointer into the item record.</param>
/// <param name="Message">What is wrong, in both languages.</param>
/// <param name="Details">What it names: hit words, ids, missing elements.</param>
public sealed record ItemFinding(string Rule, FindingSeverity Severity, string Pointer, LocalizedText Message, ImmutableArray<string> Details = default)
{
    /// <summary>The details, never default.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Named => Details.IsDefault ? [] : Details;

    /// <summary>The finding as the refusal of a publish act.</summary>
    public Refusal ToRefusal() => new("item.gate", Rule, Message, Named);
}

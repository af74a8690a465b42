using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Definitions;

/// <summary>How much a finding weighs.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Blocks publishing.</summary>
    Error,
    /// <summary>Should be looked at; does not block.</summary>
    Warning,
    /// <summary>For information.</summary>
    Info,
}

/// <summary>One remark of the reader, the compiler or a check on a definition.</summary>
/// <param name="Code">Stable dotted code, for example <c>activity.duplicate-id</c>.</param>
/// <param name="Severity">Error blocks publishing.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) into the document; empty for the whole document.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
/// <param name="Rule">Rule id of the regulation (V-21, XA-16.2, …) where one stands behind it.</param>
/// <param name="ActivityId">Activity concerned, where there is one.</param>
public sealed record Finding(string Code, Severity Severity, string Pointer, LocalizedText Message, string? Rule = null, string? ActivityId = null);

/// <summary>Collects findings while a document is read or checked.</summary>
sealed class FindingList
{
    /// <summary>More findings than this help nobody; the rest is dropped.</summary>
    public const int Max = 500;

    readonly ImmutableArray<Finding>.Builder found = ImmutableArray.CreateBuilder<Finding>();

    public bool HasErrors { get; private set; }

    public void Error(string code, string pointer, string zh, string en, string? rule = null, string? activity = null) =>
        Add(new Finding(code, Severity.Error, pointer, new LocalizedText(zh, en), rule, activity));

    public void Warn(string code, string pointer, string zh, string en, string? rule = null, string? activity = null) =>
        Add(new Finding(code, Severity.Warning, pointer, new LocalizedText(zh, en), rule, activity));

    public void Add(Finding finding)
    {
        HasErrors |= finding.Severity == Severity.Error;
        if (found.Count < Max) found.Add(finding);
    }

    public void AddRange(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings) Add(finding);
    }

    public ImmutableArray<Finding> ToImmutable() => found.ToImmutable();
}

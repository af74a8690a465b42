using System.Collections.Immutable;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Checks;

/// <summary>Everything the checks have to say of a definition.</summary>
/// <param name="Findings">All findings, errors first.</param>
/// <param name="Sound">Whether the soundness proof succeeded.</param>
/// <param name="CounterExample">A shortest run that shows why not; null when sound or when the proof could not be run.</param>
/// <param name="Markings">How many markings the proof visited.</param>
public sealed record CheckReport(ImmutableArray<Finding> Findings, bool Sound, CounterExample? CounterExample, int Markings)
{
    /// <summary>Whether the definition may be published: sound, and no finding is an error.</summary>
    public bool IsPublishable => Sound && Findings.All(finding => finding.Severity != Severity.Error);
}

/// <summary>流程校验: reading, compiling, lint, soundness and publish gate in one. Never throws.</summary>
public static class DefinitionCheck
{
    /// <summary>Checks a document that was read.</summary>
    /// <param name="document">The definition.</param>
    /// <param name="profile">Region; null leaves the regional rules out.</param>
    /// <param name="item">Item that uses it; null leaves the item's rules out.</param>
    public static CheckReport Run(DefinitionDocument document, PolicyProfile? profile = null, ItemTerms? item = null)
    {
        var (flow, compiled) = FlowCompiler.CompileDraft(document);
        if (flow is null) return Report(compiled, null);
        var proof = Soundness.Prove(flow);
        return Report([.. compiled, .. Lint.Run(flow).Where(finding => IsNews(finding, compiled)), .. PublishGate.Run(flow, profile, item), .. proof.Findings], proof);
    }

    /// <summary>Checks a text that may not even be a definition.</summary>
    public static CheckReport Run(string json, PolicyProfile? profile = null, ItemTerms? item = null)
    {
        var (document, findings) = DefinitionDocument.Read(json);
        return document is null ? Report(findings, null) : Run(document, profile, item);
    }

    /// <summary>An input that could not be bound is reported once, not also as missing.</summary>
    static bool IsNews(Finding finding, ImmutableArray<Finding> compiled) =>
        finding.Code != "input.missing" || !compiled.Any(other => other.Severity == Severity.Error && (other.Pointer + "/").StartsWith(finding.Pointer + "/", StringComparison.Ordinal));

    static CheckReport Report(ImmutableArray<Finding> findings, SoundnessResult? proof) =>
        new([.. findings.OrderBy(finding => finding.Severity)], proof is { Sound: true }, proof?.CounterExample, proof?.Markings ?? 0);
}

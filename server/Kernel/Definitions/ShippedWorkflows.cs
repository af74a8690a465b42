using System.Collections.Frozen;
using System.Collections.Immutable;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Definitions;

/// <summary>The pipelines that come with the product (folder <c>workflows/</c>): standard, immediate, renewal, joint and bad-review.</summary>
public static class ShippedWorkflows
{
    const string Prefix = "workflows/";
    const string Suffix = ".json";

    static readonly FrozenDictionary<string, Lazy<string>> Texts = typeof(ShippedWorkflows).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..^Suffix.Length], name => new Lazy<string>(() => Load(name)), StringComparer.Ordinal);

    static readonly FrozenDictionary<string, Lazy<Flow>> Flows = Texts.Keys.ToFrozenDictionary(name => name, name => new Lazy<Flow>(() => Compile(name)), StringComparer.Ordinal);

    /// <summary>Names, in alphabetical order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Texts.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The definition JSON as shipped.</summary>
    /// <exception cref="KeyNotFoundException">There is no such pipeline.</exception>
    public static string Json(string name) => Texts.TryGetValue(name, out var text) ? text.Value : throw Unknown(name);

    /// <summary>The compiled pipeline; compiled once and shared.</summary>
    /// <exception cref="KeyNotFoundException">There is no such pipeline.</exception>
    public static Flow Get(string name) => Flows.TryGetValue(name, out var flow) ? flow.Value : throw Unknown(name);

    static Flow Compile(string name)
    {
        var (document, findings) = DefinitionDocument.Read(Json(name));
        if (document is not null)
        {
            (var flow, findings) = FlowCompiler.Compile(document);
            if (flow is not null) return flow;
        }
        throw new InvalidDataException($"The shipped pipeline '{name}' does not compile: {string.Join("; ", findings.Select(finding => $"{finding.Pointer} {finding.Message.En}"))}");
    }

    static string Load(string resource)
    {
        using var reader = new StreamReader(typeof(ShippedWorkflows).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    static KeyNotFoundException Unknown(string name) => new($"There is no shipped pipeline '{name}'; there are {string.Join(", ", Names)}.");
}

using Orchestrator.Kernel.Registers;

namespace Orchestrator.Host.Registers;

/// <summary>An entry as loaded for a change.</summary>
/// <param name="Subject">Key in the database: <c>item:CODE</c>, <c>policy:XA:P1</c>, <c>staff:…</c>, <c>window:…</c>.</param>
/// <param name="Region">Region it belongs to; decides on its profile and who sees it.</param>
/// <param name="State">The entry.</param>
/// <param name="Version">Version that was read; 0 for one that is not stored yet.</param>
/// <param name="Owed">What the next sweep still has to do for it; null for nothing.</param>
sealed record RegisterEntry(string Subject, string Region, RegisterState State, long Version, string? Owed)
{
    public const string Item = "item", Policy = "policy", Staff = "staff", Window = "window";

    /// <summary>TR-43 where the profile says so: running cases of a cancelled item end.</summary>
    public const string TerminateCases = "terminate_cases";

    public string Kind => Subject[..Subject.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The key of an entry. Items have codes of their own; the others are named within their region.</summary>
    public static string Key(string kind, string id, string region) => kind == Item ? $"{Item}:{id}" : $"{kind}:{region}:{id}";
}

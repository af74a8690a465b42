namespace Orchestrator.Kernel;

/// <summary>A text in the two languages of the product. <c>Zh</c> is authoritative; <c>En</c> is shown to callers who ask for English.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Zh, string En)
{
    /// <summary>The text in the language whose tag is given (<c>en…</c> gives English, all else Chinese).</summary>
    public string In(string? language) =>
        language is not null && language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;

    /// <inheritdoc/>
    public override string ToString() => Zh;
}

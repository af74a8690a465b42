namespace Orchestrator.Host.Operations;

/// <summary>Patterns for SQL LIKE from what a person typed. They are lower case, for columns in <c>lower()</c>: engines differ in whether LIKE minds the case.</summary>
static class Like
{
    const int Longest = 100;

    public static string Containing(string text) => "%" + Plain(text).ToLowerInvariant() + "%";

    public static string Under(string path) => path + "%";

    /// <summary>Wildcards in what was typed lose their meaning by being taken out.</summary>
    static string Plain(string text)
    {
        var plain = text.Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
        return plain.Length > Longest ? plain[..Longest] : plain;
    }
}

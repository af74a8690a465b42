namespace Orchestrator.Host.Operations;

/// <summary>Patterns for SQL LIKE from what a person typed: wildcards in it lose their meaning by being taken out.</summary>
static class Like
{
    const int Longest = 100;

    public static string Containing(string text) => "%" + Plain(text) + "%";

    public static string Under(string path) => path + "%";

    static string Plain(string text)
    {
        var plain = text.Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
        return plain.Length > Longest ? plain[..Longest] : plain;
    }
}

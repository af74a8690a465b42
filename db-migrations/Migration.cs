using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Migrations;

/// <summary>One numbered step of the schema. Once shipped it never changes; its checksum in the database proves that it has not.</summary>
/// <param name="Version">Its number, 1 for the first; numbers have no gaps.</param>
/// <param name="Name">What it does, from the file name: <c>schema</c> in <c>0001_schema.up.sql</c>.</param>
/// <param name="Up">The SQL that takes the step; several statements are allowed.</param>
/// <param name="Down">The SQL that takes it back, null where nothing is shipped for that.</param>
public sealed record Migration(int Version, string Name, string Up, string? Down)
{
    const string Irreversible = "-- cannot be undone:";

    /// <summary>SHA-256 of <see cref="Up"/> in lower-case hex, the same for files with Windows and Unix line ends.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Up.ReplaceLineEndings("\n"))));

    /// <summary>The number and name as in the file name: <c>0001_schema</c>.</summary>
    public string Label => $"{Version:0000}_{Name}";

    /// <summary>Why the step cannot be taken back; null when it can. A down file says so in its first line: <c>-- cannot be undone: reason</c>.</summary>
    public string? WhyIrreversible => Down switch
    {
        null => "no down file",
        _ when Down.StartsWith(Irreversible, StringComparison.Ordinal) => Down.Split('\n')[0][Irreversible.Length..].Trim(),
        _ => null,
    };
}

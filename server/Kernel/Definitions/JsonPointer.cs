using System.Globalization;

namespace Orchestrator.Kernel.Definitions;

/// <summary>JSON pointers (RFC 6901), by which findings say where.</summary>
static class JsonPointer
{
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Then(this string pointer, string name) => $"{pointer}/{Escape(name)}";

    public static string Then(this string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}

using System.Text.Json;

namespace Orchestrator.Host.Storage;

/// <summary>Enum values as the database and the wire write them: snake_case.</summary>
static class Words
{
    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Table<T>.Words.TryGetValue(value, out var word) ? word : throw new ArgumentOutOfRangeException(nameof(value), value, null);

    static class Table<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Words = Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}

using System.Text.Json;

namespace Orchestrator.Torture;

/// <summary>What a client wrote down: that it asked (invoke), and what it was told (ok, fail). An invoke without an end is an info: nobody knows.</summary>
/// <param name="Type">invoke, ok, fail, or taken for a notice that the channel took.</param>
/// <param name="Key">Idempotency-Key of the request, or the message id.</param>
/// <param name="CaseNo">Case.</param>
/// <param name="Act">Act.</param>
/// <param name="Version">Version that the reply named; 0 for none.</param>
sealed record Entry(string Type, string Key, string CaseNo, string Act, long Version = 0);

/// <summary>A history in a file, one line per entry, handed to the kernel of the machine at once so that a kill loses nothing of it.</summary>
sealed class History(string path) : IDisposable
{
    readonly FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    readonly Lock gate = new();

    public void Write(Entry entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry);
        lock (gate) file.Write([.. line, (byte)'\n']);
    }

    /// <summary>All whole lines of a file; a last line that the kill cut off is no entry.</summary>
    public static List<Entry> Read(string path)
    {
        if (!File.Exists(path)) return [];
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = reader.ReadToEnd().Split('\n');
        return [.. lines[..^1].Select(line => JsonSerializer.Deserialize<Entry>(line)!)];
    }

    public void Dispose() => file.Dispose();
}

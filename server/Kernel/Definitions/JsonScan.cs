using System.Text;
using System.Text.Json;

namespace Orchestrator.Kernel.Definitions;

/// <summary>
/// Looks through JSON text once before it is trusted: syntax, nesting, duplicate keys and text that is not Unicode. Each of
/// them would otherwise surface later as an exception from some reader, or silently drop what an owner wrote.
/// </summary>
static class JsonScan
{
    /// <summary>Deepest nesting accepted.</summary>
    public const int MaxDepth = 64;

    sealed class Frame
    {
        public readonly HashSet<string> Names = new(StringComparer.Ordinal);
        public bool IsArray;
        public int Index;
        public string Name = "";
    }

    /// <summary>The first fault; null when the text may be parsed.</summary>
    public static Finding? Fault(ReadOnlySpan<byte> utf8)
    {
        var frames = new List<Frame>();
        var depth = 0;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 2 * MaxDepth });
        try
        {
            while (reader.Read())
                if (Visit(ref reader, frames, ref depth) is { } fault) return fault;
            return null;
        }
        catch (JsonException e)
        {
            return Malformed(e, Pointer(frames, depth));
        }
        catch (InvalidOperationException)   // a string with half a surrogate pair, or bytes that are not UTF-8
        {
            return NotText(Pointer(frames, depth));
        }
    }

    /// <summary>Parses JSON that is kept inside a text; false when it is not JSON or has a fault.</summary>
    public static bool TryParse(string text, out JsonElement value)
    {
        value = default;
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (Fault(utf8) is not null) return false;
        using var parsed = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 2 * MaxDepth });
        value = parsed.RootElement.Clone();
        return true;
    }

    static Finding? Visit(ref Utf8JsonReader reader, List<Frame> frames, ref int depth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                depth--;
                return null;
            case JsonTokenType.PropertyName:
                return Name(frames[depth - 1], reader.GetString()!, frames, depth);
        }
        if (depth > 0 && frames[depth - 1].IsArray) frames[depth - 1].Index++;
        if (reader.TokenType == JsonTokenType.String) _ = reader.GetString();
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            return Enter(reader.TokenType == JsonTokenType.StartArray, frames, ref depth);
        return null;
    }

    static Finding? Enter(bool isArray, List<Frame> frames, ref int depth)
    {
        if (depth == MaxDepth) return TooDeep(Pointer(frames, depth));
        if (frames.Count == depth) frames.Add(new Frame());
        var frame = frames[depth++];
        frame.Names.Clear();
        frame.IsArray = isArray;
        frame.Index = -1;
        frame.Name = "";
        return null;
    }

    static Finding? Name(Frame frame, string name, List<Frame> frames, int depth)
    {
        frame.Name = name;
        return frame.Names.Add(name) ? null : Duplicate(name, Pointer(frames, depth));
    }

    static string Pointer(List<Frame> frames, int depth)
    {
        var pointer = new StringBuilder();
        foreach (var frame in frames.Take(depth))
        {
            if (frame.IsArray ? frame.Index < 0 : frame.Names.Count == 0) break;
            pointer.Append('/').Append(frame.IsArray ? frame.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) : JsonPointer.Escape(frame.Name));
        }
        return pointer.ToString();
    }

    static Finding Malformed(JsonException e, string pointer) => new("definition.malformed", Severity.Error, pointer, new(
        $"不是合法的 JSON：第 {e.LineNumber + 1} 行，第 {e.BytePositionInLine + 1} 字节处有语法错误。请检查引号、逗号和括号。",
        $"Not valid JSON: syntax error in line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}. Check quotes, commas and brackets."));

    static Finding TooDeep(string pointer) => new("definition.too-deep", Severity.Error, pointer, new(
        $"嵌套超过 {MaxDepth} 层。请减少嵌套。", $"Nested deeper than {MaxDepth} levels. Nest less."));

    static Finding Duplicate(string name, string pointer) => new("definition.duplicate-key", Severity.Error, pointer, new(
        $"同一对象中键“{name}”出现两次，含义不明。请删去其中一个。", $"The key '{name}' occurs twice in one object, so its meaning is unclear. Remove one."));

    /// <summary>The finding for text that is not Unicode.</summary>
    public static Finding NotText(string pointer) => new("definition.invalid-text", Severity.Error, pointer, new(
        "文本不是合法的 Unicode（残缺的代理对或非 UTF-8 字节）。请重新输入该文本。", "Text is not valid Unicode (half a surrogate pair, or bytes that are not UTF-8). Enter the text again."));
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kernel.Definitions;

/// <summary>
/// Reads typed values out of a JSON tree that may hold anything. Absent and null are the same; a value of a wrong type is
/// reported and read as absent, and stays in the tree.
/// </summary>
sealed class ShapeReader(FindingList findings)
{
    public string? Text(JsonObject from, string key, string pointer)
    {
        if (from[key] is not { } node) return null;
        return TextOf(node) ?? Wrong<string>(pointer.Then(key), "文本", "a text");
    }

    public int? Number(JsonObject from, string key, string pointer)
    {
        if (from[key] is not { } node) return null;
        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number)) return number;
        Wrong<string>(pointer.Then(key), "整数", "a whole number");
        return null;
    }

    public bool? Flag(JsonObject from, string key, string pointer)
    {
        if (from[key] is not { } node) return null;
        if (node.GetValueKind() is JsonValueKind.True or JsonValueKind.False) return node.GetValueKind() == JsonValueKind.True;
        Wrong<string>(pointer.Then(key), "true 或 false", "true or false");
        return null;
    }

    public JsonObject? Object(JsonObject from, string key, string pointer) =>
        from[key] is not { } node ? null : node as JsonObject ?? Wrong<JsonObject>(pointer.Then(key), "对象", "an object");

    public JsonArray? Array(JsonObject from, string key, string pointer) =>
        from[key] is not { } node ? null : node as JsonArray ?? Wrong<JsonArray>(pointer.Then(key), "数组", "an array");

    /// <summary>The objects of an array with their pointers; anything else in it is reported.</summary>
    public IEnumerable<(JsonObject Item, string Pointer)> Objects(JsonObject from, string key, string pointer)
    {
        var array = Array(from, key, pointer);
        for (var i = 0; array is not null && i < array.Count; i++)
        {
            var at = pointer.Then(key).Then(i);
            if (array[i] is JsonObject item) yield return (item, at);
            else Wrong<JsonObject>(at, "对象", "an object");
        }
    }

    /// <summary>A bilingual text <c>{zh, en}</c>; a missing language takes the other, null when both are missing.</summary>
    public LocalizedText? Bilingual(JsonObject? from, string key, string pointer)
    {
        if (from is null || Object(from, key, pointer) is not { } text) return null;
        var at = pointer.Then(key);
        var (zh, en) = (Text(text, "zh", at), Text(text, "en", at));
        return zh is null && en is null ? null : new LocalizedText(zh ?? en!, en ?? zh!);
    }

    /// <summary>The text of a string value; null for anything else.</summary>
    public static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    T? Wrong<T>(string pointer, string zh, string en) where T : class
    {
        findings.Error("definition.wrong-type", pointer, $"此处应为{zh}。", $"This must be {en}.");
        return null;
    }
}

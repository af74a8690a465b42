using System.Text.Json;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Host.Problems;

/// <summary>What a request body that could not be read gets.</summary>
static class BodyProblems
{
    public static Problem Of(BadHttpRequestException e) => e.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => WrongType,
        StatusCodes.Status408RequestTimeout => new(408, "request.timeout", new("请求接收超时", "The request took too long to arrive")),
        _ when e.InnerException is JsonException json => Of(json),
        _ when e.Message.Contains("body", StringComparison.OrdinalIgnoreCase) => Problem.Invalid("", "request.body-missing", "缺少请求正文", "The request has no body"),
        _ => Problem.Invalid(ParameterNamed(e.Message), "request.parameter", "参数有误", "A parameter is missing or wrong"),
    };

    public static Problem TooLarge => new(StatusCodes.Status413PayloadTooLarge, "request.too-large", new("请求正文过大", "The request body is too large"));

    public static Problem WrongType => new(StatusCodes.Status415UnsupportedMediaType, "request.media-type",
        new("请求正文须为 application/json", "The request body must be application/json"));

    public static Problem Of(JsonException e)
    {
        var (code, zh, en) = IsSyntax(e) ? ("json.malformed", "不是有效的 JSON", "is not valid JSON") : Reason(e.Message);
        return Problem.Invalid(ItemJson.Pointer(e.Path), code, zh, en);
    }

    /// <summary>The serializer says what is wrong in words only; the words of each kind are pinned by tests.</summary>
    static (string Code, string Zh, string En) Reason(string message)
    {
        if (message.Contains("could not be mapped", StringComparison.Ordinal)) return ("json.unknown-member", "含有未知的字段", "has a member that is not known");
        if (message.Contains("uplicate", StringComparison.Ordinal)) return ("json.duplicate-member", "字段重复", "has the same member twice");
        if (message.Contains("missing required", StringComparison.Ordinal)) return ("json.missing-member", "缺少必填字段", "lacks a required member");
        if (message.Contains("maximum configured depth", StringComparison.Ordinal)) return ("json.too-deep", "嵌套过深", "is nested too deeply");
        if (message.Contains("could not be converted", StringComparison.Ordinal)) return ("json.wrong-type", "类型或取值不符", "has the wrong type or value");
        if (message.Contains("allow null", StringComparison.Ordinal) || message.Contains("allow setting null", StringComparison.Ordinal)) return ("json.null", "不得为 null", "must not be null");
        return ("json.wrong-value", "取值不符", "has a value that is not allowed");
    }

    static bool IsSyntax(JsonException e) =>
        e.InnerException?.GetType().Name == "JsonReaderException" && !e.Message.Contains("maximum configured depth", StringComparison.Ordinal)
        || e.Message.Contains("does not contain any JSON tokens", StringComparison.Ordinal);

    /// <summary>The framework names type and parameter in quotes (<c>"Nullable&lt;int&gt; Limit"</c>); the pointer names the query parameter.</summary>
    static string ParameterNamed(string message) =>
        message.Split('"') is [_, var quoted, ..] && quoted.Split(' ') is [.., { Length: > 0 } name] ? "?" + char.ToLowerInvariant(name[0]) + name[1..] : "";
}

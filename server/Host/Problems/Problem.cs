using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Problems;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the body; empty for the whole.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What is wrong, in both languages; the caller gets one.</param>
sealed record FieldError(string Pointer, string Code, LocalizedText Message);

/// <summary>
/// An answer that says no: an RFC 9457 problem document with a stable <c>code</c>, in the caller's language. Handlers return it;
/// they do not throw it.
/// </summary>
/// <param name="Status">HTTP status: 400 malformed, 401, 403, 404, 409 state or version conflict, 412 stale ETag, 422 forbidden by a rule, 428 precondition missing, 429 try later.</param>
/// <param name="Code">Stable dotted code.</param>
/// <param name="Title">What is wrong.</param>
sealed record Problem(int Status, string Code, LocalizedText Title) : IResult, IStatusCodeHttpResult
{
    /// <summary>Rule id of the refusal, for example FT-05; null where no rule of the regulation is behind it.</summary>
    public string? Rule { get; init; }

    /// <summary>What the problem names: missing contents, materials, words.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>What is wrong where in the body.</summary>
    public ImmutableArray<FieldError> Errors { get; init; } = [];

    /// <summary>Further members, for example the findings of a check.</summary>
    public object? Findings { get; init; }

    /// <summary>Seconds after which another try makes sense; null for none.</summary>
    public int? RetryAfter { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <summary>A body that does not say what it must.</summary>
    public static Problem Invalid(params FieldError[] errors) =>
        new(StatusCodes.Status400BadRequest, "request.invalid", new("请求内容有误", "The request is not valid")) { Errors = [.. errors] };

    /// <summary>One wrong member of the body.</summary>
    public static Problem Invalid(string pointer, string code, string zh, string en) => Invalid(new FieldError(pointer, code, new(zh, en)));

    /// <summary>There is no such thing, or not for this caller: the two look the same.</summary>
    public static Problem NotFound(string code, string zh, string en) => new(StatusCodes.Status404NotFound, code, new(zh, en));

    public static Problem Conflict(string code, string zh, string en) => new(StatusCodes.Status409Conflict, code, new(zh, en));

    /// <summary>The caller may see that the thing exists but may not do this to it.</summary>
    public static Problem Forbidden(string zh = "无权进行此操作", string en = "You may not do this") => new(StatusCodes.Status403Forbidden, "access.denied", new(zh, en));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        response.Headers.ContentLanguage = Language.Of(httpContext.Request) == "en" ? "en" : "zh-CN";
        return response.WriteAsJsonAsync(Document(httpContext), WireJson.Options, "application/problem+json", httpContext.RequestAborted);
    }

    ProblemDocument Document(HttpContext context)
    {
        var language = Language.Of(context.Request);
        return new()
        {
            Type = "urn:orchestrator:problem:" + Code,
            Title = Title.In(language),
            Status = Status,
            Code = Code,
            Instance = context.Request.Path.Value,
            RequestId = context.TraceIdentifier,
            Rule = Rule,
            Details = Details.IsDefaultOrEmpty ? null : Details,
            Errors = Errors.IsDefaultOrEmpty ? null : [.. Errors.Select(error => new ProblemError(error.Pointer, error.Code, error.Message.In(language)))],
            Findings = Findings,
        };
    }
}

/// <summary>The problem document as it goes over the wire.</summary>
sealed record ProblemDocument
{
    /// <summary>URI of the kind of problem; ends with the code.</summary>
    public required string Type { get; init; }
    /// <summary>What is wrong, in the caller's language.</summary>
    public required string Title { get; init; }
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }
    /// <summary>Stable code; programs decide by it.</summary>
    public required string Code { get; init; }
    /// <summary>Path that was asked for.</summary>
    public string? Instance { get; init; }
    /// <summary>Id of the request in the server's log.</summary>
    public string? RequestId { get; init; }
    /// <summary>Rule id that forbids it, for example FT-05.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }
    /// <summary>What the problem names: missing contents, materials, words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Details { get; init; }
    /// <summary>What is wrong where in the body.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ProblemError>? Errors { get; init; }
    /// <summary>Findings of a definition or item check that refused a publication.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Findings { get; init; }
}

/// <summary>One thing that is wrong with the body.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901).</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What is wrong, in the caller's language.</param>
sealed record ProblemError(string Pointer, string Code, string Message);

/// <summary>Kernel refusals over HTTP.</summary>
static class RefusalProblems
{
    /// <summary>422 with the rule that forbids it: the request was understood, and the law says no.</summary>
    public static Problem ToHttp(this Refusal refusal) => new(StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Message)
    {
        Rule = refusal.Rule,
        Details = refusal.Named,
    };
}

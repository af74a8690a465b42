using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Cases;

/// <summary>Answers of the seam over HTTP, and how a request is recognised when it comes again.</summary>
static class CaseReplies
{
    const int LongestKey = 255;

    public static readonly Problem Unknown = Problem.NotFound("case.unknown", "办件不存在", "There is no such case");

    static readonly Problem KeyUnfit = Problem.Invalid("", "idempotency.key", $"Idempotency-Key 须为 1 至 {LongestKey} 个可见 ASCII 字符", $"Idempotency-Key is 1 to {LongestKey} visible ASCII characters");
    static readonly Problem KeyReused = Problem.Conflict("idempotency.key-reused", "该 Idempotency-Key 已用于另一请求", "The Idempotency-Key was used for another request");
    static readonly Problem Exists = Problem.Conflict("case.exists", "办件已存在", "The case exists already");
    static readonly Problem Busy = new(StatusCodes.Status503ServiceUnavailable, "case.busy", new("办件正被他人频繁更新，请稍后重试", "Others keep changing the case; try again")) { RetryAfter = 1 };

    /// <summary>Who asks, for what, under which key.</summary>
    public static (RequestInfo? Request, Problem? Problem) Request(HttpContext http, Actor actor, string action, object? body)
    {
        var key = http.Request.Headers[Writes.KeyHeader].ToString();
        if (key.Length > LongestKey || !key.All(c => c is > ' ' and <= '~')) return (null, KeyUnfit);
        return (new(actor, action, key.Length == 0 ? null : key, key.Length == 0 ? "" : HashOf(http.Request, body)), null);
    }

    /// <summary>Makes the reply that is kept with the key: the case as it stands after the act.</summary>
    public static Func<CaseState, ImmutableArray<CaseEvent>, SeamReply> View(int status, CaseScope scope) =>
        (state, _) => new(status, JsonSerializer.Serialize(CaseView.Of(state, scope), WireJson.Options));

    /// <summary>The answer.</summary>
    public static IResult ToHttp(this SeamResult result, HttpContext http) => result switch
    {
        SeamResult.Done done => new Kept(done.Reply),
        SeamResult.Replayed replayed => Again(http, replayed.Reply),
        SeamResult.Refused refused => ToProblem(refused.Why),
        SeamResult.KeyReused => KeyReused,
        SeamResult.NotFound => Unknown,
        SeamResult.Exists => Exists,
        _ => Busy,
    };

    /// <summary>403 where the role may not, 409 where the task or case is not as the caller thought, 422 where a rule forbids it.</summary>
    public static Problem ToProblem(Refusal why) => why.ToHttp() with
    {
        Status = why.Code switch
        {
            "act.role" => StatusCodes.Status403Forbidden,
            "task.gone" or "task.claimed" => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
    };

    static Kept Again(HttpContext http, SeamReply reply)
    {
        http.Response.Headers[Writes.ReplayHeader] = "true";
        return new(reply);
    }

    static string HashOf(HttpRequest request, object? body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n{JsonSerializer.Serialize(body, WireJson.Options)}")));

    /// <summary>A reply as it was kept, byte for byte; 201 says where the new case is.</summary>
    sealed class Kept(SeamReply reply) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = reply.Status;
            if (reply.Body.Length == 0) return Task.CompletedTask;
            if (reply.Status == StatusCodes.Status201Created) http.Response.Headers.Location = $"/api/v1/cases/{CaseNoOf(reply.Body)}";
            http.Response.ContentType = "application/json; charset=utf-8";
            return http.Response.WriteAsync(reply.Body, http.RequestAborted);
        }

        static string? CaseNoOf(string body)
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("caseNo").GetString();
        }
    }
}

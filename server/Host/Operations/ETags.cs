using System.Globalization;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Operations;

/// <summary>Drafts carry their revision as an ETag; who saves one names the revision that was read (<c>If-Match</c>), so that nobody overwrites unseen work.</summary>
static class ETags
{
    static readonly Problem Missing = new(StatusCodes.Status428PreconditionRequired, "draft.if-match",
        new("保存草稿须带 If-Match", "Saving a draft needs If-Match with the ETag that was read"));

    public static readonly Problem Stale = new(StatusCodes.Status412PreconditionFailed, "draft.changed-meanwhile",
        new("草稿已被他人修改，请重新读取", "Somebody else changed the draft meanwhile; read it again"));

    public static string Of(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    public static void Set(HttpResponse response, long revision) => response.Headers.ETag = Of(revision);

    /// <summary>Why the draft of this revision may not be replaced by the request; null when it may.</summary>
    /// <param name="request">Request with If-Match; <c>*</c> overwrites whatever there is.</param>
    /// <param name="revision">Revision in the database; null where there is no draft yet, for which no header is needed.</param>
    public static Problem? WhyNot(HttpRequest request, long? revision)
    {
        var wanted = request.Headers.IfMatch.ToString();
        if (wanted.Length == 0) return revision is null ? null : Missing;
        if (revision is not { } current) return Stale;
        return wanted == "*" || wanted.Split(',', StringSplitOptions.TrimEntries).Contains(Of(current)) ? null : Stale;
    }
}

namespace Orchestrator.Host.Storage;

// One record per table that a commit of the seam writes; the property names are the parameters of the statements.
// Instants are epoch milliseconds.

sealed record CaseRow
{
    public required string CaseNo { get; init; }
    /// <summary>Version the decision was made on; 0 opens the case.</summary>
    public required long BaseVersion { get; init; }
    public required long Version { get; init; }
    public required string Kind { get; init; }
    public string? ParentCaseNo { get; init; }
    public required string DefinitionId { get; init; }
    public required string DefinitionVersionId { get; init; }
    public required long DefinitionVersion { get; init; }
    public string? ItemCode { get; init; }
    public long? ItemVersion { get; init; }
    public required string ProfileId { get; init; }
    public required long ProfileVersion { get; init; }
    public string? Region { get; init; }
    public string? Hall { get; init; }
    public string? Department { get; init; }
    public string? ApplicantId { get; init; }
    public required string State { get; init; }
    public required string Status { get; init; }
    public string? Stage { get; init; }
    public required string Colour { get; init; }
    public string? Mode { get; init; }
    public string? Outcome { get; init; }
    public required long OpenedAt { get; init; }
    public string? AcceptedOn { get; init; }
    public long? DueAt { get; init; }
    public long? NextWakeAt { get; init; }
    public required long UpdatedAt { get; init; }
    public required string Body { get; init; }
}

sealed record EventRow(string CaseNo, long Seq, long At, long RecordedAt, string Stimulus, string ActorId, string ActorRole, string CommitId, string Body);

sealed record TaskRow(
    string CaseNo, string TaskId, long Token, string Node, string Activity, string? Part, string TitleZh, string TitleEn,
    string Role, string? Department, string? Hall, string Side, long OpenedAt, long? DueAt);

sealed record ClosedTaskRow(string CaseNo, string TaskId);

sealed record TimerRow(
    string CaseNo, string TimerKey, string Kind, string State, string Colour, long DueAt, long? NextAt, bool Provisional, long? FiredAt, long RecordedAt);

sealed record DocumentRow(string CaseNo, string DocumentNo, string Name, long IssuedAt, string Content);

sealed record OrderRow(string CaseNo, string TimerKey, long Seq, long OpenedAt, long? ClosedAt, string Recipients);

sealed record ClosedOrderRow(string CaseNo, string TimerKey, long ClosedAt);

sealed record EvaluationRow(string CaseNo, long Seq, long Score, string? Channel, bool RealName, string? CommentText, long At);

sealed record OutboxRow(string CaseNo, string MessageId, long Seq, string Topic, string Body, long CreatedAt, long N);

sealed record IdempotencyRow(string CaseNo, string ActorId, string RequestKey, string RequestHash, long Status, string Response, long CreatedAt);

sealed record AuditRow(string CaseNo, long At, string ActorId, string ActorRole, string Action, string Target, string Outcome, string? Rule, string? Detail);

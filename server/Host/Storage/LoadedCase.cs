using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Storage;

/// <summary>A case as read for a decision.</summary>
/// <param name="State">The whole state.</param>
/// <param name="Kind">case, ticket or general.</param>
/// <param name="Region">Region id.</param>
/// <param name="Hall">Hall id.</param>
/// <param name="Department">Department.</param>
/// <param name="ApplicantId">Account of the applicant.</param>
/// <param name="ItemStatus">Standing of its item today, which is not pinned: a cancelled item takes no new application (CQ-13.2). Null as pinned.</param>
/// <param name="ClaimedBy">Who claimed the task that was asked for; null for nobody.</param>
sealed record LoadedCase(CaseState State, string Kind, string? Region, string? Hall, string? Department, string? ApplicantId, string? ItemStatus = null, string? ClaimedBy = null)
{
    /// <summary>The fields of the row that the state does not hold.</summary>
    public CaseScope Scope => new(Kind, Region, Hall, Department, ApplicantId);
}

/// <summary>Where a case belongs and whose it is: bounds who sees it.</summary>
/// <param name="Kind">case, ticket or general.</param>
/// <param name="Region">Region id.</param>
/// <param name="Hall">Hall id.</param>
/// <param name="Department">Department.</param>
/// <param name="ApplicantId">Account of the applicant.</param>
sealed record CaseScope(string Kind, string? Region = null, string? Hall = null, string? Department = null, string? ApplicantId = null);

namespace Orchestrator.Host.Storage;

/// <summary>
/// Commits of one request whose outcome is not known. At most one of them can stand, because each is guarded by the version it was
/// decided on; one that still hangs in the database is found at the next try, which waits for its row lock or meets its version.
/// </summary>
sealed class LostCommits(ICaseStore store, string caseNo)
{
    readonly List<DecidedStep> lost = [];

    public void Add(DecidedStep decided) => lost.Add(decided);

    /// <summary>The result of the commit that stands after all; null when none does.</summary>
    public async Task<SeamResult?> Found(CancellationToken stop)
    {
        foreach (var decided in lost)
            if (decided.Write.Case is not null && await store.HasCommit(caseNo, [decided.CommitId], stop)) return decided.Result;
        return null;
    }
}

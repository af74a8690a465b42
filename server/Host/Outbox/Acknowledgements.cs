using System.Collections.Immutable;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Outbox;

/// <summary>What the engine has to be told of a batch of sent messages: notices taken and duties done, together per case.</summary>
sealed class Acknowledgements
{
    readonly Dictionary<string, (List<string> Notices, List<string> Timers)> byCase = [];
    readonly HashSet<long> messages = [];

    public IReadOnlyCollection<string> Cases => byCase.Keys;

    /// <summary>Whether a message counts as sent only when its acknowledgement stands.</summary>
    public bool Owes(OutboxMessage message) => messages.Contains(message.Id);

    public void NoticeTaken(OutboxMessage message, string noticeId) => Of(message).Notices.Add(noticeId);

    public void DutyDone(OutboxMessage message, string timerKey) => Of(message).Timers.Add(timerKey);

    public Stimulus.Acknowledged For(string caseNo) => new(byCase[caseNo].Notices.ToImmutableArray(), byCase[caseNo].Timers.ToImmutableArray());

    (List<string> Notices, List<string> Timers) Of(OutboxMessage message)
    {
        messages.Add(message.Id);
        if (!byCase.TryGetValue(message.CaseNo, out var owed)) byCase[message.CaseNo] = owed = ([], []);
        return owed;
    }
}

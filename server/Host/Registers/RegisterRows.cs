using System.Text.Json;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Registers;

namespace Orchestrator.Host.Registers;

/// <summary>
/// Register entries in the database. Of an item the versions and its standing are in their own tables, which the catalogue reads; the entry
/// keeps its clocks, its draft and its flags, so that there is one truth about which version is in force.
/// </summary>
static class RegisterRows
{
    const string Select = "SELECT region, body, version, owed FROM register_entry WHERE subject = @subject";

    const string Insert = """
        INSERT INTO register_entry (subject, kind, region, body, next_wake_at, owed, version) VALUES (@subject, @kind, @region, @body, @wake, @owed, 1)
        """;

    const string InsertSleeping = """
        INSERT INTO register_entry (subject, kind, region, body, version) VALUES (@subject, @kind, @region, @body, 1) ON CONFLICT (subject) DO NOTHING
        """;

    const string WakeAt = "UPDATE register_entry SET next_wake_at = @wake, version = version + 1 WHERE subject = @subject AND (next_wake_at IS NULL OR next_wake_at > @wake)";

    const string Update = """
        UPDATE register_entry SET body = @body, next_wake_at = @wake, owed = @owed, version = version + 1 WHERE subject = @subject AND version = @version
        """;

    const string InsertFact = """
        INSERT INTO register_fact (subject, seq, at, recorded_at, kind, name, addressee, value, actor_id, actor_role)
        SELECT @subject, COALESCE(max(seq), 0) + 1, @at, @now, @kind, @name, @to, @value, @actor, @role FROM register_fact WHERE subject = @subject
        """;

    sealed class Row
    {
        public string? Region { get; init; }
        public string Body { get; init; } = "";
        public long Version { get; init; }
        public string? Owed { get; init; }
    }

    /// <summary>The stored entry; null when there is none.</summary>
    public static async Task<RegisterEntry?> Load(Write write, string subject, Instant now)
    {
        var row = await write.One<Row>(Select, new { subject });
        var item = subject.StartsWith(RegisterEntry.Item + ":", StringComparison.Ordinal) ? await ItemRows.Load(write, subject[(RegisterEntry.Item.Length + 1)..], now) : null;
        if (row is null) return item is null ? null : new(subject, item.Region, item.Entry, 0, null);
        var state = RegisterJson.Read(row.Body);
        return new(subject, row.Region ?? item?.Region ?? "", item is null || state is not ItemEntry stored ? state : item.Over(stored), row.Version, row.Owed);
    }

    /// <summary>Writes an entry after an act or the passing of time, with what happened.</summary>
    /// <param name="write">Transaction.</param>
    /// <param name="before">As it was loaded.</param>
    /// <param name="after">The new state with its facts.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="now">Legal instant.</param>
    /// <param name="reason">Why, where an item's standing changes.</param>
    /// <returns>False when somebody else was faster.</returns>
    public static async Task<bool> Save(Write write, RegisterEntry before, RegisterResult after, Actor actor, Instant now, string? reason = null)
    {
        var owed = after.Facts.Any(fact => fact.Kind == RegisterFactKind.TerminateCases) ? RegisterEntry.TerminateCases : before.Owed;
        var state = after.State;
        if (before.State is ItemEntry old && state is ItemEntry item)
        {
            await ItemRows.Save(write, before.Region, old, item, new(actor, now, reason));
            state = ItemRows.WithoutRows(item);
        }
        var row = new
        {
            subject = before.Subject, kind = before.Kind, region = before.Region, body = RegisterJson.Write(state), version = before.Version, owed,
            wake = owed is not null ? now.ToUnixTimeMilliseconds() : WakeOf(after.State, now)?.ToUnixTimeMilliseconds(),
        };
        if (await write.Run(before.Version == 0 ? Insert : Update, row) == 0) return false;
        foreach (var fact in after.Facts)
            await write.Run(InsertFact, new
            {
                subject = before.Subject, at = fact.At.ToUnixTimeMilliseconds(), now = write.Now, kind = Words.Of(fact.Kind), name = fact.Name, to = fact.To, value = fact.Value, actor = actor.Id, role = actor.Role,
            });
        return true;
    }

    /// <summary>Has an item looked at again at an instant, at which its standing changes by itself.</summary>
    public static async Task Wake(Write write, string region, string code, Instant at)
    {
        var row = new { subject = RegisterEntry.Key(RegisterEntry.Item, code, region), kind = RegisterEntry.Item, region, body = RegisterJson.Write(new ItemEntry { Id = code }), wake = at.ToUnixTimeMilliseconds() };
        await write.Run(InsertSleeping, row);
        await write.Run(WakeAt, row);
    }

    /// <summary>When the entry wants to be looked at again; a suspension that begins later is such a moment too.</summary>
    static Instant? WakeOf(RegisterState state, Instant now)
    {
        var wake = state.NextWake;
        return state is ItemEntry { SuspendedFrom: { } from } && from > now && (wake is null || from < wake) ? from : wake;
    }
}

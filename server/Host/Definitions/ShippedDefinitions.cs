using Orchestrator.Host.Audit;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Definitions;

/// <summary>Publishes the pipelines that come with the program. A pipeline whose newest version already has that content is left alone, and so is one that its owner has changed.</summary>
static class ShippedDefinitions
{
    const string Newest = "SELECT content_hash FROM definition_version WHERE definition_id = @id AND published_by = @by ORDER BY version DESC LIMIT 1";
    const string State = "SELECT latest_version FROM definition WHERE definition_id = @id";
    const string ForeignVersions = "SELECT count(*) FROM definition_version WHERE definition_id = @id AND published_by <> @by";

    /// <summary>Publishes what is new; the number of versions published.</summary>
    public static async Task<int> Publish(Database database, SecurityClock clock, CancellationToken stop)
    {
        var published = 0;
        foreach (var name in ShippedWorkflows.Names)
        {
            var document = DefinitionDocument.Read(ShippedWorkflows.Json(name)).Document!;
            if (await database.Write((connection, transaction) => Publish(new(connection, transaction, Server, clock.Now, stop), name, document), stop)) published++;
        }
        return published;
    }

    static readonly Caller Server = new() { Id = "server", Login = "server", Name = "server", Roles = [AccountRoles.System] };

    static async Task<bool> Publish(Write write, string id, DefinitionDocument document)
    {
        var by = Server.Login;
        var newest = await write.One<string>(Newest, new { id, by });
        if (newest == DefinitionText.HashOf(document)) return false;
        if (await write.One<long>(ForeignVersions, new { id, by }) > 0) return false;
        if (await write.One<long?>(State, new { id }) is not { } latest)
        {
            await DefinitionStore.Create(write, id, document);
            latest = 0;
        }
        else
        {
            var draft = await write.One<DraftRow>(DraftRow.Select, new { id });
            if (draft is null || DefinitionText.HashOf(DefinitionDocument.Read(draft.Json).Document!) == newest) await DefinitionStore.SaveDraft(write, id, document, draft, latest);
        }
        return (await DefinitionStore.Publish(write, id, document, latest)).Problem is null;
    }
}

using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Catalogue;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Items;
using Orchestrator.Host.Organisation;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Operations;

/// <summary>What a fresh server outside Production is filled with, once: organisation, items and accounts that show what it can do.</summary>
static class Demonstration
{
    const string Mark = "demonstration.seeded";
    const string IsSeeded = "SELECT count(*) FROM server_setting WHERE name = @name";
    const string SetSeeded = "INSERT INTO server_setting (name, value, updated_at) VALUES (@name, 'true', @now)";

    /// <summary>The server itself, as the author of what it seeds.</summary>
    static readonly Caller Server = new() { Id = "server", Login = "server", Name = "server", Roles = [AccountRoles.System] };

    /// <summary>Seeds a database that has not been seeded; whether it did.</summary>
    public static async Task<bool> Seed(Database database, Passwords passwords, SecurityClock clock, TimeProvider legal, CancellationToken stop)
    {
        var hash = await passwords.Hash(DemonstrationAccounts.Password, stop);   // one for all: the password is printed at the start anyway
        return await database.Write(async (connection, transaction) =>
        {
            var write = new Write(connection, transaction, Server, clock.Now, stop);
            if (await write.One<long>(IsSeeded, new { name = Mark }) > 0) return false;
            foreach (var unit in DemonstrationCatalogue.Organisation()) await OrganisationStore.Add(write, unit);
            await DemonstrationAccounts.Seed(write, hash);
            await DemonstrationItems.Seed(write, Instant.FromUnixTimeMilliseconds(legal.GetUtcNow().ToUnixTimeMilliseconds()));
            await write.Run(SetSeeded, new { name = Mark, now = write.Now });
            return true;
        }, stop);
    }
}

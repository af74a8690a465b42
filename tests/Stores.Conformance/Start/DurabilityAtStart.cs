using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;
using Orchestrator.Host.Storage.Dialects;
using Orchestrator.Stores.Conformance.Kit;
using Orchestrator.Stores.Conformance.Migrations;

namespace Orchestrator.Stores.Conformance.Start;

/// <summary>A database on which an answered act could be lost stops the start with one clear line (Promise 2).</summary>
public sealed class DurabilityAtStart
{
    [Theory]
    [InlineData("delete", 2, 1, "journal_mode=delete")]
    [InlineData("wal", 1, 1, "synchronous=1")]
    [InlineData("wal", 0, 1, "synchronous=0")]
    [InlineData("wal", 2, 0, "foreign keys")]
    public void sqlite_with_weaker_settings_is_refused(string journal, long synchronous, long foreignKeys, string named) =>
        Refused(named, () => SqliteDatabase.Require("3.45.1", journal, synchronous, foreignKeys));

    [Theory]
    [InlineData("off", "on", "on", "synchronous_commit=off")]
    [InlineData("local", "on", "on", "synchronous_commit=local")]
    [InlineData("on", "off", "on", "fsync=off")]
    [InlineData("on", "on", "off", "full_page_writes=off")]
    public void postgresql_with_weaker_settings_is_refused(string synchronousCommit, string fsync, string fullPageWrites, string named) =>
        Refused(named, () => PostgreSqlDatabase.Require(150000, synchronousCommit, fsync, fullPageWrites));

    [Fact]
    public void engines_that_are_too_old_are_refused()
    {
        Refused("too old", () => PostgreSqlDatabase.Require(130012, "on", "on", "on"));
        Refused("too old", () => SqliteDatabase.Require("3.36.0", "wal", 2, 1));
    }

    [Fact]
    public async Task sqlite_as_the_server_opens_it_is_durable_and_in_a_folder_made_for_it()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"orchestrator-{Guid.NewGuid():n}");
        await using (var database = new SqliteDatabase($"Data Source={folder}/deep/o.db")) await database.RequireDurability(Stop);
        Assert.True(File.Exists(Path.Combine(folder, "deep", "o.db")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task a_file_that_is_no_database_stops_the_start()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, new string('x', 4096), Stop);
        await using (var database = new SqliteDatabase($"Data Source={path}")) await Assert.ThrowsAsync<WrongSetting>(() => database.RequireDurability(Stop));
        File.Delete(path);
    }

    [Fact]
    public async Task postgresql_as_it_runs_is_asked_and_a_session_without_synchronous_commit_is_refused()
    {
        await using var scratch = await ScratchPostgres.Create();
        await using (var database = new PostgreSqlDatabase(scratch.ConnectionString)) await database.RequireDurability(Stop);

        await using var weak = new PostgreSqlDatabase(scratch.ConnectionString + ";Options=-c synchronous_commit=off");
        Assert.Contains("synchronous_commit=off", (await Assert.ThrowsAsync<WrongSetting>(() => weak.RequireDurability(Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_server_that_does_not_answer_stops_the_start()
    {
        await using var nowhere = new PostgreSqlDatabase("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2");

        Assert.DoesNotContain('\n', (await Assert.ThrowsAsync<WrongSetting>(() => nowhere.RequireDurability(Stop))).Message);
    }

    [Theory]
    [InlineData("sqlite", "Nonsense=1")]
    [InlineData("postgresql", "Nonsense=1")]
    public void a_connection_string_that_cannot_be_read_is_refused(string engine, string connection) =>
        Assert.Throws<WrongSetting>(() => Database.Of(new ServerSettings { Engine = engine, Connection = connection }));

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static void Refused(string named, Action act)
    {
        var refusal = Assert.Throws<WrongSetting>(act);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}

/// <summary>What only a server across a network can do to a commit.</summary>
public sealed class LostSessions : StoreRules
{
    protected override Task<ScratchDatabase> NewDatabase() => ScratchPostgres.Create();

    [Fact]
    public async Task an_act_whose_session_the_server_ends_in_the_middle_of_its_commit_is_done_once_and_answered()
    {
        var node = NewNode();
        await node.Submit("A");
        await node.Run("""
            CREATE SEQUENCE strikes;
            CREATE FUNCTION strike() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('strikes') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
            CREATE TRIGGER strike BEFORE INSERT ON case_event FOR EACH ROW EXECUTE FUNCTION strike()
            """);
        var unknown = SeamMetrics.UnknownCommits.Value;

        Assert.IsType<SeamResult.Done>(await node.Act("A", "accept", "acceptor"));

        Assert.True(SeamMetrics.UnknownCommits.Value > unknown);
        Assert.Equal(1, await node.Count("SELECT count(*) FROM case_event WHERE stimulus = 'accept'"));
    }

    [Fact]
    public async Task acts_go_on_after_every_session_of_the_server_was_ended()
    {
        var node = NewNode();
        await node.Submit("A");
        await using (var admin = new PostgreSqlDatabase(Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_POSTGRES")!))
        await using (var connection = await admin.Open(Stop))
        {
            var name = new Npgsql.NpgsqlConnectionStringBuilder(ConnectionString).Database;
            await Dapper.SqlMapper.ExecuteAsync(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = @name", new { name });
        }

        for (var i = 0; i < 5; i++)
            try
            {
                await node.Act("A", "accept", "acceptor", key: "k");
            }
            catch (Npgsql.NpgsqlException)   // a dead session of the pool is noticed by using it; the client asks again under its key
            {
            }

        Assert.Equal(2, (await Stored(node, "A")).Version);
        Assert.Equal(1, await node.Count("SELECT count(*) FROM case_event WHERE stimulus = 'accept'"));
    }
}

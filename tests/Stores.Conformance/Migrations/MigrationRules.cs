using Dapper;
using Orchestrator.Migrations;

namespace Orchestrator.Stores.Conformance.Migrations;

/// <summary>What the migration runner promises on every engine.</summary>
public abstract class MigrationRules
{
    static readonly Migration Halls = new(1, "halls", "CREATE TABLE hall (id integer PRIMARY KEY); INSERT INTO hall VALUES (1);", "DROP TABLE hall;");
    static readonly Migration Windows = new(2, "windows", "CREATE TABLE hall_window (id integer PRIMARY KEY);", "DROP TABLE hall_window;");
    static readonly Migration Broken = new(2, "broken", "INSERT INTO hall VALUES (2); INSERT INTO nowhere VALUES (1);", "SELECT 1;");

    protected abstract Task<ScratchDatabase> NewDatabase();

    [Fact]
    public async Task pending_migrations_are_applied_in_order_once()
    {
        await using var database = await NewDatabase();
        var runner = Runner(database, Halls, Windows);

        Assert.Equal(2, await runner.Up(TestContext.Current.CancellationToken));
        Assert.Equal(0, await runner.Up(TestContext.Current.CancellationToken));
        Assert.Equal([MigrationState.Applied, MigrationState.Applied], await States(runner));
        Assert.Equal(1L, await Count(database, "SELECT count(*) FROM hall"));
    }

    [Fact]
    public async Task each_applied_migration_is_recorded_with_its_checksum_and_time()
    {
        await using var database = await NewDatabase();
        await Runner(database, Halls).Up(TestContext.Current.CancellationToken);

        await using var connection = database.Connect();
        var (name, checksum, at) = await connection.QuerySingleAsync<(string, string, long)>("SELECT name, checksum, applied_at FROM schema_version WHERE version = 1");

        Assert.Equal(("halls", Halls.Checksum, Noon.ToUnixTimeMilliseconds()), (name, checksum, at));
        Assert.Matches("^[0-9a-f]{64}$", checksum);
    }

    [Fact]
    public async Task status_lists_what_is_pending_and_changes_nothing()
    {
        await using var database = await NewDatabase();
        var before = await database.Schema();

        Assert.Equal([MigrationState.Pending, MigrationState.Pending], await States(Runner(database, Halls, Windows)));
        Assert.Equal(before, await database.Schema());
    }

    [Fact]
    public async Task only_what_is_new_is_applied_to_an_older_database()
    {
        await using var database = await NewDatabase();
        await Runner(database, Halls).Up(TestContext.Current.CancellationToken);

        Assert.Equal(1, await Runner(database, Halls, Windows).Up(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ten_runners_at_once_apply_every_migration_exactly_once()
    {
        await using var database = await NewDatabase();
        var stop = TestContext.Current.CancellationToken;

        var applied = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Runner(database, Halls, Windows).Up(stop), stop)));

        Assert.Equal(2, applied.Sum());
        Assert.Equal(1L, await Count(database, "SELECT count(*) FROM hall"));
    }

    [Fact]
    public async Task a_failing_migration_leaves_nothing_of_itself_and_keeps_what_came_before()
    {
        await using var database = await NewDatabase();

        var refusal = await Refused(Runner(database, Halls, Broken).Up);

        Assert.Equal("migrations.failed", refusal.Code);
        Assert.Contains("0002_broken", refusal.En, StringComparison.Ordinal);
        Assert.Equal(1L, await Count(database, "SELECT count(*) FROM hall"));
        Assert.Equal([MigrationState.Applied, MigrationState.Pending], await States(Runner(database, Halls, Broken)));
        Assert.Equal(1, await Runner(database, Halls, Windows).Up(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task an_applied_file_that_has_changed_is_refused()
    {
        await using var database = await NewDatabase();
        await Runner(database, Halls).Up(TestContext.Current.CancellationToken);
        var edited = Runner(database, Halls with { Up = Halls.Up + " " }, Windows);

        var refusal = await Refused(edited.Up);

        Assert.Equal("migrations.changed", refusal.Code);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal([MigrationState.Changed, MigrationState.Pending], await States(edited));
    }

    [Fact]
    public async Task a_database_newer_than_the_program_is_refused()
    {
        await using var database = await NewDatabase();
        await Runner(database, Halls, Windows).Up(TestContext.Current.CancellationToken);
        var older = Runner(database, Halls);

        Assert.Equal("migrations.newer", (await Refused(older.Up)).Code);
        Assert.Equal("migrations.newer", (await Refused(stop => older.Down(0, stop))).Code);
        Assert.Equal([MigrationState.Applied, MigrationState.Unknown], await States(older));
    }

    [Fact]
    public async Task a_missing_row_in_the_version_table_is_refused()
    {
        await using var database = await NewDatabase();
        await Runner(database, Halls, Windows).Up(TestContext.Current.CancellationToken);
        await using (var connection = database.Connect()) await connection.ExecuteAsync("DELETE FROM schema_version WHERE version = 1");

        Assert.Equal("migrations.gap", (await Refused(Runner(database, Halls, Windows).Up)).Code);
    }

    [Fact]
    public async Task down_takes_back_the_newest_first_and_up_brings_them_again()
    {
        await using var database = await NewDatabase();
        var runner = Runner(database, Halls, Windows);
        await runner.Up(TestContext.Current.CancellationToken);

        Assert.Equal(1, await runner.Down(1, TestContext.Current.CancellationToken));
        Assert.Equal([MigrationState.Applied, MigrationState.Pending], await States(runner));
        Assert.Equal(1, await runner.Down(0, TestContext.Current.CancellationToken));
        Assert.Equal(2, await runner.Up(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-- cannot be undone: the plain texts are gone\nSELECT 1;")]
    public async Task a_migration_that_cannot_be_undone_stops_the_way_down_before_the_first_step(string? down)
    {
        await using var database = await NewDatabase();
        var runner = Runner(database, Halls with { Down = down }, Windows);
        await runner.Up(TestContext.Current.CancellationToken);

        Assert.Equal("migrations.irreversible", (await Refused(stop => runner.Down(0, stop))).Code);
        Assert.Equal([MigrationState.Applied, MigrationState.Applied], await States(runner));
    }

    [Fact]
    public async Task the_shipped_migrations_lead_up_and_back_to_the_same_schema()
    {
        await using var database = await NewDatabase();
        var runner = new MigrationRunner(database.Engine, database.Connect, new FixedClock(Noon));
        await runner.Up(TestContext.Current.CancellationToken);
        var first = await database.Schema();

        await runner.Down(0, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(await TablesLeft(database), table => table != "schema_version");
        await runner.Up(TestContext.Current.CancellationToken);

        Assert.Equal(first, await database.Schema());
        Assert.All(await States(runner), state => Assert.Equal(MigrationState.Applied, state));
    }

    static readonly DateTimeOffset Noon = new(2026, 9, 21, 12, 0, 0, TimeSpan.FromHours(8));

    static MigrationRunner Runner(ScratchDatabase database, params Migration[] migrations) => new(database.Engine, database.Connect, new FixedClock(Noon), migrations);

    static async Task<IEnumerable<MigrationState>> States(MigrationRunner runner) =>
        (await runner.Status(TestContext.Current.CancellationToken)).Select(status => status.State);

    static Task<MigrationException> Refused(Func<CancellationToken, Task<int>> act) =>
        Assert.ThrowsAsync<MigrationException>(() => act(TestContext.Current.CancellationToken));

    static async Task<long> Count(ScratchDatabase database, string sql)
    {
        await using var connection = database.Connect();
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    static async Task<IEnumerable<string>> TablesLeft(ScratchDatabase database)
    {
        await using var connection = database.Connect();
        return await connection.QueryAsync<string>(database.Engine == "sqlite"
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
    }

    sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

public sealed class Migrations_on_sqlite : MigrationRules
{
    protected override Task<ScratchDatabase> NewDatabase() => Task.FromResult<ScratchDatabase>(new ScratchSqlite());
}

public sealed class Migrations_on_postgresql : MigrationRules
{
    protected override Task<ScratchDatabase> NewDatabase() => ScratchPostgres.Create();
}

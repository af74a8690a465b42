using Orchestrator.Migrations;

namespace Orchestrator.Stores.Conformance.Migrations;

public sealed class MigrationFiles
{
    [Fact]
    public void both_engines_ship_the_same_numbered_steps()
    {
        Assert.Equal(ShippedMigrations.Of("sqlite").Select(migration => migration.Label), ShippedMigrations.Of("postgresql").Select(migration => migration.Label));
        Assert.NotEmpty(ShippedMigrations.Of("sqlite"));
    }

    [Theory]
    [InlineData("0002_second.up.sql")]
    [InlineData("1_first.up.sql")]
    [InlineData("0001_first.sql")]
    [InlineData("0001_orphan.down.sql")]
    public void a_misnumbered_misnamed_or_orphaned_file_is_refused(string name) =>
        Assert.Throws<InvalidOperationException>(() => ShippedMigrations.FromFiles(new Dictionary<string, string> { [name] = "SELECT 1;" }));

    [Fact]
    public void a_number_taken_twice_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => ShippedMigrations.FromFiles(
            new Dictionary<string, string> { ["0001_a.up.sql"] = "SELECT 1;", ["0001_b.up.sql"] = "SELECT 1;" }));

    [Fact]
    public void the_checksum_does_not_depend_on_the_line_ends_of_the_checkout() =>
        Assert.Equal(new Migration(1, "a", "SELECT 1;\nSELECT 2;\n", null).Checksum, new Migration(1, "a", "SELECT 1;\r\nSELECT 2;\r\n", null).Checksum);

    [Fact]
    public void an_engine_without_migrations_is_refused() =>
        Assert.Throws<ArgumentException>(() => new MigrationRunner("oracle", () => throw new InvalidOperationException(), TimeProvider.System));
}

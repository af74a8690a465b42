using Orchestrator.Host.Verbs;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Tests.Verbs;

public sealed class Verb_table
{
    [Theory]
    [InlineData("frobnicate")]
    [InlineData("serve", "--frob", "1")]
    [InlineData("serve", "extra")]
    [InlineData("migrate", "sideways")]
    [InlineData("check")]
    [InlineData("check", "/nowhere.json")]
    [InlineData("bench", "nothing")]
    [InlineData("admin", "destroy")]
    public async Task wrong_usage_ends_with_exit_code_2(params string[] arguments) => Assert.Equal(2, await VerbTable.Run(arguments));

    [Fact]
    public async Task check_passes_every_shipped_pipeline_and_fails_what_is_unsound()
    {
        var folder = Directory.CreateTempSubdirectory();
        var output = new StringWriter();
        foreach (var name in ShippedWorkflows.Names)
        {
            var file = Path.Combine(folder.FullName, name + ".json");
            await File.WriteAllTextAsync(file, ShippedWorkflows.Json(name), TestContext.Current.CancellationToken);
            Assert.True(await Check.Sound(file, output), output.ToString());
        }
        var bad = Path.Combine(folder.FullName, "bad.json");
        await File.WriteAllTextAsync(bad, """{"name":"bad","root":{"type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.Start","version":1}],"connections":[]}}""", TestContext.Current.CancellationToken);

        Assert.False(await Check.Sound(bad, output));
        Assert.Contains("#/root", output.ToString(), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task migrate_brings_a_new_database_up_and_says_where_it_stands()
    {
        var file = Path.Combine(Path.GetTempPath(), $"orchestrator-{Guid.NewGuid():n}.db");
        string[] connection = ["--connection", $"Data Source={file};Pooling=false"];

        Assert.Equal(0, await VerbTable.Run(["migrate", .. connection]));
        Assert.Equal(0, await VerbTable.Run(["migrate", "status", .. connection]));
        foreach (var suffix in new[] { "", "-wal", "-shm" }) File.Delete(file + suffix);
    }
}

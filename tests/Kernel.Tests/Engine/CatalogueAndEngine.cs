using System.Text.RegularExpressions;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Engine.Law;
using Orchestrator.Kernel.Simulation;
using Orchestrator.Kernel.Tests.Golden;
using Xunit;

namespace Orchestrator.Kernel.Tests.Engine;

/// <summary>One place declares each activity; these tests hold the engine and that place together.</summary>
public sealed partial class CatalogueAndEngine
{
    static readonly string Law = string.Concat(Directory.GetFiles(Path.Combine(GoldenScenarios.Root(), "server/Kernel/Engine"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    static IEnumerable<ActDescriptor> Acts => ActivityCatalog.All.SelectMany(each => each.Acts).Concat(ActivityCatalog.CaseActs);

    [Fact]
    public void Every_act_has_a_handler_or_is_refused_whatever_the_state() =>
        Assert.Equal(["add_material", "add_node", "change_version", "demand_booking", "edit_rating", "reopen"], Acts.Select(act => act.Name).Except(Handlers.All.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void Acts_without_a_handler_are_refused_by_a_forbidden_transition()
    {
        foreach (var act in Acts.Select(act => act.Name).Except(Handlers.All.Keys))
            Assert.StartsWith("FT-", Hall.In("XA").Accepted().Refused(act, "acceptor").Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_handler_answers_a_declared_act() => Assert.Empty(Handlers.All.Keys.Except(Acts.Select(act => act.Name)));

    [Fact]
    public void Every_port_an_act_declares_exists_on_its_activity() =>
        Assert.All(ActivityCatalog.All, activity => Assert.All(activity.Acts, act => Assert.True(act.Port is null || activity.Port(act.Port) is not null, $"{activity.TypeName}.{act.Name} → {act.Port}")));

    [Fact]
    public void Every_port_the_engine_leaves_by_exists()
    {
        var ports = ActivityCatalog.All.SelectMany(each => each.Ports).Select(port => port.Name).ToHashSet();
        var left = Ports().Matches(Law).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(left.Count > 25);
        Assert.Empty(left.Except(ports));
    }

    [Fact]
    public void Every_timer_an_activity_names_is_in_the_timer_catalogue_and_the_other_way_round()
    {
        var known = TimerCatalog.All.Select(spec => spec.Kind).ToList();
        var named = ActivityCatalog.All.SelectMany(each => each.Timers).Distinct().ToList();

        Assert.Empty(named.Except(known));
        Assert.Empty(known.Except(named));
    }

    [Fact]
    public void Every_role_an_act_names_is_declared() => Assert.All(Acts, act => Assert.All(act.Roles, role => Assert.NotNull(Roles.Find(role))));

    [Fact]
    public async Task Every_document_the_engine_issues_is_declared()
    {
        var declared = ActivityCatalog.All.SelectMany(each => each.Documents).Concat(ActivityCatalog.CaseDocuments).ToHashSet();
        var written = Documents().Matches(Law).Select(match => match.Groups[1].Value).ToHashSet();
        foreach (var file in GoldenScenarios.Files())
        {
            var scenario = Scenario.Parse(await File.ReadAllTextAsync(Path.Combine(GoldenScenarios.Root(), file.Data), TestContext.Current.CancellationToken));
            var world = new KernelWorld(scenario);
            await ScenarioRunner.Run(scenario, world);
            written.UnionWith(world.Cases.SelectMany(each => each.Events).OfType<DocumentIssued>().Select(each => each.Document.Name));
        }

        Assert.True(written.Count > 25);
        Assert.Empty(written.Except(declared));
    }

    [GeneratedRegex("""(?:ActResult\.Go\(|work\.Leave\([^;]*?, |LeaveOrEnd\(work, "[^"]*", )"([A-Z]\w+)" ?\)?""")]
    private static partial Regex Ports();

    [GeneratedRegex("""(?:work\.Document\(|Delivered\(work, )"([^"]+)",? """)]
    private static partial Regex Documents();
}

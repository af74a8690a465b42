using Orchestrator.Kernel.Definitions;
using Xunit;

namespace Orchestrator.Kernel.Tests.Definitions;

public sealed class Shipped_workflows
{
    public static TheoryData<string> Names => ["standard", "immediate", "renewal", "joint", "bad-review"];

    [Fact]
    public void the_five_pipelines_come_with_the_product() =>
        Assert.Equal(["bad-review", "immediate", "joint", "renewal", "standard"], ShippedWorkflows.Names);

    [Theory, MemberData(nameof(Names))]
    public void a_shipped_pipeline_compiles_with_every_activity_and_connection(string name)
    {
        var (document, _) = DefinitionDocument.Read(ShippedWorkflows.Json(name));
        var flow = ShippedWorkflows.Get(name);

        Assert.Equal(document!.Activities.Length, flow.Nodes.Length);
        Assert.Equal(document.Connections.Length, flow.Nodes.Sum(node => node.Incoming.Length));
    }

    [Fact]
    public void an_unknown_pipeline_is_named_in_the_error() =>
        Assert.Contains("'none'", Assert.Throws<KeyNotFoundException>(() => ShippedWorkflows.Get("none")).Message);
}

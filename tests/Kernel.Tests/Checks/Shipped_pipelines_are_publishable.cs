using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Profiles;
using Xunit;

namespace Orchestrator.Kernel.Tests.Checks;

public sealed class Shipped_pipelines_are_publishable
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var pipeline in ShippedWorkflows.Names)
                foreach (var region in ShippedProfiles.All.Keys) pairs.Add(pipeline, region);
            return pairs;
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public void every_pipeline_in_every_region(string pipeline, string region)
    {
        var report = DefinitionCheck.Run(ShippedWorkflows.Json(pipeline), ShippedProfiles.Get(region));

        Assert.Empty(report.Findings.Select(each => $"{each.Code} {each.Rule} {each.ActivityId}: {each.Message.En}"));
        Assert.True(report.IsPublishable);
    }
}

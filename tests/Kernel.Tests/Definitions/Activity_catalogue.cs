using Orchestrator.Kernel.Definitions;
using Xunit;

namespace Orchestrator.Kernel.Tests.Definitions;

public sealed class Activity_catalogue
{
    [Fact]
    public void every_activity_is_described_in_full()
    {
        foreach (var activity in ActivityCatalog.All)
        {
            Assert.NotNull(activity.Category);
            Assert.DoesNotContain(null, activity.Ports);
            Assert.DoesNotContain(null, activity.Inputs);
        }
    }

    [Fact]
    public void every_act_leaves_through_a_port_of_its_activity()
    {
        foreach (var activity in ActivityCatalog.All)
            foreach (var act in activity.Acts.Where(act => act.Port is not null))
                Assert.NotNull(activity.Port(act.Port!));
    }
}

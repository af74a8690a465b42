using Orchestrator.Kernel.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Graph;

public sealed class Joining
{
    static FlowNode Join(string mode, int? count = null, bool cancel = false) => Drawing.New.Fork("f", "A", "B", "C").Join("j", mode, count, cancel)
        .Connect("start->f", "f.A->j", "f.B->j", "f.C->j", "j->end").Flow().Find("j")!;

    static (JoinVerdict, string, int) Decide(FlowNode join, int[] arrived, int swallow = 0, bool othersCanArrive = false)
    {
        var outcome = JoinRule.Decide(join, arrived, swallow, () => othersCanArrive);
        return (outcome.Verdict, string.Join(',', outcome.Consume), outcome.Swallow);
    }

    [Fact]
    public void wait_all_takes_one_from_each_edge()
    {
        Assert.Equal((JoinVerdict.Wait, "", 0), Decide(Join("WaitAll"), [2, 1, 0]));
        Assert.Equal((JoinVerdict.Pass, "1,1,1", 0), Decide(Join("WaitAll"), [2, 1, 1]));
    }

    [Fact]
    public void wait_any_passes_with_the_first_and_swallows_the_rest()
    {
        Assert.Equal((JoinVerdict.Pass, "0,1,0", 2), Decide(Join("WaitAny"), [0, 1, 0]));
        Assert.Equal((JoinVerdict.Swallow, "1,0,0", 1), Decide(Join("WaitAny"), [1, 0, 0], swallow: 2));
        Assert.Equal((JoinVerdict.Swallow, "1,0,1", 0), Decide(Join("WaitAny"), [1, 0, 1], swallow: 2));
    }

    [Fact]
    public void a_join_that_cancels_the_rest_has_nothing_to_swallow() => Assert.Equal((JoinVerdict.Pass, "1,0,0", 0), Decide(Join("WaitAny", cancel: true), [1, 0, 0]));

    [Fact]
    public void wait_count_counts_edges_not_tokens()
    {
        Assert.Equal((JoinVerdict.Wait, "", 0), Decide(Join("WaitCount", 2), [2, 0, 0]));
        Assert.Equal((JoinVerdict.Pass, "1,0,1", 1), Decide(Join("WaitCount", 2), [2, 0, 1]));
    }

    [Fact]
    public void a_count_beyond_the_edges_counts_as_all_of_them() => Assert.Equal((JoinVerdict.Pass, "1,1,1", 0), Decide(Join("WaitCount", 9), [1, 1, 1]));

    [Fact]
    public void wait_all_active_waits_while_another_token_can_still_come()
    {
        Assert.Equal((JoinVerdict.Wait, "", 0), Decide(Join("WaitAllActive"), [1, 1, 0], othersCanArrive: true));
        Assert.Equal((JoinVerdict.Pass, "1,1,0", 0), Decide(Join("WaitAllActive"), [1, 1, 0]));
    }

    [Theory]
    [InlineData("WaitAll"), InlineData("WaitAny"), InlineData("WaitAllActive")]
    public void nothing_passes_without_a_token(string mode) => Assert.Equal(JoinVerdict.Wait, Decide(Join(mode), [0, 0, 0]).Item1);
}

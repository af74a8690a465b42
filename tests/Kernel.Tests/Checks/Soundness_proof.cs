using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Tests.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Checks;

public sealed class Soundness_proof
{
    static SoundnessResult Prove(Drawing drawing) => Soundness.Prove(drawing.Flow());

    static string[] Steps(SoundnessResult result) => [.. result.CounterExample!.Steps.Select(step => $"{step.ActivityId}.{step.Port}")];

    static Drawing Parallel(string mode, int? count = null, bool cancel = false) => Drawing.New.Fork("f", "A", "B", "C").Task("a").Task("b").Task("c").Join("j", mode, count, cancel).Task("after")
        .Connect("start->f", "f.A->a", "f.B->b", "f.C->c", "a->j", "b->j", "c->j", "j->after", "after->end");

    [Fact]
    public void a_sequence_is_sound() => Assert.True(Prove(Drawing.New.Task("a").Task("b").Connect("start->a", "a->b", "b->end")).Sound);

    [Theory]
    [InlineData("WaitAll", null, false)]
    [InlineData("WaitAny", null, false)]
    [InlineData("WaitAny", null, true)]
    [InlineData("WaitCount", 2, false)]
    [InlineData("WaitCount", 2, true)]
    [InlineData("WaitAllActive", null, false)]
    public void parallel_branches_joined_in_any_mode_are_sound(string mode, int? count, bool cancel)
    {
        var result = Prove(Parallel(mode, count, cancel));

        Assert.True(result is { Sound: true, Proven: true }, result.CounterExample?.Text.En);
    }

    [Fact]
    public void alternatives_joined_by_WaitAll_get_stuck_and_the_shortest_run_is_shown()
    {
        var result = Prove(Drawing.New.Decision("d").Task("a").Task("b").Join("j")
            .Connect("start->d", "d.True->a", "d.False->b", "a->j", "b->j", "j->end"));

        Assert.False(result.Sound);
        Assert.Equal("soundness.deadlock", result.CounterExample!.Code);
        Assert.Equal(["start.Done", "d.True", "a.Done"], Steps(result));
        Assert.Equal(["j"], result.CounterExample.StuckAt);
        Assert.Contains("“j”", result.CounterExample.Text.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WaitAllActive", true)]
    [InlineData("WaitAll", false)]
    public void several_of_several_branches_need_a_join_of_the_active_ones(string mode, bool sound) =>
        Assert.Equal(sound, Prove(Drawing.New.Switch("s", "MatchAny", "A", "B").Task("a").Task("b").Task("c").Join("j", mode)
            .Connect("start->s", "s.A->a", "s.B->b", "s.Default->c", "a->j", "b->j", "c->j", "j->end")).Sound);

    [Fact]
    public void alternatives_that_simply_merge_are_sound() =>
        Assert.True(Prove(Drawing.New.Switch("s", "MatchFirst", "A").Task("a").Task("b").Task("c").Connect("start->s", "s.A->a", "s.Default->b", "a->c", "b->c", "c->end")).Sound);

    [Fact]
    public void parallel_branches_that_merge_without_a_join_run_on_twice_and_end_properly() =>
        Assert.True(Prove(Drawing.New.Fork("f", "A", "B").Task("a").Connect("start->f", "f.A->a", "f.B->a", "a->end")).Sound);

    [Fact]
    public void a_loop_that_forks_again_and_again_is_unbounded()
    {
        var result = Prove(Drawing.New.Fork("f", "A", "B").Task("a", "Again", "Enough").Task("b").Connect("start->f", "f.A->a", "f.B->b", "a.Again->f", "a.Enough->end", "b->end"));

        Assert.Equal("soundness.unbounded", result.CounterExample!.Code);
        Assert.Equal(["b"], result.CounterExample.StuckAt);
    }

    [Fact]
    public void a_loop_without_a_way_out_can_never_end()
    {
        var result = Prove(Drawing.New.Task("a", "Good", "Bad").Task("b").Task("c").Connect("start->a", "a.Good->end", "a.Bad->b", "b->c", "c->b"));

        Assert.Equal("soundness.livelock", result.CounterExample!.Code);
        Assert.Equal(["start.Done", "a.Bad"], Steps(result));
    }

    [Fact]
    public void an_arbitrary_cycle_with_a_way_out_is_sound() =>
        Assert.True(Prove(Drawing.New.Task("a").Task("b", "Back", "On").Connect("start->a", "a->b", "b.Back->a", "b.On->end")).Sound);

    [Fact]
    public void an_activity_that_can_never_happen_is_dead_even_when_the_case_always_ends()
    {
        var result = Prove(Drawing.New.Fork("f", "A", "B").Add("stop", "Elsa.Finish").Task("a", "On", "Off").Join("j").Task("late")
            .Connect("start->f", "f.A->stop", "f.B->a", "a.Off->end", "a.On->j", "late->j", "j->late"));

        Assert.False(result.Sound);
        Assert.All(result.Findings, finding => Assert.Equal("soundness.dead-activity", finding.Code));
        Assert.Equal(["j", "late"], result.Findings.Select(finding => finding.ActivityId!).Order());
    }

    [Fact]
    public void terminate_ends_everything_that_still_runs() =>
        Assert.True(Prove(Drawing.New.Fork("f", "A", "B").Task("a").Task("b").Add("stop", "Elsa.Finish").Connect("start->f", "f.A->a", "f.B->b", "a->stop", "b->end")).Sound);

    [Fact]
    public void a_late_token_that_is_swallowed_in_the_next_round_is_shown_to_vanish()
    {
        var result = Prove(Drawing.New.Decision("d").Task("a").Task("b").Join("j", "WaitAny").Task("again", "Again", "Enough")
            .Connect("start->d", "d.True->a", "d.False->b", "a->j", "b->j", "j->again", "again.Again->d", "again.Enough->end"));

        Assert.Equal("soundness.vanishes", result.CounterExample!.Code);
    }

    static Drawing Wide(int width, bool cancel)
    {
        var branches = Enumerable.Range(0, width).Select(i => $"B{i}").ToArray();
        var drawing = Drawing.New.Fork("f", branches).Join("j", cancel: cancel).Connect("start->f", "j->end");
        foreach (var branch in branches) drawing.Task($"t{branch}").Connect($"f.{branch}->t{branch}", $"t{branch}->j");
        return drawing;
    }

    [Fact]
    public void many_parallel_branches_without_a_cycle_are_proven_in_one_order() => Assert.True(Prove(Wide(200, cancel: false)) is { Sound: true, Markings: < 1_000 });

    [Fact]
    public void what_is_too_large_to_prove_is_said_and_not_passed()
    {
        var result = Prove(Wide(20, cancel: true));

        Assert.False(result.Proven || result.Sound);
        Assert.Equal("soundness.not-proven", Assert.Single(result.Findings).Code);
    }

    [Fact]
    public void trying_one_order_still_finds_the_branch_that_gets_stuck()
    {
        var result = Prove(Drawing.New.Fork("f", "A", "B").Task("a").Decision("d").Task("b").Task("c").Join("j")
            .Connect("start->f", "f.A->a", "f.B->d", "d.True->b", "d.False->c", "a->j", "b->j", "c->j", "j->end"));

        Assert.Equal("soundness.deadlock", result.CounterExample!.Code);
        Assert.Equal(["j"], result.CounterExample.StuckAt);
    }

    [Theory]
    [InlineData("standard"), InlineData("immediate"), InlineData("renewal"), InlineData("joint"), InlineData("bad-review")]
    public void the_shipped_pipelines_are_sound(string name)
    {
        var result = Soundness.Prove(ShippedWorkflows.Get(name));

        Assert.True(result is { Sound: true, Proven: true }, string.Join("; ", result.Findings.Select(each => each.Message.En)));
    }
}

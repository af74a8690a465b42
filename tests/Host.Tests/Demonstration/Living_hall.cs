using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orchestrator.Host.Catalogue;
using Orchestrator.Host.Demonstration;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Tests.Demonstration;

/// <summary>A server without cases, on which the demonstration can be played for any day without being written.</summary>
public sealed class EmptyHall : IAsyncLifetime
{
    Scratch scratch = null!;
    Prepared server = null!;

    public async ValueTask InitializeAsync()
    {
        scratch = await Scratch.On("sqlite");
        server = await scratch.Prepare("2026-01-05T09:00:00+08:00", settings => settings with { SeedCases = false });
    }

    internal Task<Performance> Played(string at) =>
        ActivatorUtilities.CreateInstance<SeedCases>(server.App.Services, StandingClock.At(at)).Play(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await scratch.DisposeAsync();
    }
}

/// <summary>The demonstration cases that a fresh server outside Production is filled with.</summary>
public sealed partial class Living_hall(EmptyHall hall) : IClassFixture<EmptyHall>
{
    /// <summary>States at which cases rest (S-01 … S-22); at S-05 accepted the pipelines pass through without a stop.</summary>
    static readonly string[] Resting =
    [
        "draft", "pre_reviewing", "submitted", "correction_pending", "tolerance_accepted", "reviewing", "special_procedure", "joint_reviewing", "deciding", "approved", "denied",
        "deemed_extended", "result_ready", "delivering", "delivered", "completed", "not_accepted", "deemed_withdrawn", "withdrawn", "suspended", "terminated",
    ];

    static readonly string[] OfTickets =
        ["received", "dispatched", "verified_reasonable", "verified_unreasonable", "rectifying", "explained", "feedback_given", "called_back", "closed"];

    /// <summary>A Sunday, the night before a Monday, the first minutes of a working day, an afternoon, the middle of a long holiday, a working Saturday, the first day of a year.</summary>
    public static TheoryData<string> Days =>
    [
        "2026-11-22T13:46:00+08:00", "2026-11-23T03:10:00+08:00", "2026-11-24T09:02:00+08:00", "2026-07-15T16:40:00+08:00", "2026-10-04T11:00:00+08:00", "2026-10-10T10:30:00+08:00",
        "2027-01-01T00:00:00+08:00",
    ];

    public static TheoryData<string> Engines => Scratch.Cluster is null ? ["sqlite"] : ["sqlite", "postgresql"];

    [Theory, MemberData(nameof(Days))]
    public async Task on_any_day_two_hundred_cases_show_every_state_and_nothing_is_refused(string at)
    {
        var played = await hall.Played(at);
        var cases = played.Cases.Where(run => run.Scope.Kind == "case").Select(run => run.State!).ToList();
        var tickets = played.Cases.Where(run => run.Scope.Kind == "ticket").Select(run => run.State!).ToList();

        Assert.Empty(played.Refusals);
        Assert.Equal(Cast.Count, cases.Count);
        Occur(Resting, cases.Select(state => state.State));
        Occur(OfTickets, tickets.Select(state => state.State));
        Assert.Contains(played.Cases, run => run.Rows().Events.Any(row => row.Body.Contains("\"accepted\"", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Days))]
    public async Task on_any_day_nothing_is_left_due_and_nothing_lies_ahead(string at)
    {
        var (played, now) = (await hall.Played(at), StandingClock.At(at).Now);

        Assert.All(played.Cases, run =>
        {
            Assert.True(run.State!.LastAt <= now, run.State.CaseNo);
            Assert.True(run.State.NextWake is not { } wake || wake > now, run.State.CaseNo);
            Assert.Empty(run.State.PendingNotices);
        });
        Assert.True(now - played.Cases.Min(run => run.State!.OpenedAt) < Duration.FromDays(75));
    }

    [Theory, MemberData(nameof(Days))]
    public async Task on_any_day_the_law_and_the_people_have_left_their_traces(string at)
    {
        var played = await hall.Played(at);
        var states = played.Cases.Select(run => run.State!).ToList();

        Occur(["normal", "on_the_spot", "tolerance", "promise", "deemed"], states.Select(state => state.Facts.Mode));
        Occur(["approved", "denied", "deemed_extended", "consulted"], states.Select(state => state.Outcome));
        Occur([Colour.None, Colour.Green, Colour.Yellow, Colour.Red], states.Select(state => state.Colour));
        Occur(["T-ACC", "T-PRO", "T-STA", "T-SPC", "T-JNT", "T-PAR:cq-xf", "T-WIN", "T-BAD", "T-CON"], states.SelectMany(state => state.Orders));
        Occur(["overdue", "revoked", "negation_filed"], states.SelectMany(state => state.Flags));
        Occur(["booked", "arrived", "cancelled", "no_show"], states.Select(state => state.Facts.Booking));
        Occur(["online", "window", "terminal", "proxy"], states.Select(state => state.Facts.Channel));
        Assert.Contains(states, state => state is { Status: CaseStatus.Open } && state.Timer("T-PRO") is { State: TimerState.Paused });
        Assert.Contains(states, state => state.Facts.ForcedOutcome == "denied");
        Assert.Contains(states, state => state.Facts.OnTime == false);
        Assert.Contains(states, state => state.Evaluations.LastScore == 5);
    }

    /// <summary>Running numbers of cases differ from play to play.</summary>
    [GeneratedRegex("(?<=[A-Z]{2}[0-9]{8})[0-9]{6,}")]
    private static partial Regex Numbers();

    static void Occur<T>(T[] wanted, IEnumerable<T> found) => Assert.Empty(wanted.Except(found));

    [Fact]
    public async Task the_same_instant_gives_the_same_cases()
    {
        async Task<IReadOnlyList<string>> Told() => [.. (await hall.Played("2026-11-22T13:46:00+08:00")).Cases.Select(run => Encoding.UTF8.GetString(KernelJson.Write(run.State!)))];
        static string WithoutNumbers(string json) => Numbers().Replace(json, "");

        Assert.Equal((await Told()).Select(WithoutNumbers), (await Told()).Select(WithoutNumbers));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task every_item_region_and_acting_post_occurs_and_the_history_gives_the_state(string engine)
    {
        await using var scratch = await Scratch.On(engine);
        await using var server = await scratch.Prepare("2026-11-22T13:46:00+08:00");
        var reads = server.Get<CaseReads>();
        var numbers = await server.Column("SELECT case_no FROM service_case");

        Assert.Equal(Cast.Count, (await server.Column("SELECT case_no FROM service_case WHERE kind = 'case'")).Count);
        Assert.Equal(DemonstrationCatalogue.Items().Select(item => item.ItemCode), (await server.Column("SELECT DISTINCT item_code FROM service_case")).Order(StringComparer.Ordinal));
        Assert.Equal(["AQ", "CQ", "NX", "QS", "XA"], (await server.Column("SELECT DISTINCT region FROM service_case")).Order(StringComparer.Ordinal));
        Assert.Empty(await server.Column("SELECT DISTINCT actor_id FROM case_event WHERE actor_role NOT IN ('applicant', 'system') AND actor_id NOT IN (SELECT account_id FROM account)"));
        foreach (var number in numbers)
        {
            var history = await reads.History(number, TestContext.Current.CancellationToken);
            var stored = (await reads.Load(number, TestContext.Current.CancellationToken))!.State;
            Assert.Equal(KernelJson.Write(stored), KernelJson.Write(Fold.Replay(history.SelectMany(row => row.Events))!));
            Assert.All(history, row => Assert.Equal(row.At, row.RecordedAt));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task the_work_lists_and_clocks_in_the_tables_are_those_of_the_states_and_nothing_waits_to_be_sent(string engine)
    {
        await using var scratch = await Scratch.On(engine);
        await using var server = await scratch.Prepare("2026-11-22T13:46:00+08:00");
        var (tasks, timers, orders) = (0, 0, 0);
        foreach (var number in await server.Column("SELECT case_no FROM service_case"))
        {
            var state = (await server.Get<CaseReads>().Load(number, TestContext.Current.CancellationToken))!.State;
            (tasks, timers, orders) = (tasks + state.Tasks.Length, timers + state.Timers.Length, orders + state.Orders.Length);
        }

        Assert.Equal((tasks, timers, orders), ((int)await server.Count("case_task"), (int)await server.Count("case_timer"), (int)await server.Count("supervision_order WHERE closed_at IS NULL")));
        Assert.Null(await server.Get<OutboxStore>().NextAttempt(TestContext.Current.CancellationToken));
        Assert.True(await server.Count("outbox") > 0);
        Assert.Equal(await server.Count("case_event WHERE actor_id <> 'engine'"), await server.Count("audit_entry WHERE action LIKE 'case.%'"));
        Assert.True(await server.Get<ICaseStore>().NextWake(server.Now.ToUnixTimeMilliseconds(), TestContext.Current.CancellationToken) > server.Now.ToUnixTimeMilliseconds());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task a_second_start_adds_nothing(string engine)
    {
        await using var scratch = await Scratch.On(engine);
        await using var first = await scratch.Prepare("2026-11-22T13:46:00+08:00");
        var cases = await first.Count("service_case");

        await using var second = await scratch.Prepare("2026-11-23T10:00:00+08:00");

        Assert.Equal(cases, await second.Count("service_case"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task two_servers_that_start_at_once_fill_the_hall_once(string engine)
    {
        await using var scratch = await Scratch.On(engine);
        await using var server = await scratch.Prepare("2026-11-22T13:46:00+08:00", settings => settings with { SeedCases = false });
        var settings = server.Get<ServerSettings>() with { SeedCases = true };
        var (one, other) = (ActivatorUtilities.CreateInstance<SeedCases>(server.App.Services, settings), ActivatorUtilities.CreateInstance<SeedCases>(server.App.Services, settings));

        var seeded = await Task.WhenAll(one.Run(TestContext.Current.CancellationToken), other.Run(TestContext.Current.CancellationToken));

        Assert.Equal([false, true], seeded.Order());
        Assert.Equal(Cast.Count, await server.Count("service_case WHERE kind = 'case'"));
    }

    [Theory]
    [InlineData(ServerEnvironment.Development, false, null, true)]
    [InlineData(ServerEnvironment.Development, true, null, false)]
    [InlineData(ServerEnvironment.Development, true, true, true)]
    [InlineData(ServerEnvironment.Development, false, false, false)]
    [InlineData(ServerEnvironment.Production, false, null, false)]
    [InlineData(ServerEnvironment.Production, false, true, false)]
    internal void only_servers_outside_Production_are_filled_and_under_a_manual_clock_only_when_told(ServerEnvironment environment, bool manual, bool? told, bool seeds) =>
        Assert.Equal(seeds, new ServerSettings { Environment = environment, ManualClock = manual, SeedCases = told }.SeedsCases);

    [Fact]
    public async Task Production_adds_nothing()
    {
        await using var scratch = await Scratch.On("sqlite");
        await using var server = await scratch.Prepare("2026-11-22T13:46:00+08:00", settings => settings with { Environment = ServerEnvironment.Production });

        Assert.Equal(0, await server.Count("service_case"));
    }

    [Fact]
    public async Task a_hall_that_cannot_be_filled_stays_empty_and_the_server_starts()
    {
        await using var scratch = await Scratch.On("sqlite");
        await using var server = await scratch.Prepare("1990-06-01T10:00:00+08:00");   // no calendar reaches back so far

        Assert.Equal(0, await server.Count("service_case"));
        Assert.Equal(0, await server.Count("server_setting WHERE name = 'demonstration.cases'"));
        Assert.True(await server.Count("service_item") > 0);
    }
}

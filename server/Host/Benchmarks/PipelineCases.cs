using System.Text.Json;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Host.Benchmarks;

/// <summary>A whole run of a case through the seven stages and the evaluation of <c>standard</c>, as acts with their data.</summary>
static class PipelineCases
{
    /// <summary>The opening act and the acts that follow, each with the role that does it.</summary>
    public static readonly (string Act, string Role, string Data)[] Acts =
    [
        ("open_consultation", "applicant", """{"channel":"online","question":"需要哪些材料？"}"""),
        ("answer", "guide", """{"text":"按办事指南提交营业执照和申请表"}"""),
        ("book", "applicant", """{"slot":"09:00","window":"W01"}"""),
        ("arrive", "guide", "{}"),
        ("submit", "applicant", """{"channel":"online","delivery":"window","materials":["M1","M2"]}"""),
        ("accept", "acceptor", """{"window":"W01"}"""),
        ("review_done", "reviewer", """{"opinion":"positive","note":"符合条件"}"""),
        ("approve", "decider", """{"licence":["electronic"]}"""),
        ("result_at_window", "decider", """{"window":"W01","handover":true}"""),
        ("pick_up", "acceptor", """{"window":"W01","applicant_matches":true}"""),
        ("close", "acceptor", "{}"),
    ];

    public static readonly PolicyProfile Profile = ShippedProfiles.Get("XA");

    public static readonly ItemTerms Item = new()
    {
        Code = "BENCH", Name = "食品经营许可", Promised = TimeLimit.Parse("10wd"), Statutory = TimeLimit.Parse("20wd"), Department = "dept",
        Materials = new Dictionary<string, MaterialTerms> { ["M1"] = new() { Name = "申请表" }, ["M2"] = new() { Name = "营业执照" } }.ToImmutable(),
    };

    public static StartCase Opening(string caseNo)
    {
        var flow = ShippedWorkflows.Get("standard");
        var pins = new CasePins(flow.DefinitionId, flow.VersionId, flow.Version, Item.Code, Item.Version, Profile.Id, Profile.Version);
        var actor = new Actor($"applicant-{caseNo}", "applicant");
        return new(new Kernel.Engine.Stimulus.Start(caseNo, pins, Acts[0].Act, actor, Parse(Acts[0].Data)), new CaseScope("case", "XA", "hall", "dept", actor.Id), new RequestInfo(actor, "case.start"));
    }

    public static ChangeCase Following(string caseNo, int step)
    {
        var stimulus = Stimulus(step);
        return new(caseNo, _ => stimulus, new RequestInfo(stimulus.Actor, "task.complete"));
    }

    public static Kernel.Engine.Stimulus.Act Stimulus(int step)
    {
        var (act, role, data) = Acts[step];
        return new(act, new Actor($"{role}-1", role, "dept"), Parse(data));
    }

    static JsonElement Parse(string json) => JsonElement.Parse(json);

    static System.Collections.Immutable.ImmutableSortedDictionary<string, T> ToImmutable<T>(this Dictionary<string, T> map) => System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, map);
}

/// <summary>The pinned data of the measured cases, as a warmed-up server has them in its caches.</summary>
sealed class BenchPinnedData : IPinnedData
{
    public ValueTask<Flow> Flow(string versionId, CancellationToken stop) => new(ShippedWorkflows.Get("standard"));
    public ValueTask<ItemTerms?> Item(string? code, int version, CancellationToken stop) => new(PipelineCases.Item);
    public ValueTask<PolicyProfile> Profile(string id, int version, CancellationToken stop) => new(PipelineCases.Profile);
    public ValueTask<WorkingCalendar> Calendar(CancellationToken stop) => new(WorkingCalendar.Shipped);
    public ValueTask<HallHours?> Hall(string? hall, CancellationToken stop) => new((HallHours?)null);
    public ValueTask<Flow> Latest(string definitionId, CancellationToken stop) => Flow(definitionId, stop);
}

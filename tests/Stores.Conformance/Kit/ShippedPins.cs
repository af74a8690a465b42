using System.Text.Json;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Stores.Conformance.Kit;

/// <summary>Pinned data of the shipped pipelines, one item of five working days, the shipped profiles and calendar.</summary>
sealed class ShippedPins : IPinnedData
{
    public static readonly ItemTerms Item = ItemTerms.FromScenario("X1", JsonDocument.Parse("""
        {"promised": "5wd", "statutory": "20wd", "kind": "promise", "review_kind": "substantive", "result_forms": ["electronic", "paper"],
         "materials": {"M1": {"name": "材料1", "necessity": "main"}}}
        """).RootElement);

    public static readonly ItemTerms JointItem = ItemTerms.FromScenario("J1", JsonDocument.Parse("""
        {"promised": "10wd", "statutory": "20wd", "kind": "promise", "review_kind": "substantive", "result_forms": ["electronic"],
         "joint": {"lead": "L", "limit": "10wd", "branches": {"A": "5wd", "B": "5wd"}}, "materials": {"M1": {"name": "材料1", "necessity": "main"}}}
        """).RootElement);

    readonly Dictionary<string, Flow> byVersion = ShippedWorkflows.Names.Select(ShippedWorkflows.Get).ToDictionary(flow => flow.VersionId);

    public static CasePins PinsOf(string pipeline, ItemTerms? item = null, string profile = "XA")
    {
        var flow = ShippedWorkflows.Get(pipeline);
        return new(flow.DefinitionId, flow.VersionId, flow.Version, (item ?? Item).Code, (item ?? Item).Version, profile, ShippedProfiles.Get(profile).Version);
    }

    public ValueTask<Flow> Flow(string versionId, CancellationToken stop) => new(byVersion[versionId]);
    public ValueTask<ItemTerms?> TermsOf(string? code) => new(code switch { "X1" => Item, "J1" => JointItem, _ => null });
    public ValueTask<PolicyProfile> Profile(string id, int version, CancellationToken stop) => new(ShippedProfiles.Get(id));
    public ValueTask<WorkingCalendar> Calendar(CancellationToken stop) => new(WorkingCalendar.Shipped);
    public ValueTask<HallHours?> Hall(string? hall, CancellationToken stop) => new((HallHours?)null);
    public ValueTask<Flow> Latest(string definitionId, CancellationToken stop) => new(ShippedWorkflows.Get(definitionId));
    ValueTask<ItemTerms?> IPinnedData.Item(string? code, int version, CancellationToken stop) => TermsOf(code);
}

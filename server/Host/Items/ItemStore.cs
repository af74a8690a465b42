using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Problems;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Host.Items;

/// <summary>What the gate found on a draft.</summary>
/// <param name="Code">事项编码.</param>
/// <param name="Revision">Revision of the draft.</param>
/// <param name="Publishable">Whether nothing blocks publication.</param>
/// <param name="Findings">Findings of V-01…V-19 and V-28…V-34 on the record, in the order of their ids.</param>
/// <param name="FlowFindings">Findings of V-20…V-27 on its pipeline under this item and region.</param>
sealed record ItemReport(string Code, long Revision, bool Publishable, IReadOnlyList<GateFinding> Findings, IReadOnlyList<Finding> FlowFindings)
{
    /// <summary>Rule id of the first finding that blocks; null when nothing does.</summary>
    public string? BlockedBy => Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Block)?.Rule
        ?? FlowFindings.FirstOrDefault(finding => finding.Severity == Severity.Error)?.Rule;
}

/// <summary>One finding of the gate.</summary>
/// <param name="Rule">Rule id, for example <c>V-03</c>.</param>
/// <param name="Severity">warn or block.</param>
/// <param name="Pointer">JSON pointer into the item record.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Details">What it names.</param>
sealed record GateFinding(string Rule, FindingSeverity Severity, string Pointer, LocalizedText Message, IReadOnlyList<string> Details);

/// <summary>What the item slices write, each within the caller's one transaction.</summary>
static class ItemStore
{
    const string PutItem = """
        INSERT INTO service_item (item_code, name, name_en, region, department, hall, definition_id, status, updated_at)
        VALUES (@code, @name, @nameEn, @region, @department, @hall, @pipeline, 'in_force', @now)
        ON CONFLICT (item_code) DO UPDATE SET name = @name, name_en = @nameEn, department = @department, hall = @hall, definition_id = @pipeline, updated_at = @now
        """;

    const string EndLast = "UPDATE item_version SET effective_to = @from WHERE item_code = @code AND version = @version - 1 AND effective_to IS NULL AND effective_from <= @from";

    const string InsertVersion = """
        INSERT INTO item_version (item_code, version, terms, json, effective_from, published_at, published_by, content_hash)
        VALUES (@code, @version, @terms, @json, @from, @now, @by, @hash)
        """;

    const string HallNamed = "SELECT id FROM organisation WHERE kind = 'hall' AND name_zh = @name AND region = @region ORDER BY id LIMIT 1";
    const string Pipeline = "SELECT json FROM definition_version WHERE definition_id = @id ORDER BY version DESC LIMIT 1";

    /// <summary>The published versions, oldest first.</summary>
    public static async Task<ImmutableArray<ItemVersion>> Published(Write write, string code) =>
        [.. (await write.Many<ItemVersionRow>(ItemVersionRow.All, new { code })).Select(row => new ItemVersion(JsonSerializer.Deserialize(row.Terms, KernelJson.Default.ItemTerms)!, row.From, row.To))];

    /// <summary>Asks the gate: the record under its region's profile, and its pipeline under this item.</summary>
    public static async Task<ItemReport> Check(Write write, ServiceItem item, long revision, PublishRequest request, ImmutableArray<ItemVersion> published)
    {
        var profile = ShippedProfiles.Get(item.Region);
        var findings = ItemPublishGate.Check(item, new PublishContext(request, profile, published));
        var flow = await write.One<string>(Pipeline, new { id = item.Process.Pipeline });
        ImmutableArray<Finding> flowFindings = flow is null ? [NoPipeline(item)] : DefinitionCheck.Run(flow, profile, item.ToTerms()).Findings;
        var publishable = ItemPublishGate.FirstBlock(findings) is null && flowFindings.All(finding => finding.Severity != Severity.Error);
        return new(item.ItemCode, revision, publishable,
            [.. findings.Select(finding => new GateFinding(finding.Rule, finding.Severity, finding.Pointer, finding.Message, finding.Named))], flowFindings);
    }

    /// <summary>Publishes a version that the gate let pass. The version before it ends at the instant at which this one takes effect (QS-T4).</summary>
    public static async Task<ItemVersionView> Publish(Write write, ServiceItem item, PublishRequest request)
    {
        var row = new
        {
            code = item.ItemCode, name = item.Name, nameEn = item.NameEn, region = item.Region, department = item.Department ?? "", pipeline = item.Process.Pipeline, version = (long)item.Version,
            hall = item.HandlingPlace.IsEmpty ? null : await write.One<string>(HallNamed, new { name = item.HandlingPlace[0].Hall, region = item.Region }),
            terms = JsonSerializer.Serialize(item.ToTerms(), KernelJson.Default.ItemTerms), json = ItemJson.Write(item), from = request.EffectiveFrom.ToUnixTimeMilliseconds(),
            now = request.At.ToUnixTimeMilliseconds(), by = write.Caller.Login, hash = ServiceGuide.Of(item).ContentHash,
        };
        await write.Run(PutItem, row);
        await write.Run(EndLast, row);
        await write.Run(InsertVersion, row);
        await write.Audit("item.publish", "item/" + item.ItemCode, $"version {item.Version} {row.hash}");
        return new(row.version, request.EffectiveFrom, null, request.At, row.by, row.hash);
    }

    /// <summary>The draft as the version that would be published.</summary>
    public static (ServiceItem Item, PublishRequest Request) Next(ServiceItem draft, ImmutableArray<ItemVersion> published, Instant now, Instant effectiveFrom)
    {
        var version = published.IsEmpty ? 1 : published[^1].Number + 1;
        var item = draft with
        {
            Version = version,
            Status = "in_force",
            EffectiveFrom = LegalTime.LocalOf(effectiveFrom),
            EffectiveTo = null,
            Guide = draft.Guide with { PublishedAt = LegalTime.LocalOf(now) },
        };
        return (item, new PublishRequest(version, now, effectiveFrom, draft.Guide.ReportedToBodyAt is not null));
    }

    /// <summary>The gate's refusal.</summary>
    public static Problem Refusal(ItemReport report) => new(
        StatusCodes.Status422UnprocessableEntity, "item.gate", new("事项未通过发布关口", "The item does not pass the publish gate"))
    { Rule = report.BlockedBy, Findings = report };

    static Finding NoPipeline(ServiceItem item) => new("item.pipeline", Severity.Error, "/process/pipeline",
        new($"流程“{item.Process.Pipeline}”没有已发布的版本", $"The definition '{item.Process.Pipeline}' has no published version"), "V-20");
}

using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Host.Registers;

/// <summary>
/// Item versions that the register itself publishes: those of trial items, which are known by their terms alone. Items with a full record are
/// published from their draft, through the whole gate.
/// </summary>
static class ItemPublication
{
    /// <summary>Marks records that were made from terms.</summary>
    public const string Trial = "trial";

    const string SelectItem = "SELECT department, hall, definition_id FROM service_item WHERE item_code = @code";
    const string LatestRecord = "SELECT json FROM item_version WHERE item_code = @code ORDER BY version DESC LIMIT 1";

    const string PutItem = """
        INSERT INTO service_item (item_code, name, region, department, hall, definition_id, status, updated_at)
        VALUES (@code, @name, @region, @department, @hall, @pipeline, 'in_force', @now)
        ON CONFLICT (item_code) DO UPDATE SET name = @name, updated_at = @now
        """;

    const string InsertVersion = """
        INSERT INTO item_version (item_code, version, terms, json, effective_from, effective_to, published_at, published_by, content_hash)
        VALUES (@code, @version, @terms, @json, @from, @to, @now, @by, '')
        """;

    sealed class ItemRow
    {
        public string Department { get; init; } = "";
        public string? Hall { get; init; }
        public string? DefinitionId { get; init; }
    }

    /// <summary>Whether the item has a full record, so that only its draft can become a version.</summary>
    public static async Task<bool> HasFullRecord(Write write, string code) =>
        await write.One<string>(LatestRecord, new { code }) is { } json && ItemJson.Read(json).Item is { CatalogueAuthority: not Trial };

    /// <summary>Writes a version; the first one puts the item into the catalogue.</summary>
    public static async Task Publish(Write write, string region, ItemVersion version, Actor actor, Instant now)
    {
        var known = await write.One<ItemRow>(SelectItem, new { code = version.Terms.Code });
        await Put(write, version, new(region, known?.Department ?? version.Terms.Department ?? "", known?.Hall, known?.DefinitionId ?? "standard"), actor.Id, now);
    }

    /// <summary>Where a trial item belongs.</summary>
    internal sealed record Place(string Region, string Department, string? Hall, string Pipeline);

    internal static async Task Put(Write write, ItemVersion version, Place place, string by, Instant now)
    {
        var terms = version.Terms;
        var row = new
        {
            code = terms.Code, name = terms.Name, region = place.Region, department = place.Department, hall = place.Hall, pipeline = place.Pipeline, version = (long)terms.Version,
            terms = JsonSerializer.Serialize(terms, KernelJson.Default.ItemTerms), json = ItemJson.Write(Record(terms, place)),
            from = version.EffectiveFrom.ToUnixTimeMilliseconds(), to = version.EffectiveTo?.ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds(), by,
        };
        await write.Run(PutItem, row);
        await write.Run(InsertVersion, row);
    }

    static ServiceItem Record(ItemTerms terms, Place place) => new()
    {
        ItemCode = terms.Code, Name = terms.Name, ItemType = "公共服务", ItemClass = "公共服务", Region = place.Region, CatalogueAuthority = Trial, Department = place.Department,
        Process = new(place.Pipeline, []), PromisedLimit = terms.Promised, StatutoryLimit = terms.Statutory, HandlingKind = terms.Kind, ReviewKind = terms.ReviewKind, Version = terms.Version,
        Materials = terms.Materials.ToImmutableSortedDictionary(material => material.Key, material => Of(material.Value), StringComparer.Ordinal),
        SpecialProcedures = terms.SpecialProcedures, ResultForms = terms.ResultForms,
    };

    static Material Of(MaterialTerms terms) => new()
    {
        Name = terms.Name, Type = "自备", Necessity = terms.Necessity, Tolerable = terms.Tolerable, PromiseWaivable = terms.PromiseWaivable, Shareable = terms.Shareable,
        LicenceTypeRef = terms.LicenceTypeRef, Exempt = terms.Exempt,
    };
}

using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Host.Catalogue;

/// <summary>A unit of the organisation tree.</summary>
/// <param name="Id">Stable id, for example <c>cq-scjg</c>.</param>
/// <param name="Parent">Unit above it; null for a region.</param>
/// <param name="Kind"><c>region</c>, <c>body</c>, <c>department</c>, <c>hall</c>, <c>window</c> or <c>post</c>.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Region">Region profile it belongs to.</param>
/// <param name="Level">行使层级; null where it has none of its own.</param>
/// <param name="Data">What else is known: hours and zones of a hall, kind of a window, role of a post.</param>
internal sealed record OrganisationUnit(string Id, string? Parent, string Kind, LocalizedText Name, string? Region = null, string? Level = null, JsonElement? Data = null);

/// <summary>
/// The demonstration catalogue that a fresh server is seeded with: an organisation tree and realistic items of the five regions.
/// Provisions are real; places, telephone numbers and amounts are examples.
/// </summary>
internal static class DemonstrationCatalogue
{
    const string ItemPrefix = "catalogue/items/";

    /// <summary>The organisation, parents before children.</summary>
    public static ImmutableArray<OrganisationUnit> Organisation() =>
        JsonSerializer.Deserialize<ImmutableArray<OrganisationUnit>>(Read("catalogue/organisation.json"), ItemJson.Options);

    /// <summary>The items in the order of their codes.</summary>
    /// <exception cref="InvalidDataException">An embedded item is malformed; the message names file and place.</exception>
    public static ImmutableArray<ServiceItem> Items() =>
        [.. typeof(DemonstrationCatalogue).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(ItemPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Item)];

    static ServiceItem Item(string resource)
    {
        var (item, fault) = ItemJson.Read(Read(resource));
        return item ?? throw new InvalidDataException($"{resource}: {fault!.Message.En}");
    }

    static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(DemonstrationCatalogue).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Catalogue;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Host.Items;

/// <summary>Publishes the demonstration catalogue, through the same gate as everybody's items.</summary>
static class DemonstrationItems
{
    const string Known = "SELECT count(*) FROM service_item WHERE item_code = @code";

    /// <summary>Publishes the items that are missing; the number of them.</summary>
    /// <param name="write">Transaction.</param>
    /// <param name="now">Legal time: an item that the catalogue puts in force later takes effect now.</param>
    /// <exception cref="InvalidDataException">An item does not pass the gate.</exception>
    public static async Task<int> Seed(Write write, Instant now)
    {
        var published = 0;
        foreach (var item in DemonstrationCatalogue.Items())
        {
            if (await write.One<long>(Known, new { code = item.ItemCode }) > 0) continue;
            var at = Instant.Min(now, LegalTime.At(item.Guide.PublishedAt ?? LegalTime.LocalOf(now)));
            var from = Instant.Max(at, Instant.Min(now, LegalTime.At(item.EffectiveFrom ?? LegalTime.LocalOf(now))));
            var request = new PublishRequest(item.Version, at, from, item.Guide.ReportedToBodyAt is not null);
            if (ItemPublishGate.FirstBlock(ItemPublishGate.Check(item, new(request, Kernel.Profiles.ShippedProfiles.Get(item.Region), []))) is { } block)
                throw new InvalidDataException($"The demonstration item {item.ItemCode} does not pass {block.Rule}: {block.Message.En}");
            await ItemStore.Publish(write, item, request);
            published++;
        }
        return published;
    }
}

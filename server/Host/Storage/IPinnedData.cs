using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Host.Storage;

/// <summary>What cases are pinned to. All of it is immutable (Promise 4), so it is read once and kept.</summary>
interface IPinnedData
{
    /// <summary>The compiled flow of a definition version.</summary>
    /// <exception cref="PinnedDataMissingException">There is no such version.</exception>
    ValueTask<Flow> Flow(string versionId, CancellationToken stop);

    /// <summary>The terms of an item version; null for processes without an item.</summary>
    /// <exception cref="PinnedDataMissingException">There is no such version.</exception>
    ValueTask<ItemTerms?> Item(string? code, int version, CancellationToken stop);

    /// <summary>A profile version.</summary>
    /// <exception cref="PinnedDataMissingException">There is no such version.</exception>
    ValueTask<PolicyProfile> Profile(string id, int version, CancellationToken stop);

    /// <summary>The working calendar as the tables stand; not pinned, the law's calendar holds for every case.</summary>
    ValueTask<WorkingCalendar> Calendar(CancellationToken stop);

    /// <summary>Opening hours of a hall; null for the default.</summary>
    ValueTask<HallHours?> Hall(string? hall, CancellationToken stop);

    /// <summary>The newest published version of a definition: what a case takes that is opened now. Read anew each time.</summary>
    /// <exception cref="PinnedDataMissingException">The definition has no published version.</exception>
    ValueTask<Flow> Latest(string definitionId, CancellationToken stop);
}

/// <summary>A case refers to something that the database does not have.</summary>
sealed class PinnedDataMissingException(string what) : Exception($"There is no {what}.");

/// <summary>Makes step contexts from pinned data.</summary>
static class PinnedDataContexts
{
    /// <summary>Context for a case with these pins at an instant.</summary>
    /// <param name="pinned">Pinned data.</param>
    /// <param name="pins">Pins of the case.</param>
    /// <param name="hall">Hall of the case.</param>
    /// <param name="itemStatus">Status of the item today; null keeps the pinned one.</param>
    /// <param name="now">Legal instant.</param>
    /// <param name="stop">Interrupts.</param>
    public static async ValueTask<StepContext> Context(this IPinnedData pinned, CasePins pins, string? hall, string? itemStatus, Instant now, CancellationToken stop)
    {
        var item = await pinned.Item(pins.ItemCode, pins.ItemVersion, stop);
        if (item is not null && itemStatus is not null && itemStatus != item.Status) item = item with { Status = itemStatus };
        return new(now, await pinned.Calendar(stop), await pinned.Profile(pins.ProfileId, pins.ProfileVersion, stop), item, await pinned.Hall(hall, stop));
    }
}

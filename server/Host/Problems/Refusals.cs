namespace Orchestrator.Host.Problems;

/// <summary>The statuses with which an endpoint may answer besides its reply; the API description reads them.</summary>
sealed record RefusalStatuses(IReadOnlyList<int> Statuses);

static class Refusals
{
    /// <summary>Declares the problems an endpoint may answer, besides those that follow from its policy and body.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params int[] statuses) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RefusalStatuses(statuses));
}

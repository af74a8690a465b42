using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Kernel.Engine;

/// <summary>JSON of states, events and item terms as stored: camelCase, generated serializers, defaults left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(InstantConverter), typeof(LocalDateConverter)])]
[JsonSerializable(typeof(CaseState))]
[JsonSerializable(typeof(ImmutableArray<CaseEvent>))]
[JsonSerializable(typeof(ItemTerms))]
[JsonSerializable(typeof(OpenTask))]
[JsonSerializable(typeof(CaseTimer))]
[JsonSerializable(typeof(TicketFacts))]
[JsonSerializable(typeof(Actor))]
public sealed partial class KernelJson : JsonSerializerContext
{
    /// <summary>A state as stored.</summary>
    public static byte[] Write(CaseState state) => JsonSerializer.SerializeToUtf8Bytes(state, Default.CaseState);
    /// <summary>A stored state.</summary>
    public static CaseState ReadState(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.CaseState)!;
    /// <summary>The events of one transition as stored.</summary>
    public static byte[] Write(ImmutableArray<CaseEvent> events) => JsonSerializer.SerializeToUtf8Bytes(events, Default.ImmutableArrayCaseEvent);
    /// <summary>Stored events of one transition.</summary>
    public static ImmutableArray<CaseEvent> ReadEvents(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.ImmutableArrayCaseEvent);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Kernel.Engine;

/// <summary>Writes enum values in snake_case, as all identifiers are written on the wire and in the database.</summary>
public sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) where T : struct, Enum;

using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Registers;

/// <summary>JSON of register entries as stored: camelCase, with the register's name as discriminator.</summary>
public static class RegisterJson
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new InstantConverter(), new LocalDateConverter() },
    };

    /// <summary>An entry as stored.</summary>
    public static string Write(RegisterState state) => JsonSerializer.Serialize(state, Options);

    /// <summary>A stored entry.</summary>
    /// <exception cref="JsonException">The text is no register entry.</exception>
    public static RegisterState Read(string json) => JsonSerializer.Deserialize<RegisterState>(json, Options) ?? throw new JsonException("A register entry is an object.");
}

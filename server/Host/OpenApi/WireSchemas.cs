using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;

namespace Orchestrator.Host.OpenApi;

/// <summary>Types that have a form of their own on the wire: instants and dates are text, not objects.</summary>
sealed class WireSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Instant)) Text(schema, "date-time");
        else if (type == typeof(LocalDate)) Text(schema, "date");
        return Task.CompletedTask;
    }

    static void Text(OpenApiSchema schema, string format)
    {
        schema.Type = JsonSchemaType.String;
        schema.Format = format;
        schema.Properties?.Clear();
        schema.Required?.Clear();
    }
}

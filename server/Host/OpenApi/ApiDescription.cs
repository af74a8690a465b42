namespace Orchestrator.Host.OpenApi;

/// <summary><c>/openapi/v1.json</c>: the API described from its endpoints.</summary>
static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi().AllowAnonymous().ExcludeFromDescription();
}

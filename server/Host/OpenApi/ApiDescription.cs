using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.OpenApi;

/// <summary><c>/openapi/v1.json</c>: the API described from its endpoints. What every operation shares is added here, so that no endpoint can forget it.</summary>
static class ApiDescription
{
    const string Cookie = "session", Token = "token", ProblemType = "application/problem+json";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.CreateSchemaReferenceId = NameOf;
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(DescribeOperation);
        options.AddSchemaTransformer<WireSchemas>();
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi().AllowAnonymous().ExcludeFromDescription();

    /// <summary>Bodies and replies live inside their use case and carry its name outside: <c>SignInReply</c>.</summary>
    static string? NameOf(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? type.Type.DeclaringType is { } owner ? owner.Name + name : name : null;

    static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new()
        {
            Title = "Orchestrator", Version = "v1",
            Description = "政务服务流程服务。错误均为 RFC 9457 problem 文档，含稳定的 code。 / Workflow server for government service halls. Errors are RFC 9457 problem documents with a stable code.",
        };
        document.Servers?.Clear();
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "orchestrator",
                Description = $"Session of a browser, from POST /api/v1/session; over https the cookie is named __Host-orchestrator. Unsafe methods also need {Antiforgery.Header}.",
            },
            [Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "orc_…", Description = "API token of a program, from POST /api/v1/tokens." },
        };
        return Task.CompletedTask;
    }

    static async Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        var writes = context.Description.HttpMethod is "POST" or "PUT" or "DELETE" or "PATCH";
        if (!isOpen) operation.Security = [Requirement(Cookie, context), Requirement(Token, context)];
        if (writes && !isOpen) AddHeaders(operation, metadata);

        var statuses = new SortedSet<int>(metadata.OfType<RefusalStatuses>().SelectMany(refusal => refusal.Statuses));
        if (!isOpen) statuses.UnionWith([401, 403]);
        if (operation.RequestBody is not null) statuses.UnionWith([400, 413, 415]);
        if (context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true) statuses.Add(500);
        context.Document!.Components ??= new();
        context.Document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        if (!context.Document.Components.Schemas.ContainsKey(nameof(ProblemDocument)))
            context.Document.Components.Schemas[nameof(ProblemDocument)] = await context.GetOrCreateSchemaAsync(typeof(ProblemDocument), null, stop);
        var schema = new OpenApiSchemaReference(nameof(ProblemDocument), context.Document);
        operation.Responses ??= [];
        foreach (var status in statuses) operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), ProblemResponse(status, schema));
    }

    static void AddHeaders(OpenApiOperation operation, IList<object> metadata)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(Header(Writes.KeyHeader, "Makes a repeated request be done once: the same key gets the same answer again."));
        operation.Parameters.Add(Header(Antiforgery.Header, "The csrfToken of the session; needed with the cookie, not with a token."));
        if (metadata.OfType<RefusalStatuses>().Any(refusal => refusal.Statuses.Contains(StatusCodes.Status412PreconditionFailed)))
            operation.Parameters.Add(Header("If-Match", "ETag of the draft that was read; * overwrites whatever there is."));
    }

    static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Required = false, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    static OpenApiSecurityRequirement Requirement(string scheme, OpenApiOperationTransformerContext context) => new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };

    static OpenApiResponse ProblemResponse(int status, IOpenApiSchema schema) => new()
    {
        Description = status switch
        {
            400 => "The request is not valid; errors[] says where.",
            401 => "Nobody is signed in, or the credentials are wrong.",
            403 => "The caller may not do this, or the antiforgery token is missing.",
            404 => "There is no such thing, or not for this caller.",
            409 => "The state of the thing does not allow it, or somebody else changed it meanwhile.",
            412 => "The draft was changed meanwhile (If-Match).",
            413 => "The body is too large.",
            415 => "The body is not JSON.",
            422 => "A rule forbids it; rule names it.",
            428 => "If-Match is missing.",
            429 => "Too many failures; Retry-After says when to come back.",
            503 => "Busy; try again.",
            _ => "The server failed.",
        },
        Content = new Dictionary<string, OpenApiMediaType> { [ProblemType] = new() { Schema = schema } },
    };
}

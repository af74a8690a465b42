using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Host.Tests.OpenApi;

public sealed class Described_api(RunningServer server)
{
    static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];

    IEnumerable<RouteEndpoint> Endpoints => server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    async Task<JsonNode> Document() => (await server.Anonymous().Get("/openapi/v1.json")).Json!;

    [Fact]
    public void every_endpoint_states_its_policy_or_that_it_is_open_to_all()
    {
        var silent = Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);

        Assert.NotEmpty(Endpoints);
        Assert.Empty(silent.Select(endpoint => endpoint.DisplayName));
    }

    [Fact]
    public void only_these_addresses_are_open_to_all()
    {
        var open = Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.RoutePattern.RawText!);
        string[] expected =
        [
            "/api/v1/items/", "/api/v1/items/{code}", "/api/v1/items/{code}/guide", "/api/v1/items/{code}/versions", "/api/v1/session",
            "/healthz", "/metrics", "/openapi/{documentName}.json", "/readyz",
        ];

        Assert.Equal(expected, open.Distinct().Order(StringComparer.Ordinal).Intersect(expected));
        Assert.DoesNotContain(open.Except(expected), path => !path.StartsWith("/hooks/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task every_endpoint_is_described_with_a_summary_a_tag_and_what_it_answers()
    {
        var document = await Document();
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Where(member => Methods.Contains(member.Key)).Select(member => (Path: path.Key, Method: member.Key, Operation: member.Value!))).ToList();
        var mapped = Endpoints.Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith("/openapi", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method.ToLowerInvariant()} {Plain(endpoint.RoutePattern.RawText!)}"));

        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));
        Assert.All(described, operation =>
        {
            Assert.NotEmpty((string?)operation.Operation["summary"] ?? "");
            Assert.NotEmpty(operation.Operation["tags"]!.AsArray());
            Assert.NotEmpty((string?)operation.Operation["operationId"] ?? "");
            Assert.Contains(operation.Operation["responses"]!.AsObject(), response => response.Key.StartsWith('2'));
        });
        Assert.Equal(described.Count, described.Select(operation => (string)operation.Operation["operationId"]!).Distinct().Count());
    }

    [Fact]
    public async Task operations_that_answer_json_say_of_what_form_and_problems_have_the_problem_form()
    {
        var document = await Document();
        foreach (var (path, item) in document["paths"]!.AsObject())
            foreach (var (method, operation) in item!.AsObject().Where(member => Methods.Contains(member.Key)))
                foreach (var (status, response) in operation!["responses"]!.AsObject().Where(response => response.Key is not ("204" or "202")))
                    Assert.True(response!["content"]?.AsObject().Any(content => content.Value?["schema"] is not null) == true, $"{method} {path} {status} has no schema");

        Assert.NotNull(document["components"]!["schemas"]!["ProblemDocument"]!["properties"]!["code"]);
        Assert.Equal(["session", "token"], document["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task what_needs_a_session_says_so_and_what_writes_takes_an_idempotency_key()
    {
        var publish = (await Document())["paths"]!["/api/v1/definitions/{id}/publish"]!["post"]!;

        Assert.NotEmpty(publish["security"]!.AsArray());
        Assert.Contains(publish["parameters"]!.AsArray(), parameter => (string?)parameter!["name"] == "Idempotency-Key");
        Assert.NotNull(publish["responses"]!["422"]);
    }

    [Fact]
    public async Task instants_are_described_as_text_as_they_are_sent()
    {
        var schemas = (await Document())["components"]!["schemas"]!;

        Assert.Contains("date-time", schemas["VersionView"]!["properties"]!["publishedAt"]!.ToJsonString() + schemas["Instant"]?.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(schemas["SignInReply"]!["properties"]!["csrfToken"]);
    }

    static string Plain(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern.Length > 1 ? pattern.TrimEnd('/') : pattern, @":\w+(\(.*?\))?\}", "}");
}

using System.Net;
using System.Text;

namespace Orchestrator.Host.Tests.Problems;

public sealed class BadInput(RunningServer server)
{
    [Theory]
    [InlineData("", "request.body-missing", "")]
    [InlineData("{", "json.malformed", "")]
    [InlineData("[]", "json.wrong-type", "")]
    [InlineData("null", "request.body-missing", "")]
    [InlineData("\"text\"", "json.wrong-type", "")]
    [InlineData("{\"login\":\"a\",\"login\":\"b\",\"password\":\"c\"}", "json.duplicate-member", "/login")]
    [InlineData("{\"login\":\"a\",\"password\":\"c\",\"admin\":true}", "json.unknown-member", "/admin")]
    [InlineData("{\"login\":\"a\"}", "json.missing-member", "")]
    [InlineData("{\"login\":7,\"password\":\"c\"}", "json.wrong-type", "/login")]
    [InlineData("{\"login\":null,\"password\":\"c\"}", "json.null", "/login")]
    [InlineData("{\"Login\":\"a\",\"password\":\"c\"}", "json.unknown-member", "/Login")]
    public async Task a_body_that_cannot_be_read_is_answered_with_a_code_and_a_pointer(string body, string code, string pointer)
    {
        var reply = await server.Anonymous().Post("/api/v1/session", body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        var actual = reply.Json!["errors"]?[0] is { } error ? ((string)error["code"]!, (string)error["pointer"]!) : (reply.Code!, "");
        Assert.Equal((code, pointer), actual);
        Assert.DoesNotContain("Orchestrator.", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "definition.malformed")]
    [InlineData("{\"a\":1,\"a\":2}", "definition.duplicate-key")]
    [InlineData("[1,2]", "definition.not-object")]
    [InlineData("{\"a\":\"\\ud800\"}", "definition.invalid-text")]
    public async Task a_definition_that_is_no_json_object_is_answered_with_findings_and_pointers(string body, string code)
    {
        var reply = await (await server.As("process_designer")).Post("/api/v1/definitions/import", body);

        Assert.Equal((HttpStatusCode.BadRequest, code), (reply.Status, (string?)reply["errors"][0]!["code"]));
    }

    [Fact]
    public async Task a_definition_nested_a_thousand_deep_is_refused()
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000);
        var reply = await (await server.As("process_designer")).Post("/api/v1/definitions/import", body);

        Assert.Equal("definition.too-deep", (string?)reply["errors"][0]!["code"]);
    }

    [Fact]
    public async Task a_definition_of_a_hundred_thousand_activities_gets_findings_not_a_crash()
    {
        var body = new StringBuilder("{\"name\":\"huge\",\"root\":{\"type\":\"Elsa.Flowchart\",\"activities\":[");
        for (var i = 0; i < 100_000; i++) body.Append(i == 0 ? "" : ",").Append("{\"id\":\"n").Append(i).Append("\",\"type\":\"Elsa.End\",\"version\":1}");
        body.Append("],\"connections\":[]}}");

        var reply = await (await server.As("process_designer")).Post("/api/v1/definitions/import", body.ToString());

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        Assert.Contains(reply["findings"].AsArray(), finding => (string?)finding!["code"] == "definition.too-large");
    }

    [Fact]
    public async Task a_body_over_the_limit_is_refused()
    {
        var reply = await (await server.As("process_designer")).Post("/api/v1/definitions/import", "{\"a\":\"" + new string('x', 11 * 1024 * 1024) + "\"}");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "request.too-large"), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task a_body_of_another_type_is_refused(string type)
    {
        var reply = await server.Anonymous().Send(HttpMethod.Post, "/api/v1/session", new StringContent("{\"login\":\"a\",\"password\":\"b\"}", Encoding.UTF8, type));

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "request.media-type"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task an_unknown_address_and_a_wrong_method_get_problem_documents_with_the_request_id()
    {
        var unknown = await server.Anonymous().Get("/api/v1/nothing", ("X-Request-Id", "my-request.7"));
        var method = await server.Anonymous().Post("/healthz");

        Assert.Equal((HttpStatusCode.NotFound, "path.unknown", "my-request.7"), (unknown.Status, unknown.Code, (string?)unknown["requestId"]));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "path.method"), (method.Status, method.Code));
    }

    [Theory]
    [InlineData("en-GB", "Sign in first")]
    [InlineData("zh-CN", "请先登录")]
    [InlineData("fr, en;q=0.5", "Sign in first")]
    [InlineData("en;q=0.3, zh;q=0.9", "请先登录")]
    [InlineData("fr", "请先登录")]
    [InlineData(";;;", "请先登录")]
    public async Task a_problem_speaks_the_callers_language_and_chinese_otherwise(string language, string title)
    {
        var reply = await server.Anonymous().Get("/api/v1/session", ("Accept-Language", language));

        Assert.Equal(title, (string?)reply["title"]);
    }

    [Fact]
    public async Task answers_carry_the_security_headers()
    {
        var reply = await server.Anonymous().Get("/healthz");

        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("frame-ancestors 'none'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(reply.Headers.Contains("Server"));
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Tests.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Definitions;

public sealed class Reading_a_definition
{
    public static TheoryData<string> Names => [.. ShippedWorkflows.Names];

    static string Code(string json) => DefinitionDocument.Read(json).Findings.First().Code;

    [Theory, MemberData(nameof(Names))]
    public void writing_and_reading_again_gives_the_same_bytes_and_loses_nothing(string name)
    {
        var text = ShippedWorkflows.Json(name);
        var written = DefinitionDocument.Read(text).Document!.Write();

        Assert.Equal(written, DefinitionDocument.Read(written).Document!.Write());
        Assert.Equal(Keys(JsonNode.Parse(text)), Keys(JsonNode.Parse(written)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(written)));
    }

    static List<string> Keys(JsonNode? node) => node switch
    {
        JsonObject json => [.. json.SelectMany(each => Keys(each.Value).Prepend(each.Key))],
        JsonArray list => [.. list.SelectMany(Keys)],
        _ => [],
    };

    [Fact]
    public void what_this_product_does_not_know_is_kept_byte_for_byte()
    {
        const string text = """{"vendor":{"__proto__":{"x":1.50},"constructor":[null,1e400,12345678901234567890]},"name":"流程","root":{"type":"Elsa.Flowchart","activities":[{"id":"a","type":"Acme.Ask","version":3,"ask":{"typeName":"String","expression":{"type":"Liquid","value":"{{ x }}"}}}]}}""";

        Assert.Equal(text, DefinitionDocument.Read(text).Document!.Write());
    }

    [Fact]
    public void an_unknown_activity_is_reported_and_kept()
    {
        var (document, findings) = DefinitionDocument.Read(Drawing.New.Raw("ask", "Acme.Ask", ("question", "?")).Connect("start->ask", "ask->end").Json().ToJsonString());

        Assert.Equal("ask", Assert.Single(findings, finding => finding.Code == "activity.unknown-type").ActivityId);
        Assert.Contains("Acme.Ask", document!.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void the_views_show_titles_positions_and_purpose()
    {
        var document = DefinitionDocument.Read(ShippedWorkflows.Json("bad-review")).Document!;
        var verification = document.Activities.Single(activity => activity.Id == "Verification");

        Assert.Equal(("bad-review", "bad-review-v1", 1, FlowPurpose.Ticket), (document.DefinitionId, document.Id, document.Version, document.Purpose));
        Assert.Equal(new LocalizedText("差评整改流程", "Bad-review pipeline"), document.Title);
        Assert.Equal(new LocalizedText("核实", "Verification"), verification.Title);
        Assert.Equal((300d, 290d), (verification.X, verification.Y));
        Assert.Equal(new ConnectionElement("TicketStart", "Done", "Verification", "/root/connections/0"), document.Connections[0]);
    }

    [Fact]
    public void a_text_edited_in_another_designer_becomes_the_chinese_title()
    {
        var json = (JsonObject)JsonNode.Parse(ShippedWorkflows.Json("bad-review"))!;
        json["root"]!["activities"]![1]!["metadata"]!["displayText"] = "调查核实";

        Assert.Equal(new LocalizedText("调查核实", "Verification"), DefinitionDocument.Of(json).Document.Activities[1].Title);
    }

    [Theory]
    [InlineData("variables"), InlineData("inputs"), InlineData("outputs"), InlineData("outcomes"), InlineData("customProperties"), InlineData("options")]
    public void null_and_absent_collections_are_the_same_as_empty_ones(string collection)
    {
        var json = Drawing.New.Task("a").Connect("start->a", "a->end").Json();
        json[collection] = null;
        Assert.Empty(DefinitionDocument.Of(json).Findings);
        json.Remove(collection);
        Assert.Empty(DefinitionDocument.Of(json).Findings);
    }

    [Theory]
    [InlineData("", "definition.malformed")]
    [InlineData("{\"a\":", "definition.malformed")]
    [InlineData("{} {}", "definition.malformed")]
    [InlineData("{\"a\":1,}", "definition.malformed")]
    [InlineData("null", "definition.not-object")]
    [InlineData("[]", "definition.not-object")]
    [InlineData("\"text\"", "definition.not-object")]
    [InlineData("{\"name\":\"\\ud800\"}", "definition.invalid-text")]
    [InlineData("{\"\\udc00\":1}", "definition.invalid-text")]
    [InlineData("{\"a\":{\"b\":1,\"\\u0062\":2}}", "definition.duplicate-key")]
    [InlineData("{}", "root.missing")]
    [InlineData("{\"root\":null}", "root.missing")]
    [InlineData("{\"root\":7}", "definition.wrong-type")]
    [InlineData("{\"root\":{\"type\":\"Elsa.Sequence\"}}", "root.unknown-type")]
    [InlineData("{\"root\":{}}", "root.unknown-type")]
    public void a_bad_text_becomes_a_finding(string text, string code) => Assert.Equal(code, Code(text));

    [Fact]
    public void a_duplicate_key_is_pointed_at() =>
        Assert.Equal("/root/activities/1/id", DefinitionDocument.Read("""{"root":{"activities":[{},{"id":"a","id":"b"}]}}""").Findings.Single().Pointer);

    [Fact]
    public void a_raw_half_surrogate_is_refused() => Assert.Equal("definition.invalid-text", Code("{\"name\":\"" + '\ud83d' + "\"}"));

    [Fact]
    public void bytes_that_are_not_utf8_are_refused() =>
        Assert.Contains(DefinitionDocument.Read([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]).Findings, finding => finding.Code is "definition.invalid-text" or "definition.malformed");

    [Fact]
    public void a_byte_order_mark_does_no_harm() => Assert.NotNull(DefinitionDocument.Read([0xEF, 0xBB, 0xBF, .. "{}"u8]).Document);

    [Theory]
    [InlineData(60, null), InlineData(65, "definition.too-deep"), InlineData(1_000_000, "definition.too-deep")]
    public void nesting_is_bounded(int depth, string? code)
    {
        var findings = DefinitionDocument.Read($"{{\"x\":{new string('[', depth)}{new string(']', depth)}}}").Findings;

        Assert.Equal(code, findings.Select(finding => finding.Code).FirstOrDefault(each => each.StartsWith("definition.", StringComparison.Ordinal)));
    }

    [Fact]
    public void a_hundred_thousand_activities_are_too_many()
    {
        var text = new StringBuilder("""{"root":{"type":"Elsa.Flowchart","activities":[""");
        for (var i = 0; i < 100_000; i++) text.Append(i == 0 ? "" : ",").Append($$"""{"id":"a{{i}}","type":"Elsa.End","version":1}""");

        var report = DefinitionCheck.Run(text.Append("]}}").ToString());

        Assert.Contains(report.Findings, finding => finding.Code == "definition.too-large");
        Assert.False(report.IsPublishable);
    }

    [Fact]
    public void a_text_of_many_megabytes_is_not_even_parsed() =>
        Assert.Equal("definition.too-large", Code("{\"x\":\"" + new string('x', DefinitionDocument.MaxBytes) + "\"}"));

    [Fact]
    public void the_largest_allowed_definition_is_checked()
    {
        var drawing = Drawing.New;
        for (var i = 0; i < DefinitionDocument.MaxActivities - 2; i++) drawing.Task($"t{i}").Connect(i == 0 ? "start->t0" : $"t{i - 1}->t{i}");

        Assert.True(DefinitionCheck.Run(drawing.Connect($"t{DefinitionDocument.MaxActivities - 3}->end").Json().ToJsonString()).IsPublishable);
    }

    [Theory]
    [InlineData("/id"), InlineData("/name"), InlineData("/version"), InlineData("/variables"), InlineData("/customProperties"), InlineData("/root"), InlineData("/root/type"),
     InlineData("/root/activities"), InlineData("/root/activities/1"), InlineData("/root/activities/1/id"), InlineData("/root/activities/1/type"), InlineData("/root/activities/1/version"),
     InlineData("/root/activities/1/metadata"), InlineData("/root/connections"), InlineData("/root/connections/0"), InlineData("/root/connections/0/source"), InlineData("/root/connections/0/source/port")]
    public void a_wrong_type_is_reported_where_it_stands(string pointer)
    {
        foreach (var wrong in (string[])["true", "1.5", "\"x\"", "[1]", "{\"a\":1}"])
        {
            var json = Drawing.New.Variable("v").Task("a").Connect("start->a", "a->end").Json();
            if (Fits(Set(json, pointer, JsonNode.Parse(wrong)), wrong)) continue;
            Assert.Contains(DefinitionDocument.Of(json).Findings, finding => finding.Pointer == pointer);
        }
    }

    static bool Fits(JsonNode? before, string wrong) => before!.GetValueKind() == JsonNode.Parse(wrong)!.GetValueKind() && wrong != "1.5";

    static JsonNode? Set(JsonObject json, string pointer, JsonNode? value)
    {
        JsonNode at = json;
        var path = pointer.Split('/')[1..];
        foreach (var step in path[..^1]) at = at is JsonArray list ? list[int.Parse(step)]! : at[step]!;
        var before = (at is JsonArray array ? array[int.Parse(path[^1])] : at[path[^1]])?.DeepClone();
        if (at is JsonArray into) into[int.Parse(path[^1])] = value;
        else at[path[^1]] = value;
        return before;
    }

    [Fact]
    public void two_activities_with_one_id_are_reported() =>
        Assert.Contains(DefinitionDocument.Of(Drawing.New.Task("a").Task("a").Json()).Findings, finding => finding is { Code: "activity.duplicate-id", Pointer: "/root/activities/3/id" });
}

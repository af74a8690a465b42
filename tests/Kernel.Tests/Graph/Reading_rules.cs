using System.Text.Json;
using Orchestrator.Kernel.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Graph;

public sealed class Reading_rules
{
    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
    static Condition Rule(string text) => ConditionReader.Read(Json(text)).Condition!;

    [Theory]
    [InlineData("""{"field":"age","op":"ge","value":18}""", true)]
    [InlineData("""{"field":"age","op":"lt","value":"18"}""", false)]
    [InlineData("""{"field":"name","op":"startsWith","value":"王"}""", true)]
    [InlineData("""{"field":"name","op":"in","value":["李四","王五"]}""", true)]
    [InlineData("""{"field":"nothing","op":"empty"}""", true)]
    [InlineData("""{"all":[{"field":"age","op":"gt","value":1},{"not":{"field":"name","op":"notEmpty"}}]}""", false)]
    [InlineData("""{"any":[false,{"field":"name","op":"contains","value":"五"}]}""", true)]
    [InlineData("\"{\\\"field\\\":\\\"age\\\",\\\"op\\\":\\\"eq\\\",\\\"value\\\":20}\"", true)]
    [InlineData("true", true)]
    public void a_rule_reads_the_fields_it_names(string rule, bool holds) =>
        Assert.Equal(holds, Rule(rule).Holds(field => field switch { "age" => Json("20"), "name" => Json("\"王五\""), _ => default }));

    [Theory]
    [InlineData("""{"field":"a","op":"like","value":1}""", "rule.unknown-operator", "/op")]
    [InlineData("""{"field":"a","value":1}""", "rule.unknown-operator", "/op")]
    [InlineData("""{"field":"","op":"eq","value":1}""", "rule.malformed", "/field")]
    [InlineData("""{"field":7,"op":"eq","value":1}""", "rule.malformed", "/field")]
    [InlineData("""{"field":"a","op":"eq"}""", "rule.value-missing", "")]
    [InlineData("""{"field":"a","op":"in","value":1}""", "rule.value-missing", "")]
    [InlineData("""{"all":[true,{"any":7}]}""", "rule.malformed", "/all/1/any")]
    [InlineData("""{"all":[],"any":[]}""", "rule.malformed", "")]
    [InlineData("""{}""", "rule.malformed", "")]
    [InlineData("7", "rule.malformed", "")]
    [InlineData("\"getName() == 1\"", "rule.malformed", "")]
    public void what_is_not_a_rule_is_pointed_at(string rule, string code, string pointer)
    {
        var (condition, findings) = ConditionReader.Read(Json(rule));

        Assert.Null(condition);
        Assert.Equal((code, pointer), (findings[0].Code, findings[0].Pointer));
    }

    [Fact]
    public void depth_and_size_are_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"not\":", Condition.MaxDepth)) + "true" + new string('}', Condition.MaxDepth);
        var wide = $"{{\"all\":[{string.Join(',', Enumerable.Repeat("{\"field\":\"a\",\"op\":\"empty\"}", Condition.MaxTerms + 1))}]}}";

        Assert.Equal("rule.too-large", ConditionReader.Read(Json(deep)).Findings[0].Code);
        Assert.Equal("rule.too-large", ConditionReader.Read(Json(wide)).Findings[0].Code);
    }

    [Fact]
    public void a_rule_is_said_in_plain_words()
    {
        var rule = Rule("""{"all":[{"field":"case.mode","op":"eq","value":"promise"},{"any":[{"field":"fee","op":"gt","value":100},{"not":{"field":"fee","op":"empty"}}]}]}""");

        var text = rule.Describe(field => field == "fee" ? new LocalizedText("收费", "the fee") : null);

        Assert.Equal("case.mode 等于 “promise” 且 （收费 大于 100 或 并非（收费 为空））", text.Zh);
        Assert.Equal("case.mode is \"promise\" and (the fee is greater than 100 or not (the fee is empty))", text.En);
    }
}

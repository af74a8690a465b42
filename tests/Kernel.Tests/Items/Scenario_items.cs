using System.Text.Json;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Items;
using Xunit;

namespace Orchestrator.Kernel.Tests.Items;

public sealed class Scenario_items
{
    static ItemTerms Read(string json) => ItemTerms.FromScenario("X1", JsonDocument.Parse(json).RootElement);

    [Fact]
    public void an_item_of_a_scenario_is_read_with_its_limits_and_materials()
    {
        var item = Read("""
            {"promised": "10wd", "statutory": "20wd", "kind": "promise", "review_kind": "substantive", "guide_version": 3,
             "materials": {"M1": {"name": "材料1", "necessity": "main"}, "M5": {"name": "材料5", "necessity": "minor", "tolerable": true}},
             "tolerance_materials": ["M5"], "special_procedures": [{"kind": "专家评审", "limit": "5wd", "published": true}], "result_forms": ["electronic", "paper"], "renewable": true}
            """);
        Assert.Equal(("X1", 3, TimeLimit.WorkingDays(10), TimeLimit.WorkingDays(20)), (item.Code, item.Version, item.Promised!, item.Statutory!));
        Assert.Equal(["M5"], item.ToleranceMaterials);
        Assert.True(item.Materials["M5"].Tolerable);
        Assert.Equal(new SpecialProcedureTerms("专家评审", TimeLimit.WorkingDays(5), true), Assert.Single(item.SpecialProcedures));
        Assert.True(item.Renewable);
        Assert.Equal("in_force", item.Status);
    }

    [Fact]
    public void a_joint_item_may_lack_its_lead()
    {
        var joint = Read("""{"promised": "10wd", "joint": {"lead": null, "limit": "10wd", "branches": {"A": "5wd", "B": "7wd"}}}""").Joint!;
        Assert.Null(joint.Lead);
        Assert.Equal(TimeLimit.WorkingDays(7), joint.Branches["B"]);
    }

    [Fact]
    public void a_promise_mode_names_what_it_waives()
    {
        var item = Read("""
            {"kind": "immediate", "promised": "0wd", "materials": {"M3": {"name": "材料3", "promise_waivable": true}}, "exclusion_classes": ["生态环境保护"],
             "promise_mode": {"waives": ["M3"], "text": "a", "liability": "b", "supervision": "c"}, "accept_on_receipt": true, "status": "draft"}
            """);
        Assert.Equal(["M3"], item.PromiseMode!.Waives);
        Assert.Equal(["生态环境保护"], item.ExclusionClasses);
        Assert.True(item.AcceptOnReceipt);
        Assert.True(item.IsImmediate);
        Assert.Equal("draft", item.Status);
    }

    [Fact]
    public void defaults_stand_where_the_scenario_is_silent()
    {
        var item = Read("{}");
        Assert.Equal((1, "promise", "substantive", "X1"), (item.Version, item.Kind, item.ReviewKind, item.Name));
        Assert.Null(item.Promised);
        Assert.Empty(item.Materials);
    }

    [Fact]
    public void tolerable_materials_are_the_tolerance_list_where_none_is_given() =>
        Assert.Equal(["M5"], Read("""{"materials": {"M1": {}, "M5": {"necessity": "minor", "tolerable": true}}}""").ToleranceMaterials);

    [Fact]
    public void a_wrong_limit_is_named_with_its_item() =>
        Assert.Contains("X1/promised", Assert.Throws<FormatException>(() => Read("""{"promised": "soon"}""")).Message, StringComparison.Ordinal);
}

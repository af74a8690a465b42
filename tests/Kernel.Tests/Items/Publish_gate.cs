using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;
using Xunit;

namespace Orchestrator.Kernel.Tests.Items;

public sealed class Publish_gate
{
    static readonly Instant Now = LegalTime.At(new LocalDateTime(2026, 9, 23, 9, 0));
    static readonly LegalBasis Law = new("《公共场所卫生管理条例》", "第四条", "行政法规");

    static PublishContext Context(string region = "QS", ImmutableArray<ItemVersion> published = default, ServiceItem? origin = null, bool reported = true) =>
        new(new PublishRequest(1, Now, Now, reported), ShippedProfiles.Get(region), published, origin);

    static ImmutableArray<ItemFinding> Check(ServiceItem item, string region = "QS") => ItemPublishGate.Check(item, Context(region));

    static ItemFinding Only(ServiceItem item, string rule, string region = "QS")
    {
        var finding = Assert.Single(Check(item, region));
        Assert.Equal(rule, finding.Rule);
        return finding;
    }

    [Fact]
    public void a_complete_item_passes_without_a_finding() => Assert.Empty(Check(SampleItem.Valid()));

    [Fact]
    public void V_01_an_item_from_no_authority_or_cancelled_is_blocked()
    {
        Only(SampleItem.Valid() with { CatalogueAuthority = "town" }, "V-01");
        Only(SampleItem.Valid() with { Status = "cancelled" }, "V-01");
        Assert.Equal("V-01", Assert.Single(ItemPublishGate.Check(SampleItem.Valid(), Context() with { Catalogue = new HashSet<string>() })).Rule);
    }

    [Fact]
    public void V_02_each_missing_element_of_the_fifteen_is_named()
    {
        Assert.Equal(15, ServiceGuide.Of(SampleItem.Valid()).Elements.Length);
        Assert.Equal(["complaint_channels"], Only(SampleItem.Valid() with { ComplaintChannels = [] }, "V-02").Named);
        Assert.Equal("/acceptance_conditions", Only(SampleItem.Valid() with { AcceptanceConditions = [" "] }, "V-02").Pointer);
        Assert.Equal("/promised_limit", Only(SampleItem.Valid() with { PromisedLimit = null }, "V-02").Pointer);
    }

    [Fact]
    public void V_02_a_word_outside_its_legal_list_is_blocked() =>
        Assert.Equal(["其他组"], Only(SampleItem.Valid() with { ServiceObject = ["法人", "其他组"] }, "V-02").Named);

    [Fact]
    public void V_03_catch_all_words_are_named()
    {
        var named = Only(SampleItem.Valid().With("M02", m => m with { Name = "其他有关材料" }), "V-03");
        Assert.Equal(["其他", "有关"], named.Named);
        Assert.Equal("/materials/M02/name", named.Pointer);
        Only(SampleItem.Valid().With("M02", m => m with { Spec = "有关部门要求的规格" }), "V-03");
    }

    [Fact]
    public void V_03_等_is_vague_in_NX_but_not_inside_an_ordinary_word()
    {
        var words = ShippedProfiles.Get("NX").ForbiddenWords;
        Assert.Equal(["等"], Wording.Hits("身份证等", words));
        Assert.Empty(Wording.Hits("安全等级证书", words));
        Assert.Equal(["等", "相关"], Wording.Hits("等级证书等相关材料", words));
    }

    [Fact]
    public void V_04_a_material_needs_a_law_regulation_or_rule()
    {
        Only(SampleItem.Valid().With("M02", m => m with { Basis = [] }), "V-04");
        Only(SampleItem.Valid().With("M02", m => m with { Basis = [Law with { Level = "规范性文件" }] }), "V-04");
    }

    [Fact]
    public void V_05_forms_have_blank_sample_and_notes()
    {
        Assert.Equal("/materials/M01/blank_form", Only(SampleItem.Valid().With("M01", m => m with { BlankForm = null }), "V-05").Pointer);
        Assert.Equal("/materials/M01/sample_form", Only(SampleItem.Valid().With("M01", m => m with { SampleForm = null }), "V-05").Pointer);
        Only(SampleItem.Valid().With("M01", m => m with { FillingNotes = "" }), "V-05");
    }

    [Fact]
    public void V_06_an_intermediary_is_named_by_class_and_never_alone()
    {
        Only(SampleItem.Valid().With("M02", m => m with { SourceKind = "中介" }), "V-06");
        Only(SampleItem.Valid().With("M02", m => m with { SourceKind = "中介", IntermediaryClass = "样例检测有限公司" }), "V-06");
        Assert.Empty(Check(SampleItem.Valid().With("M02", m => m with { SourceKind = "中介", Qualification = "具有检验检测机构资质认定证书" })));
    }

    [Fact]
    public void V_07_shared_or_licence_bound_material_is_exempt()
    {
        Only(SampleItem.Valid().With("M04", m => m with { Exempt = false }), "V-07");
        Only(SampleItem.Valid().With("M02", m => m with { LicenceTypeRef = "居民身份证" }), "V-07");
        Assert.Equal("/materials/M04/fetch_port", Only(SampleItem.Valid().With("M04", m => m with { FetchPort = null }), "V-07").Pointer);
    }

    [Theory]
    [InlineData("CQ", "20wd", "20wd", false)]
    [InlineData("XA", "20wd", "20wd", true)]
    [InlineData("CQ", "19wd", "20wd", true)]
    [InlineData("XA", "21wd", "20wd", false)]
    [InlineData("CQ", "5wd", "7cd", false)]
    [InlineData("XA", "5wd", "7cd", true)]
    [InlineData("CQ", "20wd", null, true)]
    public void V_08_promised_is_below_statutory_in_CQ_and_not_above_elsewhere(string region, string promised, string? statutory, bool passes)
    {
        var terms = new ItemTerms { Code = "X", Promised = TimeLimit.Parse(promised), Statutory = statutory is null ? null : TimeLimit.Parse(statutory) };
        var findings = ItemPublishGate.CheckTerms(terms, [], new PublishRequest(1, Now, Now, true), ShippedProfiles.Get(region));
        Assert.Equal(passes ? [] : ["V-08"], findings.Select(f => f.Rule));
    }

    [Fact]
    public void V_08_the_kind_of_the_item_fits_its_limit()
    {
        Only(SampleItem.Valid() with { HandlingKind = "immediate" }, "V-08");
        Only(SampleItem.Valid() with { PromisedLimit = TimeLimit.WorkingDays(0) }, "V-08");
    }

    [Fact]
    public void V_09_formal_review_in_CQ_is_decided_on_the_spot()
    {
        var formal = SampleItem.Valid("CQ", "city") with { ReviewKind = "formal" };
        Only(formal, "V-09", "CQ");
        Assert.Empty(Check(formal with { CatalogueAuthority = "district" }, "QS"));
    }

    [Fact]
    public void V_10_special_procedures_are_known_limited_and_published()
    {
        ServiceItem With(SpecialProcedureTerms procedure) => SampleItem.Valid() with { SpecialProcedures = [procedure] };
        Assert.Empty(Check(With(new("现场勘验", TimeLimit.WorkingDays(5), true))));
        Assert.Equal("/special_procedures/0/kind", Only(With(new("评估", TimeLimit.WorkingDays(5), true)), "V-10").Pointer);
        Assert.Equal("/special_procedures/0/limit", Only(With(new("听证", null, true)), "V-10").Pointer);
        Assert.Equal("/special_procedures/0/published", Only(With(new("听证", TimeLimit.WorkingDays(5), false)), "V-10").Pointer);
    }

    [Fact]
    public void V_11_results_have_a_redacted_sample_in_a_safe_format()
    {
        ServiceItem With(GuideFile? sample) => SampleItem.Valid() with { ResultTypes = [new("许可证", "证照", sample)] };
        Only(With(null), "V-11");
        Only(With(new("样本", "licence.exe", true)), "V-11");
        Assert.Equal("/result_types/0/sample/redacted", Only(With(new("样本", "licence.pdf")), "V-11").Pointer);
    }

    [Fact]
    public void V_12_a_difference_from_the_base_item_is_a_warning_unless_it_is_listed()
    {
        var item = SampleItem.Valid() with { StatutoryLimit = TimeLimit.WorkingDays(15) };
        var finding = Assert.Single(ItemPublishGate.Check(item, Context(origin: SampleItem.Valid())));
        Assert.Equal(("V-12", FindingSeverity.Warn, "/statutory_limit"), (finding.Rule, finding.Severity, finding.Pointer));
        Assert.Empty(ItemPublishGate.Check(item with { Guide = new() { UniformDifferences = ["statutory_limit"] } }, Context(origin: SampleItem.Valid())));
    }

    [Fact]
    public void V_13_a_fee_needs_basis_and_standard()
    {
        Only(SampleItem.Valid() with { Fees = [new("工本费", 10, "本", "", "10元/本")] }, "V-13");
        Assert.Empty(Check(SampleItem.Valid() with { Fees = [new("工本费", 0, "本", "", "")] }));
    }

    [Fact]
    public void V_14_online_never_replaces_offline()
    {
        Only(SampleItem.Valid() with { HandlingForm = ["网上"] }, "V-14");
        Only(SampleItem.Valid() with { OnlineFirst = true }, "V-14");
    }

    [Fact]
    public void V_15_and_V_16_warn_of_items_offline_or_outside_the_centre_without_a_reason()
    {
        Assert.Equal(FindingSeverity.Warn, Only(SampleItem.Valid() with { HandlingForm = ["窗口"] }, "V-15").Severity);
        Assert.Empty(Check(SampleItem.Valid() with { HandlingForm = ["窗口"], OnlineException = "须当面核验" }));
        Assert.Equal(FindingSeverity.Warn, Only(SampleItem.Valid() with { InCenter = new(false) }, "V-16").Severity);
        Assert.Empty(Check(SampleItem.Valid() with { InCenter = new(false, "涉密") }));
    }

    [Fact]
    public void V_17_promise_mode_is_listed_complete_and_outside_the_excluded_classes()
    {
        var mode = new PromiseMode(["M02"], "承诺", "责任", "核查", Listed: true);
        Assert.Empty(Check(SampleItem.Valid() with { PromiseMode = mode }));
        Only(SampleItem.Valid() with { PromiseMode = mode with { Listed = false } }, "V-17");
        Only(SampleItem.Valid() with { PromiseMode = mode with { Waives = ["M01"] } }, "V-17");
        Assert.Equal("/promise_mode/liability", Only(SampleItem.Valid() with { PromiseMode = mode with { Liability = "" } }, "V-17").Pointer);
        Assert.Equal(["生态环境保护"], Only(SampleItem.Valid() with { PromiseMode = mode, ExclusionClasses = ["生态环境"] }, "V-17").Named);
        Assert.Empty(Check(SampleItem.Valid("CQ", "city") with { PromiseMode = mode, ExclusionClasses = ["金融业审慎监管"] }, "CQ"));
        Only(SampleItem.Valid("XA", "league") with { PromiseMode = mode }, "V-17", "XA");
    }

    [Fact]
    public void V_18_only_minor_materials_are_tolerable_and_the_effect_is_printed()
    {
        Only(SampleItem.Valid().With("M03", m => m with { Necessity = "main" }), "V-18");
        Only(SampleItem.Valid() with { ToleranceOverdue = null }, "V-18");
        Only(SampleItem.Valid() with { ToleranceLimit = null }, "V-18");
        Only(SampleItem.Valid("AQ", "banner"), "V-18", "AQ");
    }

    [Fact]
    public void V_19_a_joint_item_has_its_lead()
    {
        var joint = new JointHandling(["A", "B"], null, TimeLimit.WorkingDays(10), ImmutableSortedDictionary<string, TimeLimit>.Empty.Add("A", TimeLimit.WorkingDays(5)));
        Only(SampleItem.Valid() with { Joint = joint }, "V-19");
        Assert.Empty(Check(SampleItem.Valid() with { Joint = joint with { Lead = "A" } }));
    }

    [Fact]
    public void V_28_versions_neither_overlap_nor_change_their_content()
    {
        var terms = SampleItem.Valid().ToTerms() with { Version = 3 };
        ImmutableArray<ItemVersion> published = [new(terms, Now - Duration.FromDays(30))];
        string[] Rules(ItemTerms next, Instant effective) =>
            [.. ItemPublishGate.CheckTerms(next, published, new PublishRequest(next.Version, Now, effective, true), ShippedProfiles.Get("QS")).Select(f => f.Rule)];

        Assert.Empty(Rules(terms with { Version = 4 }, Now));
        Assert.Empty(Rules(terms, Now));
        Assert.Equal(["V-28"], Rules(terms with { Promised = TimeLimit.WorkingDays(6) }, Now));
        Assert.Equal(["V-28"], Rules(terms with { Version = 2 }, Now));
        Assert.Equal(["V-28"], Rules(terms with { Version = 4 }, Now - Duration.FromMinutes(1)));
        published = [new(terms, Now + Duration.FromDays(5))];
        Assert.Equal(["V-28"], Rules(terms with { Version = 4 }, Now + Duration.FromDays(5)));
    }

    [Fact]
    public void V_29_only_CQ_demands_the_report_to_the_body()
    {
        var item = SampleItem.Valid("CQ", "city");
        Assert.Equal("V-29", Assert.Single(ItemPublishGate.Check(item, Context("CQ", reported: false))).Rule);
        Assert.Empty(ItemPublishGate.Check(SampleItem.Valid(), Context("QS", reported: false)));
    }

    [Fact]
    public void V_30_warns_of_a_channel_that_shows_another_guide()
    {
        var item = SampleItem.Valid();
        ServiceItem Seen(string hash) => item with { Guide = new() { ChannelHash = ImmutableSortedDictionary<string, string>.Empty.Add("大厅", hash) } };
        Assert.Empty(Check(Seen(ServiceGuide.Of(item).ContentHash)));
        Assert.Equal(["大厅"], Only(Seen("0"), "V-30").Named);
        Assert.NotEqual(ServiceGuide.Of(item).ContentHash, ServiceGuide.Of(item.With("M01", m => m with { Copies = 2 })).ContentHash);
    }

    [Fact]
    public void V_31_proxies_of_AQ_file_listed_items_only()
    {
        var item = SampleItem.Valid("AQ", "banner") with { ToleranceMaterials = [], HandlingForm = ["窗口", "网上", "代办"] };
        item = item.With("M03", m => m with { Tolerable = false });
        Only(item, "V-31", "AQ");
        Assert.Empty(Check(item with { ProxyListed = true }, "AQ"));
    }

    [Fact]
    public void V_32_every_answer_leads_somewhere()
    {
        ServiceItem With(params SituationAnswer[] answers) => SampleItem.Valid() with { Situations = new("场所是否租赁", [.. answers]) };
        Assert.Empty(Check(With(new("是", ["M02"]), new("否", [], new("是否自有", [new("是", ["M02"]), new("否", ["M03"])])))));
        Assert.Equal("/situations/answers/1", Only(With(new("是", ["M02"]), new("否", [])), "V-32").Pointer);
        Assert.Equal(["M09"], Only(With(new("是", ["M02"]), new("否", ["M09"])), "V-32").Named);
        Only(With(new SituationAnswer("是", ["M02"])), "V-32");
    }

    [Theory]
    [InlineData("千山区政务服务中心", true)]
    [InlineData("科右前旗政务服务中心不动产分中心", true)]
    [InlineData("天山镇便民服务中心", true)]
    [InlineData("样例村便民服务站", true)]
    [InlineData("千山区办事大厅", false)]
    public void V_33_halls_are_named_by_pattern(string hall, bool fits)
    {
        var item = SampleItem.Valid() with { HandlingPlace = [new(hall, ["W01"], "样例路1号", "09:00-17:00")] };
        Assert.Equal(fits ? [] : ["V-33"], Check(item).Select(f => f.Rule));
    }

    [Fact]
    public void V_34_a_special_window_has_its_approval() =>
        Only(SampleItem.Valid() with { SpecialWindow = new("W09", null, "即办件") }, "V-34");

    [Fact]
    public void findings_come_in_the_order_of_the_rules()
    {
        var item = SampleItem.Valid("CQ", "city").With("M02", m => m with { Name = "其他材料" }) with { PromisedLimit = TimeLimit.WorkingDays(20) };
        Assert.Equal(["V-03", "V-08", "V-29"], ItemPublishGate.Check(item, Context("CQ", reported: false)).Select(f => f.Rule));
    }
}

using System.Collections.Immutable;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Items;

/// <summary>The closed words of items and materials, in the language of the legal lists, with their English names.</summary>
public static class ItemWords
{
    static readonly ImmutableArray<string> Types = ["行政许可", "行政确认", "行政奖励", "行政给付", "行政裁决", "行政备案", "其他行政权力", "公共服务"];
    static readonly ImmutableArray<string> Classes = ["行政权力", "公共服务"];
    static readonly ImmutableArray<string> Levels = ["区", "盟市", "旗县", "乡镇", "村"];
    static readonly ImmutableArray<string> Objects = ["自然人", "法人", "其他组织"];
    static readonly ImmutableArray<string> Forms = ["窗口", "网上", "自助", "代办", "预约"];
    static readonly ImmutableArray<string> Scopes = ["无", "全市", "全省", "跨省"];
    static readonly ImmutableArray<string> AreaModes = ["全程网办", "异地代收代办", "多地联办"];
    static readonly ImmutableArray<string> Kinds = ["promise", "immediate"];
    static readonly ImmutableArray<string> Reviews = ["substantive", "formal"];
    static readonly ImmutableArray<string> Stages = ["consult", "appoint", "apply", "accept", "review", "decide", "deliver"];
    static readonly ImmutableArray<string> ContactKinds = ["窗口", "电话", "网上", "信函"];
    static readonly ImmutableArray<string> MaterialTypes = ["表格", "证照", "证明", "批文", "中介报告", "自备"];
    static readonly ImmutableArray<string> Electronic = ["要", "不要", "可"];
    static readonly ImmutableArray<string> Sources = ["申请人自备", "政府核发", "中介", "法定机构"];
    static readonly ImmutableArray<string> Necessities = ["main", "minor"];
    static readonly ImmutableArray<string> Channels = ["大厅", "政府网站", "平台", "移动端", "自助终端", "小程序"];
    static readonly ImmutableArray<string> ResultForms = ["electronic", "paper"];

    static readonly ImmutableDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["行政许可"] = "Administrative licence", ["行政确认"] = "Administrative confirmation", ["行政奖励"] = "Administrative award", ["行政给付"] = "Administrative benefit",
        ["行政裁决"] = "Administrative ruling", ["行政备案"] = "Administrative filing", ["其他行政权力"] = "Other administrative power", ["公共服务"] = "Public service", ["行政权力"] = "Administrative power",
        ["区"] = "Region", ["盟市"] = "League or city", ["旗县"] = "Banner, county or district", ["乡镇"] = "Town or sub-district", ["村"] = "Village or community",
        ["自然人"] = "Natural persons", ["法人"] = "Legal persons", ["其他组织"] = "Other organisations",
        ["窗口"] = "Window", ["网上"] = "Online", ["自助"] = "Self-service", ["代办"] = "By proxy", ["预约"] = "By appointment", ["电话"] = "Telephone", ["信函"] = "Letter",
        ["无"] = "None", ["全市"] = "City-wide", ["全省"] = "Province-wide", ["跨省"] = "Across provinces", ["全程网办"] = "Fully online", ["异地代收代办"] = "Received elsewhere", ["多地联办"] = "Handled jointly by several places",
        ["表格"] = "Form", ["证照"] = "Licence or certificate", ["证明"] = "Proof", ["批文"] = "Approval document", ["中介报告"] = "Intermediary report", ["自备"] = "Own material",
        ["要"] = "Required", ["不要"] = "Not required", ["可"] = "Optional", ["申请人自备"] = "Applicant", ["政府核发"] = "Issued by government", ["中介"] = "Intermediary", ["法定机构"] = "Statutory body",
        ["大厅"] = "Hall", ["政府网站"] = "Government website", ["平台"] = "Service platform", ["移动端"] = "Mobile app", ["自助终端"] = "Self-service terminal", ["小程序"] = "Mini programme",
        ["法律"] = "Law", ["行政法规"] = "Administrative regulation", ["地方性法规"] = "Local regulation", ["部门规章"] = "Departmental rule", ["地方政府规章"] = "Local government rule", ["规范性文件"] = "Normative document",
    }.ToImmutableDictionary();

    /// <summary>The English name of a word; the word itself when it has none.</summary>
    public static string English(string word) => Names.GetValueOrDefault(word, word);

    /// <summary>Every closed word an item uses, with its place and the words allowed there.</summary>
    internal static IEnumerable<(string Pointer, string Value, ImmutableArray<string> Allowed)> Used(ServiceItem item, PolicyProfile profile) =>
    [
        ("/item_type", item.ItemType, TypesOf(profile)), ("/item_class", item.ItemClass, Classes), ("/level", item.Level, Levels),
        ("/handling_kind", item.HandlingKind, Kinds), ("/review_kind", item.ReviewKind, Reviews), ("/area_scope", item.AreaScope, Scopes),
        .. item.AreaScope == "无" ? [] : new[] { ("/area_mode", item.AreaMode ?? "", AreaModes) },
        .. Each("/service_object", item.ServiceObject, Objects), .. Each("/handling_form", item.HandlingForm, Forms), .. Each("/result_forms", item.ResultForms, ResultForms),
        .. Each("/process/steps", item.Process.Steps.Select(s => s.Stage), Stages, "/stage"), .. Each("/guide/channels", item.Guide.Channels, Channels),
        .. Each("/consult_channels", item.ConsultChannels.Select(c => c.Kind), ContactKinds, "/kind"), .. Each("/complaint_channels", item.ComplaintChannels.Select(c => c.Kind), ContactKinds, "/kind"),
        .. Each("/legal_basis", item.LegalBasis.Select(b => b.Level), Items.LegalBasis.Levels, "/level"),
        .. item.Materials.SelectMany(m => OfMaterial($"/materials/{m.Key}", m.Value)),
    ];

    static IEnumerable<(string, string, ImmutableArray<string>)> OfMaterial(string at, Material material) =>
    [
        ($"{at}/type", material.Type, MaterialTypes), ($"{at}/necessity", material.Necessity, Necessities), ($"{at}/electronic", material.Electronic, Electronic),
        ($"{at}/source_kind", material.SourceKind, Sources), .. Each($"{at}/basis", material.Basis.Select(b => b.Level), Items.LegalBasis.Levels, "/level"),
    ];

    // P42 lists either the types themselves or only the classes; 行政审批 (NX-2.2a) stands for all powers.
    static ImmutableArray<string> TypesOf(PolicyProfile profile)
    {
        var listed = profile["P42"].Split('、');
        return listed.Contains("行政权力") || listed.Contains("行政审批") ? Types : [.. listed];
    }

    static IEnumerable<(string, string, ImmutableArray<string>)> Each(string at, IEnumerable<string> values, ImmutableArray<string> allowed, string field = "") =>
        values.Select((value, i) => ($"{at}/{i}{field}", value, allowed));
}

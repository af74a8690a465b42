namespace Orchestrator.Kernel.Items;

public static partial class ItemPublishGate
{
    /// <summary>V-12 (XA-9.2, QS-3b): the fourteen uniform elements are those of the base item, or the difference is listed in the guide.</summary>
    static IEnumerable<ItemFinding> UniformElements(ServiceItem item, PublishContext context)
    {
        if (context.Base is not { } origin) yield break;
        var strict = context.Profile["P43"].Contains("strict", StringComparison.Ordinal);
        foreach (var ((key, pointer, value), (_, _, expected)) in Uniform(item).Zip(Uniform(origin)))
            if (value != expected && !item.Guide.UniformDifferences.Contains(key))
            {
                var finding = Warn("V-12", pointer, $"统一要素与基本目录不一致：{key}", $"A uniform element differs from the base item: {key}", key);
                yield return strict ? finding with { Severity = FindingSeverity.Block } : finding;
            }
    }

    /// <summary>十四统一 U-01…U-14 as comparable texts. Level and body are compared by kind in the base item's own list of differences.</summary>
    static IEnumerable<(string Key, string Pointer, string Value)> Uniform(ServiceItem item) =>
    [
        ("name", "/name", item.Name),
        ("item_code", "/item_code", item.ItemCode),
        ("item_type", "/item_type", item.ItemType),
        ("legal_basis", "/legal_basis", string.Join("；", item.LegalBasis.Select(b => b.Name + b.Article))),
        ("level", "/level", item.Level),
        ("implementing_body", "/implementing_body", item.ImplementingBody),
        ("acceptance_conditions", "/acceptance_conditions", string.Join("；", item.AcceptanceConditions)),
        ("service_object", "/service_object", string.Join("、", item.ServiceObject)),
        ("process", "/process", string.Join("；", item.Process.Steps.Select(s => s.Stage + s.Text))),
        ("materials", "/materials", string.Join("；", item.Materials.Values.Select(m => m.Name))),
        ("statutory_limit", "/statutory_limit", $"{item.StatutoryLimit}"),
        ("promised_limit", "/promised_limit", $"{item.PromisedLimit}"),
        ("fees", "/fees", string.Join("；", item.Fees.Select(f => f.Name + f.Basis))),
        ("result_types", "/result_types", string.Join("；", item.ResultTypes.Select(r => r.Name))),
    ];
}

using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Items;

public static partial class ItemPublishGate
{
    /// <summary>V-03 on the wording beside the names, which the terms check covers.</summary>
    static IEnumerable<ItemFinding> MaterialWording(ServiceItem item, PolicyProfile profile)
    {
        foreach (var (id, material) in item.Materials)
            foreach (var (field, text) in new[] { ("spec", material.Spec), ("format", material.Format), ("filling_notes", material.FillingNotes), ("qualification", material.Qualification) })
                if (Wording.Hits(text, profile.ForbiddenWords) is { Length: > 0 } hits)
                    yield return Wordy($"/materials/{id}/{field}", text!, hits);
        for (var i = 0; i < item.AcceptanceConditions.Length; i++)
            if (Wording.Hits(item.AcceptanceConditions[i], profile.ForbiddenWords) is { Length: > 0 } hits)
                yield return Wordy($"/acceptance_conditions/{i}", item.AcceptanceConditions[i], hits);
    }

    /// <summary>V-04 (XA-10.1a): each material rests on a law, regulation or rule.</summary>
    static IEnumerable<ItemFinding> MaterialBasis(ServiceItem item)
    {
        foreach (var (id, material) in item.Materials)
            if (!material.Basis.Any(basis => basis.IsBinding && basis.Name.Length > 0 && basis.Article.Length > 0))
                yield return Block("V-04", $"/materials/{id}/basis", $"材料“{material.Name}”没有法律、法规或者规章依据", $"The material “{material.Name}” has no basis in a law, regulation or rule", id);
    }

    /// <summary>V-05 (XA-10.2, NX-2.2b): forms come with a blank, a filled sample and notes.</summary>
    static IEnumerable<ItemFinding> Forms(ServiceItem item)
    {
        foreach (var (id, material) in item.Materials.Where(m => m.Value.Type == "表格"))
        {
            if (material.BlankForm is null)
                yield return Block("V-05", $"/materials/{id}/blank_form", $"表格“{material.Name}”没有空表", $"The form “{material.Name}” has no blank", id);
            if (material.SampleForm is null)
                yield return Block("V-05", $"/materials/{id}/sample_form", $"表格“{material.Name}”没有样本", $"The form “{material.Name}” has no filled sample", id);
            if (string.IsNullOrWhiteSpace(material.FillingNotes))
                yield return Block("V-05", $"/materials/{id}/filling_notes", $"表格“{material.Name}”没有填写说明", $"The form “{material.Name}” has no filling notes", id);
        }
    }

    /// <summary>V-06 (XA-10.3, QS-8c): intermediary materials name a class or a qualification, and no single agency.</summary>
    static IEnumerable<ItemFinding> Intermediaries(ServiceItem item)
    {
        foreach (var (id, material) in item.Materials.Where(m => m.Value.SourceKind is "中介" or "法定机构"))
        {
            var said = material.IntermediaryClass + material.Qualification;
            if (string.IsNullOrWhiteSpace(said))
                yield return Block("V-06", $"/materials/{id}/qualification", $"材料“{material.Name}”未写明出具机构的类别或者资质要求", $"The material “{material.Name}” names neither the class nor the qualification of its maker", id);
            else if (said.Contains("有限公司", StringComparison.Ordinal) || said.Contains("指定", StringComparison.Ordinal))
                yield return Block("V-06", $"/materials/{id}/intermediary_class", $"材料“{material.Name}”不得指定特定的中介机构", $"The material “{material.Name}” must not name one single agency", id);
        }
    }

    /// <summary>V-07 (XA-10.4a, QS-T45): what can be shared or read from a licence is not demanded.</summary>
    static IEnumerable<ItemFinding> Exemptions(ServiceItem item)
    {
        foreach (var (id, material) in item.Materials)
        {
            var readable = material.Shareable || material.LicenceTypeRef is not null;
            if (readable && !material.Exempt)
                yield return Block("V-07", $"/materials/{id}/exempt", $"材料“{material.Name}”可以共享获取或者已绑定证照，应当免提交", $"The material “{material.Name}” can be shared or read from a licence and must be exempt", id);
            if (material.Exempt && !readable)
                yield return Block("V-07", $"/materials/{id}/exempt", $"材料“{material.Name}”免提交但没有共享接口或者证照绑定", $"The material “{material.Name}” is exempt, but neither shared nor bound to a licence", id);
            if (material.Shareable && string.IsNullOrWhiteSpace(material.FetchPort))
                yield return Block("V-07", $"/materials/{id}/fetch_port", $"共享材料“{material.Name}”没有获取接口", $"The shared material “{material.Name}” has no interface to fetch it from", id);
            if (material.ConfirmByApplicant && !material.Shareable)
                yield return Block("V-07", $"/materials/{id}/confirm_by_applicant", $"只有共享材料可以请申请人确认（“{material.Name}”）", $"Only shared material can be confirmed by the applicant (“{material.Name}”)", id);
        }
    }

    /// <summary>V-17, the part of the full record: on the published list, and waiving 证明 only (CQ-23).</summary>
    static IEnumerable<ItemFinding> PromiseList(ServiceItem item)
    {
        if (item.PromiseMode is not { } mode) yield break;
        if (!mode.Listed)
            yield return Block("V-17", "/promise_mode/listed", "事项不在已公布的告知承诺事项清单中", "The item is not on the published list of promise items");
        foreach (var id in mode.Waives)
            if (item.Materials.GetValueOrDefault(id) is not { Type: "证明", PromiseWaivable: true })
                yield return Block("V-17", "/promise_mode/waives", $"“{id}”不是可承诺替代的证明材料", $"“{id}” is not a proof that a promise may replace", id);
    }

    /// <summary>V-18, the part of the full record: limit and overdue treatment are printed (CQ-19b).</summary>
    static IEnumerable<ItemFinding> Tolerance(ServiceItem item)
    {
        if (item.ToleranceMaterials.IsEmpty) yield break;
        if ((item.ToleranceLimit ?? item.CorrectionLimit) is not { Count: > 0 })
            yield return Block("V-18", "/tolerance_limit", "可容缺事项未设容缺补正期限", "An item with tolerable materials needs a supplement limit");
        if (item.ToleranceOverdue is not ("deny_with_reasons" or "deemed_withdrawn"))
            yield return Block("V-18", "/tolerance_overdue", "未写明容缺材料超期的处理办法", "The treatment of a late supplement is not set");
    }
}

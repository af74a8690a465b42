using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Items;

public sealed partial record ItemTerms
{
    /// <summary>Reads an item of a scenario file: its field names (docs/SCENARIOS.md), limits as texts such as <c>10wd</c>; what is absent takes its default.</summary>
    /// <exception cref="FormatException">A member has the wrong form; the message names it.</exception>
    public static ItemTerms FromScenario(string code, JsonElement item) => ScenarioItems.Read(code, item);
}

/// <summary>Items as scenario files write them.</summary>
static class ScenarioItems
{
    internal static ItemTerms Read(string code, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) throw Wrong(code, "an item is an object");
        var terms = new ItemTerms { Code = code, Name = code };
        foreach (var member in item.EnumerateObject())
            terms = Take(terms, code, member);
        return terms.ToleranceMaterials.IsEmpty
            ? terms with { ToleranceMaterials = [.. terms.Materials.Where(m => m.Value.Tolerable).Select(m => m.Key)] }
            : terms;
    }

    /// <summary>The item with the changes of a publish act: members of the item form, <c>drop_materials</c> and <c>add_materials</c>.</summary>
    internal static ItemTerms Revise(ItemTerms origin, JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object) return origin;
        foreach (var member in data.EnumerateObject())
            origin = Take(origin, origin.Code, member);
        return origin;
    }

    static ItemTerms Drop(ItemTerms item, ImmutableArray<string> ids) => item with
    {
        Materials = item.Materials.RemoveRange(ids),
        ToleranceMaterials = item.ToleranceMaterials.RemoveRange(ids),
        PromiseMode = item.PromiseMode is { } mode ? mode with { Waives = mode.Waives.RemoveRange(ids) } : null,
    };

    static ItemTerms Take(ItemTerms terms, string code, JsonProperty member)
    {
        var (name, value) = (member.Name, member.Value);
        try
        {
            return name switch
            {
                "name" => terms with { Name = value.GetString() ?? code },
                "guide_version" or "version" => terms with { Version = value.GetInt32() },
                "promised" or "promised_limit" => terms with { Promised = Limit(value) },
                "statutory" or "statutory_limit" => terms with { Statutory = Limit(value) },
                "kind" or "handling_kind" => terms with { Kind = value.GetString()! },
                "review_kind" => terms with { ReviewKind = value.GetString()! },
                "materials" => terms with { Materials = Materials(value) },
                "tolerance_materials" => terms with { ToleranceMaterials = Texts(value) },
                "tolerance_limit" => terms with { ToleranceLimit = Limit(value) },
                "tolerance_overdue" => terms with { ToleranceOverdue = value.GetString() },
                "special_procedures" => terms with { SpecialProcedures = Procedures(value) },
                "renewable" => terms with { Renewable = value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null) },
                "joint" => terms with { Joint = Joint(value) },
                "promise_mode" => terms with { PromiseMode = Promise(value) },
                "exclusion_classes" => terms with { ExclusionClasses = Texts(value) },
                "accept_on_receipt" => terms with { AcceptOnReceipt = value.GetBoolean() },
                "proxy_listed" => terms with { ProxyListed = value.GetBoolean() },
                "correction_limit" => terms with { CorrectionLimit = Limit(value) },
                "result_forms" => terms with { ResultForms = Texts(value) },
                "windows" => terms with { Windows = Texts(value) },
                "pre_review" => terms with { PreReview = value.GetBoolean() },
                "status" => terms with { Status = value.GetString() ?? "in_force" },
                "department" => terms with { Department = value.GetString() },
                "drop_materials" => Drop(terms, Texts(value)),
                "add_materials" => terms with { Materials = terms.Materials.SetItems(Materials(value)) },
                _ => terms,   // fields of 7.1 that do not decide how a case runs
            };
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or JsonException)
        {
            throw Wrong($"{code}/{name}", e.Message, e);
        }
    }

    /// <summary>The materials by id; also the form of <c>add_materials</c> in a publish act.</summary>
    internal static ImmutableSortedDictionary<string, MaterialTerms> Materials(JsonElement value) =>
        value.EnumerateObject().ToImmutableSortedDictionary(m => m.Name, m => Material(m.Name, m.Value), StringComparer.Ordinal);

    static MaterialTerms Material(string id, JsonElement value) => new()
    {
        Name = Text(value, "name") ?? id, Necessity = Text(value, "necessity") ?? "main",
        Tolerable = Flag(value, "tolerable"), PromiseWaivable = Flag(value, "promise_waivable"), Shareable = Flag(value, "shareable"),
        LicenceTypeRef = Text(value, "licence_type_ref"), PaperRequiredBasis = Text(value, "paper_required_basis"),
    };

    static ImmutableArray<SpecialProcedureTerms> Procedures(JsonElement value) =>
        [.. value.EnumerateArray().Select(p => new SpecialProcedureTerms(
            Text(p, "kind") ?? "", p.TryGetProperty("limit", out var limit) || p.TryGetProperty("own_limit", out limit) ? Limit(limit) : null, Flag(p, "published")))];

    static JointTerms? Joint(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : new(
        Text(value, "lead"), TimeLimit.Parse(value.GetProperty("limit").GetString()!),
        value.GetProperty("branches").EnumerateObject().ToImmutableSortedDictionary(b => b.Name, b => TimeLimit.Parse(b.Value.GetString()!), StringComparer.Ordinal));

    static PromiseTerms? Promise(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : new(
        value.TryGetProperty("waives", out var waives) ? Texts(waives) : [], Text(value, "text") ?? "", Text(value, "liability") ?? "", Text(value, "supervision") ?? "");

    static TimeLimit? Limit(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || value.GetString() is "none" or "无" ? null : TimeLimit.Parse(value.GetString()!);

    static ImmutableArray<string> Texts(JsonElement value) => [.. value.EnumerateArray().Select(v => v.GetString()!)];

    static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member.GetString() : null;

    static bool Flag(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null && member.GetBoolean();

    static FormatException Wrong(string where, string why, Exception? inner = null) => new($"Item {where} of the scenario: {why}", inner);
}

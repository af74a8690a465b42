using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Host.Items;

/// <summary>An item in lists.</summary>
/// <param name="Code">事项编码.</param>
/// <param name="Name">Name.</param>
/// <param name="Region">Region.</param>
/// <param name="Department">Department that handles it.</param>
/// <param name="DepartmentName">Its name; null where the organisation does not know it.</param>
/// <param name="ItemType">事项类型.</param>
/// <param name="ServiceObject">服务对象.</param>
/// <param name="Themes">主题.</param>
/// <param name="HandlingKind">promise 承诺件 or immediate 即办件.</param>
/// <param name="Promised">承诺办结时限, for example <c>5wd</c>; null for none.</param>
/// <param name="Statutory">法定办结时限; null for 无.</param>
/// <param name="OnlineDepth">网办深度 0 to 4.</param>
/// <param name="Status">in_force, suspended or cancelled, at this instant.</param>
/// <param name="Version">Version in force.</param>
/// <param name="EffectiveFrom">Since when.</param>
sealed record ItemSummary(
    string Code, LocalizedText Name, string Region, string Department, LocalizedText? DepartmentName, string ItemType, IReadOnlyList<string> ServiceObject, IReadOnlyList<string> Themes,
    string HandlingKind, string? Promised, string? Statutory, int OnlineDepth, string Status, long Version, Instant EffectiveFrom);

/// <summary>An item with the whole record of the version in force.</summary>
/// <param name="Code">事项编码.</param>
/// <param name="Status">in_force, suspended or cancelled, at this instant.</param>
/// <param name="Version">Version.</param>
/// <param name="EffectiveFrom">Since when it is in force.</param>
/// <param name="EffectiveTo">Until when; null while no next version is published.</param>
/// <param name="ContentHash">内容指纹 of its guide.</param>
/// <param name="Item">The whole record, in the item format (snake_case members).</param>
sealed record ItemDetail(string Code, string Status, long Version, Instant EffectiveFrom, Instant? EffectiveTo, string ContentHash, JsonElement Item);

/// <summary>A published version.</summary>
/// <param name="Version">Number.</param>
/// <param name="EffectiveFrom">Since when new cases take it.</param>
/// <param name="EffectiveTo">Until when; null while it is open.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="PublishedBy">Login of who published it.</param>
/// <param name="ContentHash">内容指纹 of its guide.</param>
sealed record ItemVersionView(long Version, Instant EffectiveFrom, Instant? EffectiveTo, Instant PublishedAt, string PublishedBy, string ContentHash);

/// <summary>An item version as stored, with the standing of its item.</summary>
sealed class ItemVersionRow
{
    /// <summary>Standing at <c>@at</c>: the latest entry in effect; without any the item is in force.</summary>
    const string Standing = """
        COALESCE((SELECT s.status FROM item_standing s WHERE s.item_code = i.item_code AND s.effective_from <= @at ORDER BY s.effective_from DESC LIMIT 1), 'in_force')
        """;

    /// <summary>The version in force at <c>@at</c> of every item that has one.</summary>
    public const string InForce = $"""
        SELECT i.item_code, i.name, i.name_en, i.region, i.department, o.name_zh AS department_zh, o.name_en AS department_en, {Standing} AS status,
            v.version, v.json, v.effective_from, v.effective_to, v.published_at, v.published_by, v.content_hash
        FROM service_item i
        JOIN item_version v ON v.item_code = i.item_code AND v.effective_from <= @at AND (v.effective_to IS NULL OR v.effective_to > @at)
        LEFT JOIN organisation o ON o.id = i.department
        """;

    public const string All = """
        SELECT item_code, version, terms, json, effective_from, effective_to, published_at, published_by, content_hash FROM item_version WHERE item_code = @code ORDER BY version
        """;

    public string ItemCode { get; init; } = "";
    public string Region { get; init; } = "";
    public string Department { get; init; } = "";
    public string? DepartmentZh { get; init; }
    public string? DepartmentEn { get; init; }
    public string Status { get; init; } = "";
    public long Version { get; init; }
    public string Terms { get; init; } = "";
    public string Json { get; init; } = "";
    public long EffectiveFrom { get; init; }
    public long? EffectiveTo { get; init; }
    public long PublishedAt { get; init; }
    public string PublishedBy { get; init; } = "";
    public string ContentHash { get; init; } = "";

    public Instant From => Instant.FromUnixTimeMilliseconds(EffectiveFrom);

    public Instant? To => EffectiveTo is { } end ? Instant.FromUnixTimeMilliseconds(end) : null;

    public ServiceItem Item => ItemJson.Read(Json).Item ?? throw new InvalidDataException($"Version {Version} of item {ItemCode} cannot be read.");

    public ItemSummary ToSummary()
    {
        var item = Item;
        return new(ItemCode, new(item.Name, item.NameEn), Region, Department, DepartmentZh is null ? null : new(DepartmentZh, DepartmentEn ?? DepartmentZh), item.ItemType,
            item.ServiceObject, item.Themes, item.HandlingKind, item.PromisedLimit?.ToString(), item.StatutoryLimit?.ToString(), item.OnlineDepth, Status, Version, From);
    }

    public ItemDetail ToDetail() => new(ItemCode, Status, Version, From, To, ContentHash, JsonDocument.Parse(Json).RootElement);

    public ItemVersionView ToView() => new(Version, From, To, Instant.FromUnixTimeMilliseconds(PublishedAt), PublishedBy, ContentHash);
}

/// <summary>A draft of an item as stored.</summary>
sealed class ItemDraftRow
{
    public const string Select = "SELECT item_code, region, revision, json FROM item_draft WHERE item_code = @code";

    public string ItemCode { get; init; } = "";
    public string Region { get; init; } = "";
    public long Revision { get; init; }
    public string Json { get; init; } = "";
}

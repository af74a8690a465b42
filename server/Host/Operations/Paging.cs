using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Operations;

/// <summary>Where a list goes on and how long a page is: <c>?limit=&amp;cursor=</c>.</summary>
/// <param name="Limit">Most entries on the page: 1 to 200, 50 unless told.</param>
/// <param name="Cursor">The <c>next</c> of the page before; absent for the first.</param>
readonly record struct Paging(
    [property: FromQuery(Name = "limit"), Description("Most entries on the page: 1 to 200, 50 unless told.")] int? Limit,
    [property: FromQuery(Name = "cursor"), Description("The `next` of the page before; absent for the first.")] string? Cursor)
{
    public const int LimitDefault = 50, LimitMost = 200;

    public int Size => Limit ?? LimitDefault;

    /// <summary>One more than a page: whether there is one tells whether the list goes on.</summary>
    public int Fetch => Size + 1;

    /// <summary>What is wrong with it; null when it can be used.</summary>
    /// <param name="keys">How many keys order the list.</param>
    public Problem? WhyUnfit(int keys = 1)
    {
        if (Size is < 1 or > LimitMost) return Problem.Invalid("?limit", "page.limit", $"limit 应为 1 至 {LimitMost}", $"limit is 1 to {LimitMost}");
        return Cursor is null || Keys()?.Length == keys ? null : Problem.Invalid("?cursor", "page.cursor", "cursor 无效", "cursor was not given out by this list");
    }

    /// <summary>The keys of the last entry of the page before; null on the first page.</summary>
    public string[]? Keys()
    {
        if (Cursor is null) return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(Cursor));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return [];
        }
    }

    /// <summary>The key before which nothing comes, or the last one seen.</summary>
    public string After => Keys() is [var key, ..] ? key : "";

    public static readonly Problem WrongCursor = Problem.Invalid("?cursor", "page.cursor", "cursor 无效", "cursor was not given out by this list");

    /// <summary>Where a list by an instant (newest first) and a name goes on: before which instant, after which name; null where the cursor is not one of it.</summary>
    public (long Before, string After)? Newest() => Place(long.MaxValue);

    /// <summary>The same for a list that has the oldest first.</summary>
    public (long After, string Name)? Oldest() => Place(long.MinValue);

    (long, string)? Place(long first) => Keys() switch
    {
        null => (first, ""),
        [var instant, var name] when long.TryParse(instant, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at) => (at, name),
        _ => null,
    };

    /// <summary>Cuts the page from rows that were fetched with <see cref="Fetch"/>.</summary>
    public Page<TOut> Of<TRow, TOut>(IReadOnlyList<TRow> rows, Func<TRow, TOut> map, Func<TRow, string[]> keys) => new(
        [.. rows.Take(Size).Select(map)],
        rows.Count > Size ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(keys(rows[Size - 1])))) : null);
}

/// <summary>A page of a list.</summary>
/// <param name="Items">Its entries.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

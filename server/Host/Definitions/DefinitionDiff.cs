using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Definitions;

/// <summary>An activity that was added or removed.</summary>
/// <param name="Id">Activity id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Title">Its title; null when it has none of its own.</param>
sealed record ActivityNote(string Id, string Type, LocalizedText? Title);

/// <summary>An activity that is in both.</summary>
/// <param name="Id">Activity id.</param>
/// <param name="Type">Its type now.</param>
/// <param name="Title">Its title now.</param>
/// <param name="Properties">Names of the properties that differ.</param>
sealed record ActivityChange(string Id, string Type, LocalizedText? Title, IReadOnlyList<string> Properties);

/// <summary>A connection.</summary>
/// <param name="Source">Activity it leaves.</param>
/// <param name="Port">Port it leaves through.</param>
/// <param name="Target">Activity it enters.</param>
sealed record ConnectionNote(string Source, string Port, string Target);

/// <summary>What differs between two documents. Positions on the canvas are listed apart: they change nothing in how a case runs.</summary>
/// <param name="Added">Activities only in the newer one.</param>
/// <param name="Removed">Activities only in the older one.</param>
/// <param name="Changed">Activities whose properties differ.</param>
/// <param name="Moved">Ids of activities that only stand elsewhere.</param>
/// <param name="ConnectionsAdded">Connections only in the newer one.</param>
/// <param name="ConnectionsRemoved">Connections only in the older one.</param>
/// <param name="Definition">Names of properties of the definition itself that differ: variables, inputs, customProperties…</param>
sealed record DefinitionDiff(
    IReadOnlyList<ActivityNote> Added, IReadOnlyList<ActivityNote> Removed, IReadOnlyList<ActivityChange> Changed, IReadOnlyList<string> Moved,
    IReadOnlyList<ConnectionNote> ConnectionsAdded, IReadOnlyList<ConnectionNote> ConnectionsRemoved, IReadOnlyList<string> Definition)
{
    static readonly ImmutableHashSet<string> Stamps = ["$schema", "id", "definitionId", "version", "isLatest", "isPublished", "createdAt", "toolVersion", "links", "root"];
    static readonly ImmutableHashSet<string> Drawing = ["nodeId", "metadata"];

    public static DefinitionDiff Between(DefinitionDocument older, DefinitionDocument newer)
    {
        var (before, after) = (ById(older), ById(newer));
        var common = after.Values.Where(activity => before.ContainsKey(activity.Id)).Select(activity => (Old: before[activity.Id], New: activity, Properties: Differing(before[activity.Id].Json, activity.Json))).ToList();
        var (linesBefore, linesAfter) = (Lines(older), Lines(newer));
        return new(
            [.. after.Values.Where(activity => !before.ContainsKey(activity.Id)).Select(Note)],
            [.. before.Values.Where(activity => !after.ContainsKey(activity.Id)).Select(Note)],
            [.. common.Where(pair => pair.Properties.Except(Drawing).Any()).Select(pair => new ActivityChange(pair.New.Id, pair.New.Type, pair.New.Title, [.. pair.Properties.Except(Drawing)]))],
            [.. common.Where(pair => !pair.Properties.Except(Drawing).Any() && (pair.Old.X, pair.Old.Y) != (pair.New.X, pair.New.Y)).Select(pair => pair.New.Id)],
            [.. linesAfter.Except(linesBefore)], [.. linesBefore.Except(linesAfter)],
            [.. Differing(older.Json, newer.Json).Except(Stamps)]);
    }

    static SortedDictionary<string, ActivityElement> ById(DefinitionDocument document)
    {
        var found = new SortedDictionary<string, ActivityElement>(StringComparer.Ordinal);
        foreach (var activity in document.Activities) found.TryAdd(activity.Id, activity);   // a draft may have an id twice; the check says so
        return found;
    }

    static List<ConnectionNote> Lines(DefinitionDocument document) =>
        [.. document.Connections.Select(line => new ConnectionNote(line.Source, line.Port, line.Target)).Distinct().OrderBy(line => (line.Source, line.Port, line.Target))];

    static ActivityNote Note(ActivityElement activity) => new(activity.Id, activity.Type, activity.Title);

    static ImmutableArray<string> Differing(JsonObject older, JsonObject newer) =>
        [.. older.Select(property => property.Key).Union(newer.Select(property => property.Key)).Where(name => !JsonNode.DeepEquals(older[name], newer[name])).Order(StringComparer.Ordinal)];
}

using System.Text.Json;

namespace Orchestrator.Kernel.Engine;

/// <summary>The fields that a structured rule may read: <c>case.*</c>, <c>item.*</c>, <c>profile.*</c>, <c>data.*</c> of the current act, and variables by name.</summary>
static class Fields
{
    public static JsonElement Read(Work work, string field)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        var (root, name) = dot < 0 ? ("", field) : (field[..dot], field[(dot + 1)..]);
        return root switch
        {
            "case" => OfCase(work, name),
            "item" => OfItem(work, name),
            "profile" => Text(work.Profile[name]),
            "data" => work.Data.Member(name),
            "vars" or "input" or "" => work.State.Variables.GetValueOrDefault(name),
            _ => work.State.Variables.GetValueOrDefault(field),
        };
    }

    static JsonElement OfCase(Work work, string name) => name switch
    {
        "state" => Text(work.State.State),
        "outcome" => Text(work.State.Outcome),
        "mode" => Text(work.Facts.Mode),
        "channel" => Text(work.Facts.Channel),
        "window" => Text(work.Facts.Window),
        "delivery" => Text(work.Facts.Delivery),
        "decision" => Text(work.Facts.Decision),
        "forced_outcome" => Text(work.Facts.ForcedOutcome),
        "tolerance" => Text(work.Facts.Tolerance),
        "on_time" => work.Facts.OnTime is { } onTime ? Json.Value(onTime) : default,
        "colour" => Text(work.State.Colour.ToString().ToLowerInvariant()),
        "missing" => Json.Value(work.Facts.Missing),
        _ => default,
    };

    static JsonElement OfItem(Work work, string name) => name switch
    {
        "code" => Text(work.Item.Code),
        "kind" => Text(work.Item.Kind),
        "review_kind" => Text(work.Item.ReviewKind),
        "department" => Text(work.Item.Department),
        "renewable" => Json.Value(work.Item.Renewable),
        "joint" => Json.Value(work.Item.Joint is not null),
        _ => default,
    };

    static JsonElement Text(string? value) => value is null ? default : Json.Value(value);
}

using System.Globalization;
using System.Text.Json;
using NodaTime.Text;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Simulation;

/// <summary>Compares what a step expects with what is. Only what is listed is compared.</summary>
public static class Expectations
{
    /// <summary>The unmet expectations of a step, each as one sentence; empty when all are met.</summary>
    public static List<string> Unmet(JsonElement expect, Observation seen)
    {
        var unmet = new List<string>();
        if (expect.ValueKind != JsonValueKind.Object) return unmet;
        foreach (var each in expect.EnumerateObject()) Compare(each.Name, each.Value, seen, unmet);
        return unmet;
    }

    static void Compare(string name, JsonElement wanted, Observation seen, List<string> unmet)
    {
        switch (name)
        {
            case "state": Same(name, wanted, seen.State, unmet); break;
            case "state_any":
                if (!wanted.EnumerateArray().Any(each => each.GetString() == seen.State)) unmet.Add($"state is {seen.State}, wanted any of {wanted.GetRawText()}");
                break;
            case "mode": Same(name, wanted, seen.Mode, unmet); break;
            case "outcome": Same(name, wanted, seen.Outcome, unmet); break;
            case "colour": Same(name, wanted, seen.Colour, unmet); break;
            case "forced_outcome": Same(name, wanted, seen.ForcedOutcome, unmet); break;
            case "on_time": Same(name, wanted, seen.OnTime is { } onTime ? (onTime ? "true" : "false") : null, unmet); break;
            case "accepted_on": Same(name, wanted, seen.AcceptedOn is { } day ? LocalDatePattern.Iso.Format(day) : null, unmet); break;
            case "pinned_version": Same(name, wanted, seen.PinnedVersion.ToString(CultureInfo.InvariantCulture), unmet); break;
            case "documents": Contains(name, wanted, seen.Documents, unmet); break;
            case "records": Contains(name, wanted, seen.Records, unmet); break;
            case "orders": Contains(name, wanted, seen.Orders, unmet); break;
            case "flags": Contains(name, wanted, seen.Flags, unmet); break;
            case "path": Subsequence(wanted, seen.Path, unmet); break;
            case "notices": Notices(wanted, seen, unmet); break;
            case "evaluations": Evaluations(wanted, seen, unmet); break;
            case "timers":
                foreach (var timer in wanted.EnumerateObject()) Timer(timer.Name, timer.Value, seen, unmet);
                break;
        }
    }

    static void Timer(string key, JsonElement wanted, Observation seen, List<string> unmet)
    {
        var timer = seen.Timers.GetValueOrDefault(key);
        foreach (var each in wanted.EnumerateObject())
        {
            var name = $"timers.{key}.{each.Name}";
            switch (each.Name)
            {
                case "state": Same(name, each.Value, timer?.State ?? "idle", unmet); break;
                case "due":
                    if (timer?.Due != Scenario.InstantOf(each.Value.GetString()!)) unmet.Add($"{name} is {(timer?.Due is { } due ? InstantConverter.Format(due) : "none")}, wanted {each.Value}");
                    break;
                case "used": Same(name, each.Value, timer?.Used.ToString(CultureInfo.InvariantCulture), unmet); break;
                case "of": Same(name, each.Value, timer?.Of.ToString(CultureInfo.InvariantCulture), unmet); break;
                case "colour": Same(name, each.Value, timer?.Colour, unmet); break;
                case "in_time": Same(name, each.Value, timer?.InTime == true ? "true" : "false", unmet); break;
                case "started": Same(name, each.Value, seen.Started.Contains(key) ? "true" : "false", unmet); break;
                case "late": Late(name, each.Value, timer, unmet); break;
            }
        }
    }

    static void Late(string name, JsonElement wanted, ObservedTimer? timer, List<string> unmet)
    {
        var met = wanted.ValueKind == JsonValueKind.String ? $"{timer?.LateDays}wd" == wanted.GetString() : timer is { LateDays: > 0 } == (wanted.ValueKind == JsonValueKind.True);
        if (!met) unmet.Add($"{name} is {timer?.LateDays}wd, wanted {wanted}");
    }

    static void Evaluations(JsonElement wanted, Observation seen, List<string> unmet)
    {
        if (wanted.Number("invited") is { } invited && invited != seen.Evaluations.Invited) unmet.Add($"evaluations.invited is {seen.Evaluations.Invited}, wanted {invited}");
        if (wanted.Number("rated") is { } rated && rated != seen.Evaluations.Rated) unmet.Add($"evaluations.rated is {seen.Evaluations.Rated}, wanted {rated}");
    }

    static void Notices(JsonElement wanted, Observation seen, List<string> unmet)
    {
        foreach (var notice in wanted.EnumerateArray())
            if (!seen.Notices.Any(each => each.Kind == notice.Text("kind") && (notice.Text("to") is not { } to || each.To == to)))
                unmet.Add($"notice {notice.GetRawText()} was not sent; sent: {string.Join(", ", seen.Notices.Select(each => $"{each.Kind}→{each.To}"))}");
    }

    static void Contains(string name, JsonElement wanted, IEnumerable<string> seen, List<string> unmet)
    {
        foreach (var each in wanted.EnumerateArray())
            if (!seen.Contains(each.GetString())) unmet.Add($"{name} lacks {each}; there is: {string.Join(", ", seen)}");
    }

    static void Subsequence(JsonElement wanted, IReadOnlyList<string> seen, List<string> unmet)
    {
        var at = 0;
        foreach (var each in wanted.EnumerateArray())
        {
            while (at < seen.Count && seen[at] != each.GetString()) at++;
            if (at++ == seen.Count) { unmet.Add($"path is {string.Join(" → ", seen)}, wanted {wanted.GetRawText()}"); return; }
        }
    }

    static void Same(string name, JsonElement wanted, string? seen, List<string> unmet)
    {
        var text = wanted.ValueKind switch { JsonValueKind.Null => null, JsonValueKind.String => wanted.GetString(), JsonValueKind.True => "true", JsonValueKind.False => "false", _ => wanted.GetRawText() };
        if (text != seen) unmet.Add($"{name} is {seen ?? "none"}, wanted {text ?? "none"}");
    }
}

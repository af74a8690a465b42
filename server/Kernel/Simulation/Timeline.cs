using System.Globalization;
using System.Text;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Simulation;

/// <summary>Prints what happened in a scenario, step by step, for people.</summary>
public static class Timeline
{
    /// <summary>The timeline in the asked language.</summary>
    public static string Print(ScenarioReport report, string language = "zh-CN")
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Scenario.Id}  {report.Scenario.Title.In(language)}  [{report.Scenario.Profile}/{report.Scenario.Pipeline}]");
        foreach (var step in report.Steps) Print(text, step, language);
        return text.ToString();
    }

    static void Print(StringBuilder text, StepReport step, string language)
    {
        var act = step.Step.Do is { } name ? $"{name} ({step.Step.By.Role})" : "—";
        var outcome = step.Refusal is { } refusal ? $"⊘ {refusal.Rule} {refusal.Message.In(language)}" : step.Seen is { } seen ? $"→ {seen.State}{Colour(seen)}" : "";
        text.AppendLine(CultureInfo.InvariantCulture, $"  {(step.Unmet.IsEmpty ? "✓" : "✗")} {step.Step.Id,-14} {LegalTime.LocalOf(step.Step.At):uuuu-MM-dd HH:mm}  {step.Step.Target,-12} {act,-34} {outcome}");
        if (step.Seen is { } after)
        {
            var running = after.Timers.Where(timer => timer.Value.State is "running" or "paused" && timer.Value.Due is not null).OrderBy(timer => timer.Value.Due)
                .Select(timer => $"{timer.Key}{(timer.Value.State == "paused" ? "‖" : "")} {timer.Value.Used}/{timer.Value.Of} ≤{LegalTime.LastBegunDay(timer.Value.Due!.Value):MM-dd}");
            var line = string.Join("  ", running.Concat(after.Documents.Select(document => $"《{document}》")).Concat(after.Orders.Select(order => $"督办 {order}")));
            if (line.Length > 0) text.AppendLine(CultureInfo.InvariantCulture, $"      {line}");
        }
        foreach (var unmet in step.Unmet) text.AppendLine(CultureInfo.InvariantCulture, $"      ✗ {unmet}");
    }

    static string Colour(Observation seen) => seen.Colour is "none" or "green" ? "" : $" [{seen.Colour}]";
}

using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Simulation;

/// <summary>One step of a scenario: move the clock, perhaps act, compare.</summary>
/// <param name="Id">For example <c>G04.3</c>.</param>
/// <param name="At">Legal instant.</param>
/// <param name="Case">Name of the case it acts on; null when it has a subject.</param>
/// <param name="Subject">Other object: <c>ticket:K1</c>, <c>item:X</c>, <c>policy:P1</c>, <c>staff:Wu</c>, <c>window:W01</c>.</param>
/// <param name="Do">Act; null when only time passes.</param>
/// <param name="By">Who acts.</param>
/// <param name="With">Data of the act.</param>
/// <param name="Refused">Rule id that must refuse the act; null when it must succeed.</param>
/// <param name="RefusedDetails">What the refusal must name.</param>
/// <param name="Expect">What must hold afterwards; undefined for nothing.</param>
public sealed record ScenarioStep(
    string Id, Instant At, string? Case, string? Subject, string? Do, Actor By, JsonElement With,
    string? Refused, ImmutableArray<string> RefusedDetails, JsonElement Expect)
{
    /// <summary>Name of the object the step is about.</summary>
    public string Target => Subject ?? Case ?? "";
}

/// <summary>A scenario file: cases of one region on a virtual clock, with what must hold at each step.</summary>
/// <param name="Id">For example <c>G04</c>.</param>
/// <param name="Title">Title.</param>
/// <param name="Profile">Region profile id.</param>
/// <param name="Pipeline">Folder under workflows/.</param>
/// <param name="Parameters">Overrides of the profile.</param>
/// <param name="Hall">Hall hours.</param>
/// <param name="Items">The items as written, by name.</param>
/// <param name="Steps">Steps in order.</param>
public sealed record Scenario(
    string Id, LocalizedText Title, string Profile, string Pipeline, ImmutableSortedDictionary<string, string> Parameters,
    HallHours Hall, ImmutableSortedDictionary<string, JsonElement> Items, ImmutableArray<ScenarioStep> Steps)
{
    static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Reads a scenario file.</summary>
    /// <exception cref="FormatException">The text is not a scenario; the message names the place.</exception>
    public static Scenario Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var root = document.RootElement.Clone();
            var title = root.Member("title");
            return new Scenario(
                root.Text("id") ?? throw new FormatException("A scenario needs an id."),
                new LocalizedText(title.Text("zh") ?? "", title.Text("en") ?? ""),
                root.Text("profile") ?? throw new FormatException("A scenario needs a profile."),
                root.Text("pipeline") ?? "standard",
                Members(root.Member("params")).ToImmutableSortedDictionary(each => each.Name, each => ParameterWords.Of(each.Name, each.Value), StringComparer.Ordinal),
                HallOf(root.Member("hall")),
                Members(root.Member("items")).ToImmutableSortedDictionary(each => each.Name, each => each.Value, StringComparer.Ordinal),
                [.. root.GetProperty("steps").EnumerateArray().Select(StepOf)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("The file is not a scenario: " + e.Message, e);
        }
    }

    /// <summary>An instant as scenarios write it: local time, <c>24:00</c> for the end of a day.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static Instant InstantOf(string text)
    {
        if (text.EndsWith("T24:00", StringComparison.Ordinal) && LocalDatePattern.Iso.Parse(text[..^6]) is { Success: true } day) return LegalTime.EndOf(day.Value);
        return Local.Parse(text.Length > 16 ? text[..16] : text) is { Success: true } parsed ? LegalTime.At(parsed.Value) : throw new FormatException($"'{text}' is not a local time such as 2026-09-28T09:00.");
    }

    static ScenarioStep StepOf(JsonElement step) => new(
        step.Text("id") ?? "?", InstantOf(step.Text("at") ?? ""), step.Text("case"), step.Text("subject"), step.Text("do"), ActorOf(step),
        step.Member("with"), step.Text("refused"), step.Texts("refused_details") ?? [], step.Member("expect"));

    /// <summary><c>role</c>, or <c>role:name</c> where persons differ. In joint cases the name is the branch too.</summary>
    static Actor ActorOf(JsonElement step)
    {
        var by = step.Text("by") ?? "system";
        var colon = by.IndexOf(':', StringComparison.Ordinal);
        var (role, name) = colon < 0 ? (by, by) : (by[..colon], by[(colon + 1)..]);
        return new Actor(name, role, Window: step.Member("with").Text("window"));
    }

    static HallHours HallOf(JsonElement hall) => hall.ValueKind != JsonValueKind.Object
        ? HallHours.Default
        : new HallHours(LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(hall.Text("open") ?? "09:00").GetValueOrThrow(), LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(hall.Text("close") ?? "17:00").GetValueOrThrow());

    static IEnumerable<JsonProperty> Members(JsonElement element) => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : [];
}

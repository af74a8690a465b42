using Orchestrator.Host.Settings;
using Orchestrator.Host.Verbs;

namespace Orchestrator.Host.Tests.Verbs;

public sealed class Simulate_verb : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("simulate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("submitted", 0, "✓ X.1")]
    [InlineData("approved", 1, "✗ state is submitted, wanted approved")]
    public async Task Prints_the_timeline_and_tells_by_its_exit_code_whether_every_expectation_was_met(string expected, int code, string line)
    {
        var file = Write("x.json", $$"""
            { "id": "X", "title": { "zh": "标题", "en": "Title" }, "profile": "XA", "items": { "I": { "promised": "10wd" } },
              "steps": [ { "id": "X.1", "at": "2026-09-24T14:00", "case": "A", "do": "submit", "by": "applicant", "with": { "item": "I" }, "expect": { "state": "{{expected}}" } } ] }
            """);
        var output = new StringWriter();

        Assert.Equal(code, await Simulate.Run([file, "--lang", "en"], output));
        Assert.Contains(line, output.ToString());
        Assert.Contains("Title", output.ToString());
    }

    [Theory]
    [InlineData("2026-10-16T24:00", 0, "1/1 ✓")]
    [InlineData("2026-10-15T24:00", 1, "✗ PV-1")]
    public async Task Compares_date_vectors_with_the_calendar(string due, int code, string line)
    {
        var file = Write("vectors.json", $$"""{ "id": "dates", "vectors": [ { "id": "PV-1", "start": "2026-09-21", "rule": "10wd", "pauses": [["2026-09-23", "2026-09-30"]], "due": "{{due}}" } ] }""");
        var output = new StringWriter();

        Assert.Equal(code, await Simulate.Run([file], output));
        Assert.Contains(line, output.ToString());
    }

    [Theory]
    [InlineData("""{ "vectors": [ { "id": "PV-1", "start": "soon", "rule": "10wd", "due": "2026-10-16T24:00" } ] }""")]
    [InlineData("not json")]
    [InlineData("""{ "id": "X", "profile": "ZZ", "steps": [] }""")]
    [InlineData("""{ "id": "X", "profile": "XA", "steps": [ { "at": "yesterday" } ] }""")]
    [InlineData("""{ "id": "X", "profile": "XA", "items": { "I": { "promised": "soon" } }, "steps": [] }""")]
    public async Task A_file_that_is_no_scenario_stops_before_anything_runs(string text)
    {
        var (file, output) = (Write("wrong.json", text), new StringWriter());

        var wrong = await Assert.ThrowsAsync<WrongSetting>(() => Simulate.Run([file], output));

        Assert.Contains("wrong.json", wrong.Message);
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("--fast", "a.json")]
    [InlineData("missing.json")]
    public async Task Wrong_usage_is_one_line(params string[] arguments) =>
        Assert.DoesNotContain("\n", (await Assert.ThrowsAsync<WrongSetting>(() => Simulate.Run(arguments, TextWriter.Null))).Message);

    string Write(string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}

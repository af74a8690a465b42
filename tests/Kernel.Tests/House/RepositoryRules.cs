using System.Text.RegularExpressions;

namespace Orchestrator.Kernel.Tests.House;

/// <summary>What no file of the repository may contain.</summary>
public sealed partial class RepositoryRules
{
    static readonly string[] Binaries = [".png", ".ico", ".woff2", ".db", ".pdf", ".jpg"];

    [Fact]
    public void no_file_names_a_folder_of_the_machine_it_was_written_on() => Repository.Nothing(Lines(Repository.Files(), MachinePath()));

    [Fact]
    public void no_file_refers_to_papers_that_are_not_in_the_repository() => Repository.Nothing(Lines(Repository.Files(), ForeignPaper()));

    [Fact]
    public void nothing_in_the_product_is_left_unfinished() => Repository.Nothing(Lines(Repository.Files("server", "db-migrations"), Unfinished()));

    [Fact]
    public void the_server_reads_no_ambient_clock_and_never_sleeps() =>
        Repository.Nothing(Lines(Repository.Files("server").Where(file => file.EndsWith(".cs", StringComparison.Ordinal)), AmbientClock()));

    [Fact]
    public void lock_files_and_feeds_name_no_host() =>
        Repository.Nothing(Lines(Repository.Files().Where(file => LockOrFeed().IsMatch(file)), Host()));

    [Fact]
    public void the_kernel_references_nothing_but_noda_time() =>
        Assert.Equal(["NodaTime"], Reference().Matches(Repository.Text("server/Kernel/Orchestrator.Kernel.csproj")).Select(match => match.Groups["name"].Value));

    [Fact]
    public void every_project_is_in_the_solution()
    {
        var solution = Repository.Text("Orchestrator.slnx");
        Repository.Nothing(Repository.Files().Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains(file, StringComparison.Ordinal)));
    }

    [Fact]
    public void the_integration_job_runs_the_command_that_the_readme_names()
    {
        Assert.Contains("test.sh", Repository.Text(".ci/run"), StringComparison.Ordinal);
        Assert.Contains("./test.sh", Repository.Text("README.md"), StringComparison.Ordinal);
        Assert.Contains("./run.sh", Repository.Text("README.md"), StringComparison.Ordinal);
    }

    static IEnumerable<string> Lines(IEnumerable<string> files, Regex forbidden) =>
        from file in files
        where !Binaries.Contains(System.IO.Path.GetExtension(file)) && !file.EndsWith("/RepositoryRules.cs", StringComparison.Ordinal)
        from line in File.ReadLines(Repository.Path(file)).Select((text, index) => (text, number: index + 1))
        where forbidden.IsMatch(line.text)
        select $"{file}:{line.number}: {line.text.Trim()}";

    [GeneratedRegex(@"(?<![\w.-])/(work|wt|farm)/[a-z]")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(REGULATION|HOUSE-STYLE|ELSA-CONTRACT|RELIABILITY)\b|\bFORMAT reading|\.\./shared\b|\bthe digest\b")]
    private static partial Regex ForeignPaper();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bSystemClock\.Instance\b|\bThread\.Sleep\b|\bTask\.Delay\b|\bDateTime\.Today\b")]
    private static partial Regex AmbientClock();

    [GeneratedRegex(@"lock[\w.]*\.(json|yaml)$|(^|/)nuget\.config$|(^|/)\.npmrc$", RegexOptions.IgnoreCase)]
    private static partial Regex LockOrFeed();

    [GeneratedRegex("""
        "resolved": *"https?:|value="https?:|registry *=
        """)]
    private static partial Regex Host();

    [GeneratedRegex("""<(Package|Project|Framework)Reference Include="(?<name>[^"]+)""")]
    private static partial Regex Reference();
}

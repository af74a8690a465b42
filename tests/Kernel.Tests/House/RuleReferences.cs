using System.Text.RegularExpressions;

namespace Orchestrator.Kernel.Tests.House;

/// <summary>Every rule that code, tests, flows or migrations cite is explained in docs/RULES.md.</summary>
public sealed partial class RuleReferences
{
    static readonly string[] Extensions = [".cs", ".ts", ".tsx", ".json", ".sql", ".md", ".sh"];
    static readonly IReadOnlySet<string> Listed = Row().Matches(Repository.Text("docs/RULES.md")).Select(row => row.Groups["id"].Value).ToHashSet();

    [Fact]
    public void every_cited_rule_is_listed_with_its_sentence_and_source()
    {
        var missing = Citations().Where(citation => !IsListed(citation.Id)).Select(citation => $"{citation.Id} in {citation.File}").Distinct();

        Repository.Nothing(missing);
    }

    [Fact]
    public void no_rule_is_listed_twice_or_without_a_sentence_or_a_source()
    {
        var rows = Repository.Text("docs/RULES.md").Split('\n').Where(line => Row().IsMatch(line)).ToList();

        Assert.Equal(rows.Count, Listed.Count);
        Assert.All(rows, row => Assert.Matches(@"^\| [^|]+ \| [^|]{4,} \| [^|]{2,} \|$", row));
    }

    [Theory]
    [InlineData("XA-16.2a", true)]
    [InlineData("XA-16.2", true)]
    [InlineData("XA-16", true)]
    [InlineData("XA-9.1c", true)]
    [InlineData("XA-160", false)]
    [InlineData("XA-41", false)]
    [InlineData("P61", false)]
    [InlineData("FT-26", false)]
    public void a_rule_may_be_cited_whole_or_by_part(string id, bool listed) => Assert.Equal(listed, IsListed(id));

    [Theory]
    [InlineData("kept by XA-16.2a and P06 (QS-T40b).", "XA-16.2a P06 QS-T40b")]
    [InlineData("V-20…V-27, T-PAR:A; T-SQL is a language", "V-20 V-27 T-PAR")]
    [InlineData("UTF-8 CP12 xP06 P061 ISO-C-1", "")]
    public void citations_are_found_in_text(string text, string ids) => Assert.Equal(ids, string.Join(' ', Cited().Matches(text).Select(match => match.Value)));

    /// <summary>Listed itself, a part of a listed rule (XA-9.1c of XA-9.1) or the whole of listed parts (XA-16 of XA-16.2a).</summary>
    static bool IsListed(string id) =>
        Listed.Contains(id) || Listed.Contains(id.TrimEnd([.. "abcdefghij"]))
        || Listed.Any(rule => rule.Length > id.Length && rule.StartsWith(id, StringComparison.Ordinal) && !char.IsAsciiDigit(rule[id.Length]));

    static IEnumerable<(string Id, string File)> Citations() =>
        from file in Repository.Files("server", "designer", "tests", "workflows", "db-migrations")
        where Extensions.Contains(System.IO.Path.GetExtension(file)) && !file.EndsWith("lock.json", StringComparison.Ordinal)
        where !file.EndsWith("/RuleReferences.cs", StringComparison.Ordinal)
        from Match match in Cited().Matches(Repository.Text(file))
        select (match.Value, file);

    [GeneratedRegex(@"(?<![\w-])((XA|AQ|CQ|NX)-\d+(\.\d+)*[a-z]?|QS-[ST]?\d+[a-z]?|(C|CF|OP|R|S|TR|FT|U|V|K)-\d\d?[a-z]?|T-(?!SQL)[A-Z]{3}|P\d\d)(?![\w-])", RegexOptions.ExplicitCapture)]
    private static partial Regex Cited();

    [GeneratedRegex(@"^\| (?<id>[A-Z]{1,2}-[ST]?\d[\d.]*[a-z]?|T-[A-Z]{3}|P\d\d) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}

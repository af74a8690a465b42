using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Migrations;

/// <summary>The migrations that are embedded in this library, one list per database engine.</summary>
public static partial class ShippedMigrations
{
    /// <summary>The migrations of an engine in the order of their numbers.</summary>
    /// <param name="engine"><c>sqlite</c> or <c>postgresql</c>.</param>
    /// <exception cref="InvalidOperationException">A file is misnamed, a number is missing or taken twice, or a down file has no up file.</exception>
    public static IReadOnlyList<Migration> Of(string engine)
    {
        var files = typeof(ShippedMigrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(engine + "/", StringComparison.Ordinal))
            .ToDictionary(name => name[(engine.Length + 1)..], Text);
        return FromFiles(files);
    }

    /// <summary>Reads migrations from file names such as <c>0001_schema.up.sql</c> with their contents.</summary>
    /// <exception cref="InvalidOperationException">As for <see cref="Of"/>.</exception>
    public static IReadOnlyList<Migration> FromFiles(IReadOnlyDictionary<string, string> files)
    {
        if (files.Keys.FirstOrDefault(name => !FileName().IsMatch(name)) is { } misnamed)
            throw new InvalidOperationException($"'{misnamed}' is not named like 0001_name.up.sql or 0001_name.down.sql.");
        var migrations = files.Keys.Where(name => name.EndsWith(".up.sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => Read(FileName().Match(name), files)).ToList();
        for (var i = 0; i < migrations.Count; i++)
            if (migrations[i].Version != i + 1) throw new InvalidOperationException($"Migration {migrations[i].Label} stands where number {i + 1:0000} is expected.");
        if (files.Count != migrations.Count + migrations.Count(migration => migration.Down is not null))
            throw new InvalidOperationException("A down file has no up file of the same name.");
        return migrations;
    }

    static Migration Read(Match name, IReadOnlyDictionary<string, string> files) => new(
        int.Parse(name.Groups["version"].Value, CultureInfo.InvariantCulture),
        name.Groups["name"].Value,
        files[name.Value],
        files.GetValueOrDefault(name.Value.Replace(".up.sql", ".down.sql", StringComparison.Ordinal)));

    static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(ShippedMigrations).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^(?<version>\d{4})_(?<name>[a-z0-9_]+)\.(up|down)\.sql$", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}

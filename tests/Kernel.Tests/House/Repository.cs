namespace Orchestrator.Kernel.Tests.House;

/// <summary>The checkout that the tests run from.</summary>
static class Repository
{
    static readonly string[] Outputs = ["bin", "obj", "node_modules", "dist", "TestResults"];
    static readonly string[] Unversioned = [".git", "data", "var"];   // beside the solution: what a running server writes

    /// <summary>The folder with the solution in it.</summary>
    public static string Root { get; } = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Text(string relative) => File.ReadAllText(Path(relative));

    /// <summary>The files under some folders, relative to the root, without build output and what git does not keep; all files when no folder is named.</summary>
    public static IEnumerable<string> Files(params string[] folders) =>
        (folders.Length == 0 ? [""] : folders).Select(Path).Where(Directory.Exists).SelectMany(Walk)
        .Select(file => System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !Unversioned.Contains(file.Split('/')[0])).Order(StringComparer.Ordinal);

    /// <summary>Fails with every finding on a line of its own.</summary>
    public static void Nothing(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:\n{string.Join('\n', all)}");
    }

    static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
            .Where(child => !Outputs.Contains(System.IO.Path.GetFileName(child)) && new DirectoryInfo(child).LinkTarget is null).SelectMany(Walk));

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Orchestrator.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests must run from inside a checkout of the repository.");
    }
}

namespace Orchestrator.Kernel.Tests.House;

/// <summary>The checkout that the tests run from.</summary>
static class Repository
{
    static readonly string[] Outputs = ["bin", "obj", "node_modules", "dist", ".git", "TestResults"];

    /// <summary>The folder with the solution in it.</summary>
    public static string Root { get; } = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Text(string relative) => File.ReadAllText(Path(relative));

    /// <summary>The files under some folders, relative to the root, without build output; all files when no folder is named.</summary>
    public static IEnumerable<string> Files(params string[] folders) =>
        (folders.Length == 0 ? [""] : folders).Select(Path).Where(Directory.Exists).SelectMany(Walk)
        .Select(file => System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

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

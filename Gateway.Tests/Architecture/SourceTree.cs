using System.Xml.Linq;

namespace Gateway.Tests.Architecture;

/// <summary>The repository as files: what the architecture tests read. Paths are from the root, with slashes.</summary>
internal static class SourceTree
{
    private static readonly string[] ProductProjects = ["Gateway.Core", "Gateway.Http", "Gateway.Host"];

    // What tools write. A worktree has a file named .git.
    private static readonly string[] Generated =
        [".git", ".vs", ".vscode", ".cache", "bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>The folder that holds Gateway.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file that people write.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. FilesBelow(Root)];

    /// <summary>All C# files of the product.</summary>
    public static IReadOnlyList<string> ProductFiles { get; } =
        [.. Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && ProductProjects.Contains(ProjectOf(file)))];

    /// <summary>All C# files of tests and benchmarks.</summary>
    public static IReadOnlyList<string> TestFiles { get; } =
        [.. Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !ProductProjects.Contains(ProjectOf(file)))];

    /// <summary>The documents, README.md among them.</summary>
    public static IReadOnlyList<string> Documents { get; } = [.. Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    /// <summary>Text of a file.</summary>
    public static string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Lines of a file, without their ends.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(PathOf(file));

    /// <summary>Whether there is such a file.</summary>
    public static bool Has(string file) => File.Exists(PathOf(file));

    /// <summary>Its project: the first part of its path.</summary>
    public static string ProjectOf(string file) => file.Split('/')[0];

    /// <summary>The folder of the map a file belongs to, such as <c>Gateway.Http/Wire</c>; folders below share its row.
    /// </summary>
    public static string FolderOf(string file) => string.Join('/', file.Split('/')[..^1].Take(2));

    /// <summary>Projects that a project names.</summary>
    public static IEnumerable<string> ReferencesOf(string project) => XDocument
        .Load(PathOf($"{project}/{project}.csproj"))
        .Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

    private static string PathOf(string file) => Path.Combine(Root, file);

    private static IEnumerable<string> FilesBelow(string folder)
    {
        var files = Directory.EnumerateFiles(folder).Where(path => !Generated.Contains(Path.GetFileName(path)));
        var below = Directory.EnumerateDirectories(folder).Where(path => !Generated.Contains(Path.GetFileName(path)));
        return files.Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Concat(below.SelectMany(FilesBelow));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Gateway.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}

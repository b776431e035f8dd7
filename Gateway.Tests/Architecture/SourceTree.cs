using System.Xml.Linq;

namespace Gateway.Tests.Architecture;

/// <summary>The repository as files: what the architecture tests read.</summary>
internal static class SourceTree
{
    private static readonly string[] ProductProjects = ["Gateway.Core", "Gateway.Http", "Gateway.Host"];

    /// <summary>The folder that holds Gateway.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files of the product, by path from the root.</summary>
    public static IReadOnlyList<string> ProductFiles { get; } = [.. ProductProjects.SelectMany(FilesOf)];

    /// <summary>All C# files of a project.</summary>
    public static IEnumerable<string> FilesOf(string project) => Directory
        .EnumerateFiles(Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    /// <summary>Text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Namespace that a file's folder gives it.</summary>
    public static string NamespaceOf(string path) => Path.GetDirectoryName(path)!.Replace('\\', '/').Replace('/', '.');

    /// <summary>Projects that a project names.</summary>
    public static IEnumerable<string> ReferencesOf(string project) => XDocument
        .Load(Path.Combine(Root, project, project + ".csproj"))
        .Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

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

using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Deploy;

/// <summary>What leaves the house: the image's recipe, and the list of what the product is made of.</summary>
[TestFixture]
internal sealed partial class PackageTests
{
    private static readonly string[] Recipe = SourceTree.Lines("deploy/docker/Dockerfile");

    [Test]
    public void The_sbom_lists_every_package_of_the_lock_files()
    {
        if (Tool.Find("python3") is { } python)
        {
            var (code, output) = python.Run(Tool.PathOf("eng/sbom.py"));
            Assert.That(code, Is.Zero, output);
            using var sbom = JsonDocument.Parse(output);
            Assert.That(
                sbom.RootElement.GetProperty("components").EnumerateArray().Select(part => part.GetProperty("purl").GetString()),
                Is.EquivalentTo(LockedPackages()));
            Assert.That(
                sbom.RootElement.GetProperty("components").EnumerateArray().Where(part => !part.TryGetProperty("licenses", out _)), Is.Empty,
                "each package has its licence in docs/dependencies.md");
        }
    }

    [Test]
    public void The_image_runs_as_nobody_in_particular_without_a_shell_and_tells_its_health()
    {
        var last = Recipe.Skip(Array.FindLastIndex(Recipe, line => line.StartsWith("FROM ", StringComparison.Ordinal))).ToList();
        Assert.That(last[0], Does.EndWith("-chiseled"));
        Assert.That(last, Has.Some.EqualTo("USER $APP_UID"));
        Assert.That(last, Has.Some.StartsWith("HEALTHCHECK ").And.EndsWith("CMD [\"/usr/bin/claude-gateway\", \"health\"]"));
        Assert.That(last, Has.None.StartsWith("RUN "), "there is no shell to run it");
        Assert.That(last, Has.Some.EqualTo("ENTRYPOINT [\"/usr/bin/claude-gateway\"]"), "signals reach the gateway itself");
    }

    [Test]
    public void The_image_is_built_from_files_that_are_there_and_bases_that_have_a_version() => Rule.Holds(
        "deploy/docker/Dockerfile names what is not there, or a base that changes under it.",
        [
            .. from line in Recipe
               where line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)
               from source in line.Split(' ')[1..^1]
               where source != "." && !SourceTree.Has(source)
               select line,
            .. from line in Recipe
               where line.StartsWith("FROM ", StringComparison.Ordinal) && !VersionedBase().IsMatch(line)
               select line,
        ]);

    [Test]
    public void Scripts_are_sound()
    {
        if (Tool.Find("bash") is { } bash)
        {
            Rule.Holds(
                "bash -n refuses it.",
                from file in SourceTree.Files
                where file.EndsWith(".sh", StringComparison.Ordinal) || file.StartsWith("deploy/debian/p", StringComparison.Ordinal)
                where bash.Run("-n", Tool.PathOf(file)).Code != 0
                select file);
        }
    }

    private static HashSet<string> LockedPackages() =>
    [
        .. from project in (string[])["Gateway.Core", "Gateway.Http", "Gateway.Host"]
           from platform in JsonElement.Parse(SourceTree.Read($"{project}/packages.lock.json")).GetProperty("dependencies").EnumerateObject()
           from package in platform.Value.EnumerateObject()
           where package.Value.GetProperty("type").GetString() != "Project"
           select $"pkg:nuget/{package.Name}@{package.Value.GetProperty("resolved").GetString()}",
    ];

    [GeneratedRegex(@"^FROM \S+:[\d.]+-\S+( AS build)?$")]
    private static partial Regex VersionedBase();
}

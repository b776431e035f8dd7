using System.Runtime.Versioning;
using Gateway.Core.Configuration;

namespace Gateway.Host.Doctor;

/// <summary>Who can read the keys, and who can change where they are sent.</summary>
internal sealed class FileModeCheck : ICheck
{
    private const string Name = "file modes";
    private const string FileReference = "${file:";
    private const UnixFileMode ForOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode ChangedByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public Task<IReadOnlyList<Finding>> RunAsync(Examination patient)
    {
        var findings = new List<Finding>();
        if (!OperatingSystem.IsWindows())
        {
            if (File.Exists(patient.File))
            {
                Judge(findings, patient.File, ChangedByOthers, "others can change it", "go-w");
            }

            foreach (var path in KeyFiles(patient.Result.Config).Where(File.Exists).Distinct())
            {
                Judge(findings, path, ForOthers, "others can read the key in it", "600");
            }
        }

        foreach (var (provider, path) in AuthorityFiles(patient.Result.Config))
        {
            findings.Add(File.Exists(path)
                ? new Finding(Name, Verdict.Fine, path)
                : new Finding(Name, Verdict.Broken, $"{path}, the ca_file of {provider}, is not there", "put the authorities' PEM file there, or take ca_file out"));
        }

        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    [UnsupportedOSPlatform("windows")]
    private static void Judge(List<Finding> findings, string path, UnixFileMode forbidden, string problem, string mode) =>
        findings.Add((File.GetUnixFileMode(path) & forbidden) == 0
            ? new Finding(Name, Verdict.Fine, path)
            : new Finding(Name, Verdict.Broken, $"{path}: {problem}", $"chmod {mode} {path}"));

    private static IEnumerable<string> KeyFiles(GatewayConfig? config) =>
        from reference in References(config)
        let text = reference.ToString()
        where text.StartsWith(FileReference, StringComparison.Ordinal)
        select text[FileReference.Length..^1];

    private static IEnumerable<SecretReference> References(GatewayConfig? config) => config is null ? [] :
    [
        .. config.Providers.Select(provider => provider.KeyReference).OfType<SecretReference>(),
        .. config.Providers.SelectMany(provider => provider.Keys).Select(key => key.Reference).OfType<SecretReference>(),
        .. config.Clients.Select(client => client.KeyReference).OfType<SecretReference>(),
    ];

    private static IEnumerable<(string Provider, string Path)> AuthorityFiles(GatewayConfig? config) =>
        config?.Providers.Where(provider => provider.CaFile is not null).Select(provider => (provider.Name, provider.CaFile!)) ?? [];
}

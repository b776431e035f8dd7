using System.Text.Json;

namespace Gateway.Host.Doctor;

/// <summary>Settings of Claude Code that lead it past the gateway: they go over the environment.</summary>
internal sealed class ClaudeSettingsCheck : ICheck
{
    private const string Name = "Claude Code";
    private const string Variable = "ANTHROPIC_BASE_URL";

    private static readonly JsonDocumentOptions Json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public Task<IReadOnlyList<Finding>> RunAsync(Examination patient)
    {
        var findings = new List<Finding>();
        if (patient.Address is { } address)
        {
            var wanted = $"{address}/anthropic";
            foreach (var path in FilesOf(patient).Where(File.Exists).Distinct())
            {
                findings.Add(Judge(path, wanted));
            }

            if (patient.Environment(Variable) is { Length: > 0 } set)
            {
                findings.Add(IsSame(set, wanted)
                    ? new Finding(Name, Verdict.Fine, $"{Variable} leads to the gateway")
                    : new Finding(Name, Verdict.Odd, $"{Variable} is {set} in this shell", $"export {Variable}={wanted}"));
            }
        }

        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    // https://code.claude.com/docs/en/settings: user, project, and what a user has in a project.
    private static IEnumerable<string> FilesOf(Examination patient)
    {
        if (patient.Environment("HOME") is { Length: > 0 } home)
        {
            yield return Path.Combine(home, ".claude", "settings.json");
        }

        yield return Path.Combine(patient.Folder, ".claude", "settings.json");
        yield return Path.Combine(patient.Folder, ".claude", "settings.local.json");
    }

    private static Finding Judge(string path, string wanted)
    {
        try
        {
            using var settings = JsonDocument.Parse(File.ReadAllBytes(path), Json);
            var url = UrlIn(settings.RootElement);
            return url is null ? new Finding(Name, Verdict.Fine, $"{path} leaves the base URL alone")
                : IsSame(url, wanted) ? new Finding(Name, Verdict.Fine, $"{path} leads to the gateway")
                : new Finding(Name, Verdict.Broken, $"{path} leads to {url}, whatever the environment says", $"\"{Variable}\": \"{wanted}\" under env, or take it out");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return new Finding(Name, Verdict.Odd, $"{path} can't be read: {exception.Message}", "valid JSON that you can read");
        }
    }

    private static string? UrlIn(JsonElement settings) =>
        settings.ValueKind == JsonValueKind.Object
        && settings.TryGetProperty("env", out var env) && env.ValueKind == JsonValueKind.Object
        && env.TryGetProperty(Variable, out var url) && url.ValueKind == JsonValueKind.String
            ? url.GetString()
            : null;

    private static bool IsSame(string url, string wanted) =>
        url.TrimEnd('/').Replace("://localhost", "://127.0.0.1", StringComparison.OrdinalIgnoreCase) == wanted.Replace("://[::1]", "://127.0.0.1", StringComparison.Ordinal)
        || url.TrimEnd('/') == wanted;
}

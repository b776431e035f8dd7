namespace Gateway.Host.Doctor;

/// <summary>All checks, one after the other.</summary>
internal static class Checkup
{
    private static readonly ICheck[] Checks =
    [
        new ConfigurationCheck(), new VariablesCheck(), new FileModeCheck(), new PortCheck(), new KeyCheck(), new BaseUrlCheck(),
        new ReachCheck(), new OpenFilesCheck(), new ClaudeSettingsCheck(),
    ];

    /// <summary>Everything that was found.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(Examination patient)
    {
        var findings = new List<Finding>();
        foreach (var check in Checks)
        {
            findings.AddRange(await check.RunAsync(patient).ConfigureAwait(false));
        }

        return findings;
    }
}

namespace Gateway.Host.Doctor;

/// <summary>Would the gateway start with this configuration?</summary>
internal sealed class ConfigurationCheck : ICheck
{
    private const string Name = "configuration";

    public Task<IReadOnlyList<Finding>> RunAsync(Examination patient)
    {
        List<Finding> findings =
        [
            .. patient.Result.Errors.Select(error => new Finding(
                Name, Verdict.Broken, $"{(error.Line > 0 ? $"line {error.Line}: " : "")}{error.Path}: {error.Found}", $"write {error.Expected}")),
            .. patient.Result.Warnings.Select(warning => new Finding(Name, Verdict.Odd, warning)),
        ];
        if (patient.Result.Errors.Count == 0)
        {
            findings.Add(new Finding(Name, Verdict.Fine, patient.File));
        }

        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }
}

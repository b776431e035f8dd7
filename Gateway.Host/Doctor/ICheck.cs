namespace Gateway.Host.Doctor;

/// <summary>Looks for one thing that breaks set-ups.</summary>
internal interface ICheck
{
    /// <summary>What it found: at least one finding, or none where there is nothing to look at.</summary>
    public Task<IReadOnlyList<Finding>> RunAsync(Examination patient);
}

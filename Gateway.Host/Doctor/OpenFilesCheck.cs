using System.Globalization;

namespace Gateway.Host.Doctor;

/// <summary>May the process open as many files as it may have connections?</summary>
internal sealed class OpenFilesCheck : ICheck
{
    private const string Name = "open files";
    private const string Row = "Max open files";

    // Logs, listeners, event polls, what the runtime itself has open.
    private const int Others = 100;

    public Task<IReadOnlyList<Finding>> RunAsync(Examination patient) =>
        Task.FromResult<IReadOnlyList<Finding>>(patient.Result.Config is { } config ? [Judge(patient.Limits, config.Listener.MaxConnections)] : []);

    // Each exchange has a connection to the client and one to the provider. The runtime takes the hard limit for itself.
    private static Finding Judge(string? limits, int connections)
    {
        var row = limits?.Split('\n').FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal));
        if (row is null)
        {
            return new Finding(Name, Verdict.Skipped, "this system does not tell");
        }

        var hard = row[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var wanted = (2L * connections) + Others;
        return hard == "unlimited" || long.Parse(hard, CultureInfo.InvariantCulture) >= wanted
            ? new Finding(Name, Verdict.Fine, $"{hard} may be open")
            : new Finding(Name, Verdict.Odd, $"{hard} may be open, max_connections is {connections}", $"LimitNOFILE={wanted} in the unit, ulimit -n {wanted} in a shell, or fewer max_connections");
    }
}

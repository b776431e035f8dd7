using Gateway.Core.Configuration;
using Gateway.Core.Schema;

namespace Gateway.Host.Doctor;

/// <summary>Environment variables that look as if they set something, and don't.</summary>
internal sealed class VariablesCheck : ICheck
{
    private const string Prefix = "GATEWAY_";

    private static readonly string[] Known = [.. ListenerSetting.All.Select(setting => setting.Variable), "GATEWAY_STATE_DIR", "GATEWAY_CLIENT_KEY"];

    public Task<IReadOnlyList<Finding>> RunAsync(Examination patient) => Task.FromResult<IReadOnlyList<Finding>>(
    [
        .. from name in patient.VariableNames
           where name.StartsWith(Prefix, StringComparison.Ordinal) && !Known.Contains(name)
           select new Finding("environment", Verdict.Odd, $"{name} sets nothing", $"if it is meant for the gateway: {Spelling.Nearest(name, Known)}"),
    ]);
}

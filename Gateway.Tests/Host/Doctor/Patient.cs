using System.Net;
using System.Text;
using Gateway.Core.Configuration;
using Gateway.Host.Doctor;

namespace Gateway.Tests.Host.Doctor;

/// <summary>Set-ups to examine: well but for what a test does to them.</summary>
internal static class Patient
{
    /// <summary>One with this configuration; ${K} and ${KEY} lead to a key that looks like Anthropic's.</summary>
    public static Examination With(string config, bool othersCanRead = false, Func<string, string?>? environment = null)
    {
        environment ??= name => name is "K" or "KEY" ? "sk-ant-0123456789" : null;
        var result = ConfigReader.Read(Encoding.UTF8.GetBytes(config), new ConfigSource(environment, othersCanRead));
        return new Examination
        {
            Result = result,
            File = "gateway.json",
            Environment = environment,
            Folder = Path.GetTempPath(),
            Address = result.Config is null ? null : "http://127.0.0.1:8080",
            Resolve = (name, _) => Task.FromResult(IPAddress.TryParse(name, out var address) ? [address] : new[] { IPAddress.Loopback }),
        };
    }

    /// <summary>What a check finds.</summary>
    public static async Task<IReadOnlyList<Finding>> ShownToAsync<TCheck>(this Examination patient)
        where TCheck : ICheck, new() => await new TCheck().RunAsync(patient);

    /// <summary>The verdicts of a check.</summary>
    public static async Task<IEnumerable<Verdict>> VerdictsAsync<TCheck>(this Examination patient)
        where TCheck : ICheck, new() => (await patient.ShownToAsync<TCheck>()).Select(finding => finding.Verdict);
}

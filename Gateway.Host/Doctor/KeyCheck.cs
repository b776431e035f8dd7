using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Host.Doctor;

/// <summary>Is there a key, and does it look like one of that vendor?</summary>
internal sealed class KeyCheck : ICheck
{
    private const string Name = "keys";

    // Of vendors who mark their keys.
    private static readonly (string Host, string[] Prefixes)[] Vendors =
    [
        ("api.anthropic.com", ["sk-ant-"]),
        ("api.openai.com", ["sk-"]),
        ("openrouter.ai", ["sk-or-"]),
        ("api.groq.com", ["gsk_"]),
        ("api.x.ai", ["xai-"]),
        ("api.cerebras.ai", ["csk-"]),
        ("api.fireworks.ai", ["fw_"]),
        ("generativelanguage.googleapis.com", ["AIza", "AQ."]),
    ];

    public Task<IReadOnlyList<Finding>> RunAsync(Examination patient) => Task.FromResult<IReadOnlyList<Finding>>(
    [
        .. patient.Result.SwitchedOff.Select(entry => new Finding(Name, Verdict.Odd, $"{entry.Key} takes no part: {entry.Value}", "set it where the gateway is started, or take the provider out")),
        .. from provider in patient.Remote
           where provider.SendsKey
           from key in KeysOf(provider)
           select Judge(provider, key),
    ]);

    private static IEnumerable<Secret> KeysOf(ProviderConfig provider) =>
        provider.Keys.Count > 0 ? provider.Keys.Select(key => key.Value).OfType<Secret>() : provider.ApiKey is { } key ? [key] : [];

    private static Finding Judge(ProviderConfig provider, Secret key)
    {
        var text = Encoding.UTF8.GetString(key.Reveal());
        if (text[0] is '"' or '\'' || text.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase) || text.EndsWith("...", StringComparison.Ordinal))
        {
            return new Finding(Name, Verdict.Broken, $"{provider.Name}: the key is quoted, cut, or has a scheme before it", "the key alone, whole, as the vendor shows it");
        }

        var prefixes = Vendors.FirstOrDefault(vendor => vendor.Host == provider.BaseUrl!.Host).Prefixes;
        return prefixes is null || prefixes.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal))
            ? new Finding(Name, Verdict.Fine, $"{provider.Name} has a key")
            : new Finding(Name, Verdict.Broken, $"{provider.Name}: the key does not begin with {string.Join(" or ", prefixes)}", $"a key of {provider.BaseUrl!.Host}: this one may be another vendor's");
    }
}

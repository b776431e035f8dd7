using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Gateway.Core.Configuration;

namespace Gateway.Host.Doctor;

/// <summary>Can each provider be reached: its name, its port, its certificate; and what time does it have?</summary>
internal sealed class ReachCheck : ICheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<Finding>> RunAsync(Examination patient)
    {
        if (patient.IsOffline)
        {
            return [new Finding("network", Verdict.Skipped, "providers were not asked: --offline")];
        }

        var findings = new List<Finding>();
        foreach (var provider in patient.Remote)
        {
            findings.AddRange(await TryAsync(patient, provider).ConfigureAwait(false));
        }

        return findings;
    }

    private static async Task<List<Finding>> TryAsync(Examination patient, ProviderConfig provider)
    {
        var url = provider.BaseUrl!;
        using var patience = new CancellationTokenSource(Longest, TimeProvider.System);
        IPAddress[] addresses;
        try
        {
            addresses = await patient.Resolve(url.DnsSafeHost, patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return [new Finding("DNS", Verdict.Broken, $"{provider.Name}: {url.Host} is not found", "base_url, /etc/resolv.conf, or the network")];
        }

        var findings = new List<Finding> { new("DNS", Verdict.Fine, $"{provider.Name}: {url.Host} is {addresses.FirstOrDefault()}") };
        try
        {
            findings.AddRange(await ConnectAsync(patient, provider, addresses, patience.Token).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            findings.Add(new Finding("TCP", Verdict.Broken, $"{provider.Name}: {url.Host}:{url.Port} does not answer",
                provider.Local ? "start the server" : "a firewall, or a proxy that connections must go through"));
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            findings.Add(new Finding("TLS", Verdict.Broken, $"{provider.Name}: {exception.Message}", "ca_file for an authority of your own; else the clock, or somebody in between"));
        }

        return findings;
    }

    private static async Task<IEnumerable<Finding>> ConnectAsync(Examination patient, ProviderConfig provider, IPAddress[] addresses, CancellationToken cancel)
    {
        var url = provider.BaseUrl!;
        using var client = new TcpClient();
        await client.ConnectAsync(addresses, url.Port, cancel).ConfigureAwait(false);
        await using var stream = await ProviderStream.OpenAsync(client, provider, cancel).ConfigureAwait(false);
        var reached = new Finding(url.Scheme == "https" ? "TLS" : "TCP", Verdict.Fine, $"{provider.Name}: {url.Host}:{url.Port} answers");
        var date = await ProviderStream.AskForDateAsync(stream, url, cancel).ConfigureAwait(false);
        return date is { } theirs ? [reached, Compare(provider, theirs - patient.Time.GetUtcNow())] : [reached];
    }

    // A certificate or a signed request is refused after minutes; a second or so is the way there and the header's own grain.
    private static Finding Compare(ProviderConfig provider, TimeSpan ahead) =>
        ahead.Duration() < TimeSpan.FromMinutes(1)
            ? new Finding("clock", Verdict.Fine, $"as {provider.Name} has it")
            : new Finding("clock", Verdict.Broken, $"{(int)ahead.Duration().TotalSeconds} s {(ahead > TimeSpan.Zero ? "behind" : "before")} that of {provider.Name}", "timedatectl set-ntp true");
}

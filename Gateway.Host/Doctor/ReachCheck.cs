using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Gateway.Core.Configuration;
using Gateway.Http.Upstream;

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
        if (Refused(patient, provider, ref addresses) is { } refused)
        {
            return [.. findings, refused];
        }

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

    // What the gateway would not connect to is not connected to here either.
    private static Finding? Refused(Examination patient, ProviderConfig provider, ref IPAddress[] addresses)
    {
        var url = provider.BaseUrl!;
        var found = addresses;
        addresses = provider.Local ? found : LinkLocalAddresses.LeaveOut(found);
        if (addresses.Length == 0 && found.Length > 0)
        {
            return new Finding("address", Verdict.Broken, $"{provider.Name}: {url.Host} leads to {found[0]}, this machine's own link or a cloud's store of credentials: the gateway does not connect there",
                "the name's entry in DNS or /etc/hosts; \"local\": true if the server is meant to be there");
        }

        var own = patient.OwnAddresses();
        addresses = Array.FindAll(addresses, address => !own.Has(new IPEndPoint(address, url.Port)));
        return addresses.Length > 0 || found.Length == 0 ? null : new Finding("address", Verdict.Broken, $"{provider.Name}: {url.Host}:{url.Port} leads back to this gateway",
            "base_url: the other server's address; or another port for the gateway");
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

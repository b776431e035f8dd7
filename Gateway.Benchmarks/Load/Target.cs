using System.Net;
using Gateway.Benchmarks.Processes;
using Gateway.Http.Upstream;

namespace Gateway.Benchmarks.Load;

/// <summary>Somebody who answers: the provider itself, the gateway before it, or a peer of the gateway.</summary>
/// <param name="Name">As results call it; <see cref="Direct"/> for the provider itself.</param>
/// <param name="EndPoint">How it is reached.</param>
/// <param name="Processes">What it costs, if it is a process of this machine that was started for the run.</param>
internal sealed record Target(string Name, UpstreamEndpoint EndPoint, ProcessGroup? Processes)
{
    /// <summary>Name of the side without anything in between.</summary>
    public const string Direct = "direct";

    /// <summary>Name of the gateway that was started for the run.</summary>
    public const string Gateway = "gateway";

    /// <summary>Name of the gateway that ran already.</summary>
    public const string Running = "target";

    /// <summary>Where a gateway of ours tells what it has allocated; null for nowhere.</summary>
    public Uri? Metrics { get; init; }

    /// <summary>Value of the host field.</summary>
    public string Host => $"{EndPoint.Host}:{EndPoint.Port}";

    /// <summary>Whether the side of that name is the gateway.</summary>
    public static bool IsGateway(string side) => side is Gateway or Running;

    /// <summary>A plain HTTP server on this machine.</summary>
    public static Target At(string name, IPEndPoint address, ProcessGroup? processes) =>
        new(name, new UpstreamEndpoint { IsHttps = false, Host = address.Address.ToString(), Port = address.Port }, processes);

    /// <summary>A server that runs already.</summary>
    public static Target At(Uri url) =>
        new(Running, new UpstreamEndpoint { IsHttps = url.Scheme == Uri.UriSchemeHttps, Host = url.DnsSafeHost, Port = url.Port }, null);
}

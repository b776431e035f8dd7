using Gateway.Core.Providers;
using Gateway.Core.Snapshot;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Where a plainly relayed request goes: to a provider's API with its credential, or along a passthrough route as it is.</summary>
internal readonly struct PlainTarget
{
    private readonly Provider? _provider;
    private readonly PassthroughRoute? _route;
    private readonly int _skip;

    public PlainTarget(Provider provider, int skip)
    {
        _provider = provider;
        _skip = skip;
    }

    public PlainTarget(PassthroughRoute route)
    {
        _route = route;
        _skip = route.StripPrefix ? route.Prefix.Length : 0;
    }

    public bool IsProvider => _provider is not null;

    public HttpTarget Http => _provider?.Target ?? _route!.Target;

    public ReadOnlyMemory<byte> Name => _provider is null ? _route!.Name : _provider.NameUtf8;

    public void WriteHead(ConnectionWriter writer, RequestHead request, ExchangeTrace trace, long bodyLength)
    {
        var path = request.Path[_skip..];
        if (_provider is not null)
        {
            RequestRewriter.WriteHead(writer, request, _provider, _provider.Keys[0], path, trace, bodyLength, dropsCoding: false);
        }
        else
        {
            RequestRewriter.WritePlainHead(writer, request, _route!.Target, path, trace.Via, bodyLength);
        }
    }
}

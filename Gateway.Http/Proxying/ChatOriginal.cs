using System.Buffers;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Http.Body;
using Gateway.Http.Server;
using Gateway.Http.Upstream;

namespace Gateway.Http.Proxying;

/// <summary>A request of Chat Completions as its client sent it: a provider of the same dialect gets these bytes, every other one a translation.</summary>
internal sealed class ChatOriginal(BlockBuffer translated)
{
    private ChatEdge? _edge;
    private ReadOnlySequence<byte> _body;
    private long _modelOffset;
    private long _modelLength;

    private static ReadOnlySpan<byte> Path => "/chat/completions"u8;

    /// <summary>There is one.</summary>
    public bool IsPresent { get; private set; }

    /// <summary>Why nobody of another dialect can be asked; null if they can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What its translation lost, names separated by commas.</summary>
    public ReadOnlySpan<byte> Dropped => _edge is null ? default : _edge.Dropped;

    /// <summary>Keeps a request whose JSON was scanned; with <paramref name="refusal"/> it has no translation.</summary>
    public void Keep(ProxyContext context, ChatEdge edge, string? refusal)
    {
        IsPresent = true;
        _edge = edge;
        Refusal = refusal;
        _body = context.Body;
        _modelOffset = context.Scanner.Result.ModelOffset;
        _modelLength = context.Scanner.Result.ModelLength;
    }

    /// <summary>From here on the translation is what is routed and translated on.</summary>
    public void Translate(ProxyContext context, ReadOnlySpan<byte> translation)
    {
        translated.Write(translation);
        context.Body = translated.Content;
        context.IsDecoded = true;
        context.Scanner.Reset();
        context.Scan(context.Body);
    }

    /// <summary>The provider speaks the client's dialect: bytes pass as they are, in both directions.</summary>
    public bool IsFor(Provider provider) => IsPresent && provider.Dialect == Dialect.OpenAi && !provider.IsSynthetic;

    /// <summary>Writes the request to the provider; only the model's name is exchanged.</summary>
    public void Write(Exchange exchange, ProxyContext context, UpstreamConnection upstream)
    {
        var model = context.ModelToken.Span;
        var length = _body.Length + (model.IsEmpty ? 0 : model.Length - _modelLength);
        RequestRewriter.WriteHead(upstream.Writer, exchange.Request, context.Provider!, context.Key!, Path, context.Trace, length, context.IsDecoded);
        RequestRewriter.Splice(upstream.Writer, _body, _modelOffset, _modelLength, model);
    }

    /// <summary>Gives the memory back; how its client is answered stays known.</summary>
    public void Release()
    {
        _body = default;
        translated.Clear();
    }

    /// <summary>Forgets it, and gives the memory back.</summary>
    public void Clear()
    {
        IsPresent = false;
        _edge = null;
        Refusal = null;
        Release();
    }
}

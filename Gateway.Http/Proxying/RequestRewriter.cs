using System.Buffers;
using System.Text;
using Gateway.Core.Analysis;
using Gateway.Core.Compatibility;
using Gateway.Core.Configuration;
using Gateway.Core.Providers;
using Gateway.Http.Sockets;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>Writes the request to the provider: hop-by-hop fields out, its own credential in, the body byte for byte.</summary>
internal static class RequestRewriter
{
    // Providers need not know where users sit, nor what was said to us alone; baggage may say anything about users.
    private static FieldSet Always => FieldSet.Forwardable
        .Without(KnownHeader.Authorization).Without(KnownHeader.XApiKey).Without(KnownHeader.Cookie)
        .Without(KnownHeader.AcceptEncoding).Without(KnownHeader.ContentEncoding)
        .Without(KnownHeader.Traceparent).Without(KnownHeader.Tracestate).Without(KnownHeader.Baggage)
        .Without(KnownHeader.Forwarded).Without(KnownHeader.Gateway);

    private static ReadOnlySpan<byte> Version => "2023-06-01"u8;

    private static ReadOnlySpan<byte> Beta => "anthropic-beta"u8;

    /// <summary>Writes the head of a request to a provider's API.</summary>
    /// <param name="writer">The provider's connection.</param>
    /// <param name="request">The client's request.</param>
    /// <param name="provider">Whose rules about fields hold.</param>
    /// <param name="key">Whose address and credential are used.</param>
    /// <param name="path">Path below the provider's base URL.</param>
    /// <param name="trace">What the provider learns of the trace.</param>
    /// <param name="bodyLength">Body bytes; -1 for a chunked body; 0 with no body.</param>
    /// <param name="dropsCoding">The body was decoded: its Content-Encoding is gone.</param>
    /// <param name="drops">What the provider was found not to know; null for nothing.</param>
    /// <param name="addsVersion">The client speaks another dialect, and names no version of this one.</param>
    public static void WriteHead(
        ConnectionWriter writer, RequestHead request, Provider provider, ProviderKey key, ReadOnlySpan<byte> path, ExchangeTrace trace, long bodyLength, bool dropsCoding,
        bool addsVersion = false, LearnedDrops? drops = null)
    {
        var head = new HeadWriter(writer);
        head.RequestLine(request.MethodText, key.Target!.PathPrefix.Span, path, request.Query);
        head.Field("host"u8, key.Target.HostField.Span);
        WriteForwarded(ref head, request.Headers, provider, trace, dropsCoding, drops);
        trace.Via.Write(ref head);
        trace.WriteParent(ref head);
        if (addsVersion)
        {
            head.Field("anthropic-version"u8, Version);
        }

        WriteCredential(ref head, provider, key);
        WriteFraming(ref head, request, bodyLength);
        head.End();
    }

    /// <summary>Adds the kept body; only the model's name may be exchanged, every other byte goes out as it came in.</summary>
    public static void WriteBody(ConnectionWriter writer, in ReadOnlySequence<byte> body, in ScannedRequest scanned, ReadOnlySpan<byte> model) =>
        Splice(writer, body, scanned.ModelOffset, scanned.ModelLength, model);

    /// <summary>Adds a body with <paramref name="piece"/> in the place of some of its bytes; as it is if the piece is empty.</summary>
    public static void Splice(ConnectionWriter writer, in ReadOnlySequence<byte> body, long offset, long length, ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty)
        {
            Append(writer, body);
            return;
        }

        Append(writer, body.Slice(0, offset));
        writer.Write(piece);
        Append(writer, body.Slice(offset + length));
    }

    /// <summary>Writes the head of a request along a passthrough route: everything but connection and framing as it came.</summary>
    public static void WritePlainHead(ConnectionWriter writer, RequestHead request, HttpTarget target, ReadOnlySpan<byte> path, Via via, long bodyLength)
    {
        var head = new HeadWriter(writer);
        head.RequestLine(request.MethodText, target.PathPrefix.Span, path, request.Query);
        head.Field("host"u8, target.HostField.Span);
        request.Headers.Write(ref head, FieldSet.Forwardable);
        via.Write(ref head);
        WriteFraming(ref head, request, bodyLength);
        head.End();
    }

    /// <summary>Writes the question for a provider's models.</summary>
    /// <param name="writer">The provider's connection.</param>
    /// <param name="provider">Who is asked.</param>
    /// <param name="client">The client's fields: its credential is the provider's where the configuration says so.</param>
    public static void WriteModelsRequest(ConnectionWriter writer, Provider provider, HeaderTable client)
    {
        var head = new HeadWriter(writer);
        var isAnthropic = provider.Dialect == Dialect.Anthropic;
        head.RequestLine("GET"u8, provider.Target!.PathPrefix.Span, isAnthropic ? "/v1/models"u8 : "/models"u8, isAnthropic ? "?limit=1000"u8 : default);
        head.Field("host"u8, provider.Target!.HostField.Span);
        if (isAnthropic)
        {
            head.Field("anthropic-version"u8, Version);
        }

        head.Field("accept"u8, "application/json"u8);
        head.Field(ModelHops.Field, ModelHops.Of(client) + 1);
        for (var i = 0; provider.ForwardsClientCredential && i < client.Count; i++)
        {
            if (client.Known(i) is KnownHeader.Authorization or KnownHeader.XApiKey)
            {
                head.Field(client.Name(i), client.Value(i));
            }
        }

        WriteCredential(ref head, provider, provider.Keys[0]);
        head.End();
    }

    /// <summary>Adds bytes that lie in blocks, without copying large pieces.</summary>
    public static void Append(ConnectionWriter writer, in ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            writer.Append(segment);
        }
    }

    /// <summary>Adds the credential, and asks for an answer that can be read.</summary>
    public static void WriteCredential(ref HeadWriter head, Provider provider, ProviderKey key)
    {
        if (key.Value is { } credential)
        {
            head.Field(provider.AuthField.Span, credential.Reveal());
        }

        // What we relay we also read, so we ask for it uncompressed.
        head.Field("accept-encoding"u8, "identity"u8);
    }

    private static void WriteForwarded(
        ref HeadWriter head, HeaderTable fields, Provider provider, ExchangeTrace trace, bool dropsCoding, LearnedDrops? drops)
    {
        var passing = Passing(provider, trace, dropsCoding);
        if (drops is not { Betas.Count: > 0 })
        {
            fields.Write(ref head, passing);
            return;
        }

        for (var i = 0; i < fields.Count; i++)
        {
            if (Ascii.EqualsIgnoreCase(fields.Name(i), Beta))
            {
                WriteBetas(ref head, fields.Value(i), drops);
            }
            else if (fields.IsForwardable(i) && passing.Contains(fields.Known(i)))
            {
                head.Field(fields.Name(i), fields.Value(i));
            }
        }
    }

    // The list without those that the provider does not know; no field at all if none is left.
    private static void WriteBetas(ref HeadWriter head, ReadOnlySpan<byte> list, LearnedDrops drops)
    {
        var kept = new ArrayBufferWriter<byte>(Math.Max(1, list.Length));
        foreach (var range in list.Split((byte)','))
        {
            var beta = list[range].Trim(" \t"u8);
            if (!beta.IsEmpty && !drops.DropsBeta(beta))
            {
                kept.Write(kept.WrittenCount > 0 ? ","u8 : default);
                kept.Write(beta);
            }
        }

        if (kept.WrittenCount > 0)
        {
            head.Field(Beta, kept.WrittenSpan);
        }
    }

    // What of the client's a provider may learn.
    private static FieldSet Passing(Provider provider, ExchangeTrace trace, bool dropsCoding)
    {
        var passing = provider.ForwardsClientCredential ? Always.With(KnownHeader.Authorization).With(KnownHeader.XApiKey).With(KnownHeader.Cookie) : Always;
        passing = dropsCoding ? passing : passing.With(KnownHeader.ContentEncoding);
        passing = trace.MayPass(KnownHeader.Traceparent) ? passing.With(KnownHeader.Traceparent) : passing;
        return trace.MayPass(KnownHeader.Tracestate) ? passing.With(KnownHeader.Tracestate) : passing;
    }

    private static void WriteFraming(ref HeadWriter head, RequestHead request, long bodyLength)
    {
        if (bodyLength < 0)
        {
            head.Field("transfer-encoding"u8, "chunked"u8);
        }
        else if (bodyLength > 0 || request.Method is RequestMethod.Post or RequestMethod.Put or RequestMethod.Patch)
        {
            // RFC 9110 section 8.6: a method that anticipates content says that there is none.
            head.Field("content-length"u8, bodyLength);
        }
    }
}

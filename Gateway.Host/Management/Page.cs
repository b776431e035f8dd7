using System.Buffers;
using System.Text.Json;
using Gateway.Core.Errors;
using Gateway.Http.Server;

namespace Gateway.Host.Management;

/// <summary>Writes the answers of the management API.</summary>
internal static class Page
{
    /// <summary>Answers with JSON.</summary>
    public static void Json(Exchange exchange, Action<Utf8JsonWriter> write, int status = 200)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        Send(exchange, status, "application/json"u8, body.WrittenSpan);
    }

    /// <summary>Answers with an error in Anthropic's shape.</summary>
    public static void Refuse(Exchange exchange, int status, ReadOnlySpan<byte> message)
    {
        var body = new ArrayBufferWriter<byte>(256);
        AnthropicError.Write(body, AnthropicErrorTypes.FromStatus(status), message, default);
        Send(exchange, status, "application/json"u8, body.WrittenSpan);
    }

    /// <summary>Says which methods a page takes (RFC 9110 section 15.5.6).</summary>
    public static void RefuseMethod(Exchange exchange, ReadOnlySpan<byte> allowed)
    {
        var body = new ArrayBufferWriter<byte>(256);
        AnthropicError.Write(body, AnthropicErrorTypes.FromStatus(405), "This page does not take this method; see the field allow."u8, default);
        Send(exchange, 405, "application/json"u8, body.WrittenSpan, allowed);
    }

    /// <summary>Answers with a body of any type. None of it may be kept by a cache.</summary>
    public static void Send(Exchange exchange, int status, ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body, ReadOnlySpan<byte> allowed = default)
    {
        var head = exchange.Response.BeginHead(status, default);
        head.Field("content-type"u8, contentType);
        head.Field("cache-control"u8, "no-store"u8);
        if (!allowed.IsEmpty)
        {
            head.Field("allow"u8, allowed);
        }

        exchange.Response.EndHead(ref head, body.Length);
        exchange.Response.Write(body);
        exchange.Response.End();
    }
}

using System.Text;
using Gateway.Core.Telemetry;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>The paths of the gateway, compared byte by byte: nothing is decoded or normalised.</summary>
internal static class GatewayPaths
{
    /// <summary>Bytes of a path before the provider's own begins.</summary>
    public const int PrefixLength = 10;

    private static ReadOnlySpan<byte> Api => "/anthropic/v1/"u8;

    /// <summary>The id in a path that asks for one model; empty for the list.</summary>
    public static ReadOnlySpan<byte> ModelOf(ReadOnlySpan<byte> path)
    {
        var start = Api.Length + "models/".Length;
        return path.Length > start ? path[start..] : default;
    }

    /// <summary>What a path of OpenAI's API asks for: chat completions, the models, or nothing the gateway knows.</summary>
    /// <param name="path">The path.</param>
    /// <param name="modelId">The id in a path that asks for one model; empty for the list.</param>
    public static EndpointKind FindChat(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> modelId)
    {
        modelId = default;
        var below = path.StartsWith("/openai/v1/"u8) ? path["/openai/v1/".Length..] : path.StartsWith("/v1/"u8) ? path["/v1/".Length..] : default;
        if (below.SequenceEqual("chat/completions"u8))
        {
            return EndpointKind.Messages;
        }

        if (below.StartsWith("models/"u8) && below.Length > "models/".Length)
        {
            modelId = below["models/".Length..];
            return EndpointKind.Models;
        }

        return below.SequenceEqual("models"u8) ? EndpointKind.Models : EndpointKind.Unknown;
    }

    /// <summary>The path explains where a message would go.</summary>
    public static bool IsExplanation(ReadOnlySpan<byte> path) => path.SequenceEqual("/route"u8);

    /// <summary>What a path asks for.</summary>
    public static EndpointKind Find(ReadOnlySpan<byte> path)
    {
        if (IsExplanation(path))
        {
            return EndpointKind.Messages;
        }

        if (!path.StartsWith(Api))
        {
            return IsProbe(path) || IsWholeServer(path) ? EndpointKind.Health : EndpointKind.Unknown;
        }

        var resource = path[Api.Length..];
        if (resource.SequenceEqual("messages"u8))
        {
            return EndpointKind.Messages;
        }

        if (resource.SequenceEqual("messages/count_tokens"u8))
        {
            return EndpointKind.CountTokens;
        }

        var isModels = resource.SequenceEqual("models"u8) || (resource.StartsWith("models/"u8) && resource.Length > "models/".Length);
        return isModels ? EndpointKind.Models : EndpointKind.Relayed;
    }

    /// <summary>A path of which there is no other spelling that a server might take for the same (RFC 3986 section 6.2.2).</summary>
    public static bool IsPlain(ReadOnlySpan<byte> path)
    {
        var resource = path[Api.Length..];
        var first = resource.IndexOf((byte)'/') is var end and >= 0 ? resource[..end] : resource;
        if (Ascii.EqualsIgnoreCase(first, "messages"u8) && !first.SequenceEqual("messages"u8))
        {
            return false;
        }

        foreach (var range in resource.Split((byte)'/'))
        {
            var segment = resource[range];
            if (segment.IsEmpty || segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8) || PercentEscapes.HideUnreserved(segment))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>No path: OPTIONS asks about the server itself (RFC 9110 section 9.3.7).</summary>
    public static bool IsWholeServer(ReadOnlySpan<byte> path) => path.SequenceEqual("*"u8);

    /// <summary>Where Claude Code knocks before its first request: HEAD, with any answer.</summary>
    public static bool IsProbe(ReadOnlySpan<byte> path) =>
        path.SequenceEqual("/"u8) || path.SequenceEqual("/anthropic"u8) || path.SequenceEqual("/anthropic/"u8)
        || path.SequenceEqual("/api/hello"u8) || path.SequenceEqual("/anthropic/api/hello"u8);
}

using System.Globalization;
using Gateway.Core.Configuration;
using Gateway.Core.Routing;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Requests;
using Gateway.Http.Server;
using Gateway.Http.Upstream;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>The request to a provider of another dialect: translated anew for each, since each takes something else.</summary>
internal static class TranslatedRequest
{
    private static ReadOnlySpan<byte> ChatPath => "/chat/completions"u8;

    private static ReadOnlySpan<byte> ResponsesPath => "/responses"u8;

    /// <summary>Translates for the context's provider; a verdict other than 200 is the whole answer.</summary>
    public static TranslationVerdict Prepare(ProxyContext context)
    {
        var provider = context.Provider!;
        var model = ModelOf(context);
        context.Outgoing.Clear();
        return context.Translation.Request.Translate(
            context.Body,
            provider.Dialect == Dialect.OpenAiResponses ? TranslationTarget.Responses : TranslationTarget.Chat,
            ProfileOf(context),
            provider.NameUtf8.Span,
            model,
            context.Outgoing);
    }

    /// <summary>Writes what was prepared.</summary>
    public static void Write(Exchange exchange, ProxyContext context, UpstreamConnection upstream)
    {
        var provider = context.Provider!;
        var target = context.Key!.Target!;
        var head = new HeadWriter(upstream.Writer);
        head.RequestLine("POST"u8, target.PathPrefix.Span, provider.Dialect == Dialect.OpenAiResponses ? ResponsesPath : ChatPath, default);
        head.Field("host"u8, target.HostField.Span);
        head.Field("content-type"u8, "application/json"u8);
        head.Field("accept"u8, context.Translation.Request.Streams ? "text/event-stream"u8 : "application/json"u8);
        head.Field("user-agent"u8, "claude-gateway"u8);
        WriteSession(ref head, context);
        context.Trace.Via.WriteAll(ref head, exchange.Request.Headers);
        context.Trace.WriteAll(ref head, exchange.Request.Headers);
        RequestRewriter.WriteCredential(ref head, provider, context.Key);
        head.Field("content-length"u8, context.Outgoing.Length);
        head.End();
        RequestRewriter.Append(upstream.Writer, context.Outgoing.Content);
    }

    // A hash of the conversation's: whoever reads it learns nothing of the session, and an agent of its own has a prompt of its own.
    private static void WriteSession(ref HeadWriter head, ProxyContext context)
    {
        var field = context.Provider!.Profile.SessionField;
        if (field == SessionField.None)
        {
            return;
        }

        var key = context.Conversation != 0 ? context.Conversation : ConversationKey.Of(context.Scanner.Result, context.Fields, context.Body);
        Span<byte> hash = stackalloc byte[16];
        _ = key.TryFormat(hash, out _, "x16", CultureInfo.InvariantCulture);
        head.Field(field == SessionField.SessionId ? "x-session-id"u8 : "x-session-affinity"u8, hash);
    }

    /// <summary>How the context's model wants its requests.</summary>
    public static DialectProfile ProfileOf(ProxyContext context) => context.Provider!.ProfileFor(ModelOf(context));

    /// <summary>The model's name as the provider knows it, without escapes.</summary>
    private static ReadOnlySpan<byte> ModelOf(ProxyContext context)
    {
        var token = context.ModelToken.Span;
        if (token.IsEmpty)
        {
            return context.Scanner.Result.Model;
        }

        if (token.IndexOf((byte)'\\') < 0)
        {
            return token[1..^1];
        }

        var reader = new System.Text.Json.Utf8JsonReader(token);
        _ = reader.Read();
        return System.Text.Encoding.UTF8.GetBytes(reader.GetString()!);
    }
}

using System.Buffers;
using System.Text;
using Gateway.Core.Analysis;
using Gateway.Core.Compatibility;
using Gateway.Core.Configuration;
using Gateway.Core.Failover;
using Gateway.Core.Telemetry;
using Gateway.Http.Server;

namespace Gateway.Http.Proxying;

/// <summary>Makes a request fit the provider of its attempt: without what that was found not to know, and without thinking that somebody else signed.</summary>
/// <remarks>Nearly every request fits as it is, and goes out byte for byte.</remarks>
internal static class RequestFit
{
    private const int MostErrorBytes = 4096;

    // Anthropic itself knows what it does not know best: its refusals are for the client.
    private static ReadOnlySpan<byte> Vendor => "api.anthropic.com"u8;

    /// <summary>Prepares the attempt; true if the body to send lies in <see cref="ProxyContext.Outgoing"/>.</summary>
    public static bool Prepare(Exchange exchange, ProxyContext context)
    {
        var known = context.Provider!.State.Compatibility;
        context.Fit.Drops = known.IsEmpty ? null : known.Find(ModelOf(context), context.Conversation, exchange.Reactor.NowMs);
        context.Fit.Stripped = 0;
        var isMixed = IsMixed(context);
        if (context.Fit.Drops is not { TouchesBody: true } && !isMixed)
        {
            return false;
        }

        Rewrite(context, isMixed);
        if (context.Fit.Stripped > 0 || context.Fit.Drops is { TouchesBody: true })
        {
            return true;
        }

        // What was found stood in a tool's input.
        context.Outgoing.Clear();
        return false;
    }

    /// <summary>Takes out of a translated request what its provider was found not to know.</summary>
    public static void LeaveOut(Exchange exchange, ProxyContext context)
    {
        var known = context.Provider!.State.Compatibility;
        if (!known.IsEmpty && known.Find(ModelOf(context), context.Conversation, exchange.Reactor.NowMs) is { TouchesBody: true } drops)
        {
            var translated = new ReadOnlySequence<byte>(context.Outgoing.Content.ToArray());
            context.Outgoing.Clear();
            _ = RequestEdit.Write(translated, model: default, drops, isForeign: null, context.Outgoing);
        }
    }

    /// <summary>Whoever served the conversation last signed what nobody is known for, such as what was answered before the gateway started.</summary>
    public static void NoteSignatures(Exchange exchange, ProxyContext context)
    {
        if (context.Snapshot.HasSeveralProviders && HasThinking(context)
            && context.Snapshot.Conversations.TryFindLast(context.Conversation, exchange.Reactor.NowMs, out var last))
        {
            Signatures.Note(context.Body, context.Snapshot.Signatures, last.Provider);
        }
    }

    /// <summary>Whoever answers signs the thinking in its answer.</summary>
    public static void LearnSignatures(ProxyContext context)
    {
        foreach (var signature in context.Tap.Signatures)
        {
            context.Snapshot.Signatures.Note(signature, context.Provider!.Hash);
        }
    }

    /// <summary>Learns from a refusal; true if the request can be sent again without what was refused.</summary>
    public static bool TryLearn(Exchange exchange, ProxyContext context, FaultKind fault, RareCounts counts)
    {
        var provider = context.Provider!;
        if (fault != FaultKind.UnknownField || context.Chat.IsFor(provider) || context.Saved.Status == 0
            || provider.Target!.HostField.Span.StartsWith(Vendor))
        {
            return false;
        }

        var body = context.Saved.Body;
        var text = new byte[(int)Math.Min(body.Length, MostErrorBytes)];
        body.Slice(0, text.Length).CopyTo(text);
        if (UnknownName.Find(text) is not { } name || !WasSent(context, name) || !provider.State.Compatibility.Learn(ModelOf(context), context.Conversation, name, exchange.Reactor.NowMs))
        {
            return false;
        }

        counts.Add("gateway_compatibility_drops_total", $"provider=\"{provider.Name}\",name=\"{name.Name}\"");
        return true;
    }

    // What was not there can't be left out.
    private static bool WasSent(ProxyContext context, UnknownName name)
    {
        var isTranslated = context.Provider!.Dialect != Dialect.Anthropic;
        if (name.Place == NamePlace.Beta)
        {
            return !isTranslated && context.Fields.TryGet("anthropic-beta"u8, out var betas) && (name.Name == "*" || betas.IndexOf(Encoding.UTF8.GetBytes(name.Name)) >= 0);
        }

        return (isTranslated ? context.Outgoing.Content : context.Body).ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"{name.Name}\"")) >= 0;
    }

    // Nearly always one has signed everything, and then nobody has to look.
    private static bool IsMixed(ProxyContext context) =>
        HasThinking(context)
        && (context.Snapshot.Translates || context.Snapshot.Signatures.HasOther(context.Provider!.Hash))
        && Signatures.HasForeign(context.Body, context.Snapshot.Signatures, context.Provider!.Hash);

    private static void Rewrite(ProxyContext context, bool isMixed)
    {
        var signatures = context.Snapshot.Signatures;
        var provider = context.Provider!.Hash;
        context.Outgoing.Clear();
        context.Fit.Stripped = RequestEdit.Write(
            context.Body,
            context.ModelToken.Span,
            context.Fit.Drops,
            isMixed ? signature => Signatures.IsForeign(signature, signatures, provider) : null,
            context.Outgoing);
    }

    private static bool HasThinking(ProxyContext context) => context.Scanner.Result.ThinkingBlocks > 0;

    private static ulong ModelOf(ProxyContext context)
    {
        var token = context.ModelToken.Span;
        return StableHash.Of(token.IsEmpty ? context.Scanner.Result.Model : token[1..^1]);
    }
}

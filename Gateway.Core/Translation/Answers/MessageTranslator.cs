using System.Buffers;
using Gateway.Core.Translation.Errors;

namespace Gateway.Core.Translation.Answers;

/// <summary>A provider's whole answer to one message. Reusable.</summary>
/// <remarks>It goes through the events, so that both ways give the same message.</remarks>
public sealed class MessageTranslator
{
    private readonly MessageStreamer _streamer = new();
    private readonly MessageAggregator _aggregator = new();
    private readonly ArrayBufferWriter<byte> _events = new(4096);

    /// <summary>Tokens.</summary>
    public AnswerUsage Usage => _streamer.Usage;

    /// <summary>Why the answer ended.</summary>
    public StopReason StopReason => _streamer.StopReason;

    /// <summary>Writes the message; nothing if the answer is none, and says why.</summary>
    public AnthropicFault? Translate(ReadOnlySpan<byte> upstreamJson, AnswerContext context, IBufferWriter<byte> client)
    {
        _events.ResetWrittenCount();
        if (_streamer.Translate(upstreamJson, context, _events) is { } fault)
        {
            return fault;
        }

        _aggregator.Begin();
        _aggregator.Feed(_events.WrittenSpan);
        _aggregator.TryWrite(client);
        return null;
    }
}

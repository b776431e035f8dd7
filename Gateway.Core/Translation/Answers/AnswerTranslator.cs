using System.Buffers;
using Gateway.Core.Translation.Errors;

namespace Gateway.Core.Translation.Answers;

/// <summary>A provider's answer, stream or whole, to the form the client asked for, stream or whole. Reusable; one thread at a time.</summary>
/// <remarks>Every way goes through Anthropic's events, so that all four give the same message.</remarks>
public sealed class AnswerTranslator
{
    private readonly StreamTranslator _stream = new();
    private readonly MessageAggregator _message = new();
    private readonly ArrayBufferWriter<byte> _events = new(4096);
    private bool _streams;
    private bool _isWritten;

    /// <summary>A whole answer, of either dialect, that the limit of tokens left empty: for whoever must make one up.</summary>
    public static ReadOnlySpan<byte> EmptyAtLimit =>
        "{\"status\":\"incomplete\",\"output\":[],\"choices\":[{\"message\":{},\"finish_reason\":\"length\"}]}"u8;

    /// <summary>The message was begun.</summary>
    public bool HasStarted => _stream.HasStarted;

    /// <summary>A content block was begun: from here on no other provider can be asked for a stream.</summary>
    public bool HasContent => _stream.HasContent;

    /// <summary>The answer is over, well or badly.</summary>
    public bool IsEnded => _stream.IsEnded;

    /// <summary>What went wrong; null if nothing did. A stream that had begun was told, else nothing was written.</summary>
    public AnthropicFault? Fault => _stream.Fault;

    /// <summary>The answer came to a good end, and its tokens are known.</summary>
    public bool HasFigures => IsEnded && Fault is null;

    /// <summary>Tokens, once the answer has ended.</summary>
    public AnswerUsage Usage => _stream.Usage;

    /// <summary>The tokens are what the provider counted, and no estimate.</summary>
    public bool HasReportedUsage => _stream.HasReportedUsage;

    /// <summary>Why the answer ended.</summary>
    public StopReason StopReason => _stream.StopReason;

    /// <summary>Prepares for an answer.</summary>
    /// <param name="context">What it depends on; kept until the next one.</param>
    /// <param name="streams">The client gets a stream, not one message at the end.</param>
    public void Begin(AnswerContext context, bool streams)
    {
        _streams = streams;
        _isWritten = false;
        _stream.Begin(context);
        _message.Begin();
    }

    /// <summary>Takes bytes of the provider's event stream, cut anywhere.</summary>
    public void Feed(ReadOnlySpan<byte> upstream, IBufferWriter<byte> client)
    {
        _stream.Feed(upstream, Target(client));
        Settle(client);
    }

    /// <summary>Takes a whole answer; writes nothing if it is none.</summary>
    public void FeedWhole(ReadOnlySpan<byte> json, IBufferWriter<byte> client)
    {
        _events.ResetWrittenCount();
        _stream.TakeWhole(json.Trim("\uFEFF \t\r\n"u8), _events);
        if (Fault is not null)
        {
            return;
        }

        if (_streams)
        {
            client.Write(_events.WrittenSpan);
            return;
        }

        Settle(client);
    }

    /// <summary>The provider's event stream has ended.</summary>
    /// <param name="isClean">False if its connection died.</param>
    /// <param name="client">Takes what is left.</param>
    public void EndOfBody(bool isClean, IBufferWriter<byte> client)
    {
        _stream.EndOfBody(isClean, Target(client));
        Settle(client);
    }

    /// <summary>The provider fell silent for too long.</summary>
    public void GiveUp(IBufferWriter<byte> client)
    {
        _stream.GiveUp(Target(client));
        Settle(client);
    }

    private IBufferWriter<byte> Target(IBufferWriter<byte> client)
    {
        _events.ResetWrittenCount();
        return _streams ? client : _events;
    }

    // The one message is written when its last event is there.
    private void Settle(IBufferWriter<byte> client)
    {
        if (_streams)
        {
            return;
        }

        _message.Feed(_events.WrittenSpan);
        if (IsEnded && Fault is null && !_isWritten)
        {
            _isWritten = true;
            _message.TryWrite(client);
        }
    }
}

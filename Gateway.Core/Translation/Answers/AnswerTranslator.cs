using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Errors;
using Gateway.Core.Translation.Sse;

namespace Gateway.Core.Translation.Answers;

/// <summary>Turns a provider's answer of an OpenAI dialect into an Anthropic message, as a stream or as one JSON object.</summary>
/// <remarks>A state machine over bytes that may be cut anywhere. It never invents an ending: an answer that breaks off ends in an error.
/// Single-threaded; reused by <see cref="Begin"/>; allocates nothing for an event when warm.</remarks>
public sealed class AnswerTranslator
{
    private readonly AnthropicStreamWriter _stream = new();
    private readonly AnthropicMessageWriter _message = new();
    private readonly AnswerBuilder _builder = new();
    private readonly SseReader _events = new();
    private readonly ChatChunkReader _chunks;
    private readonly ResponsesReader _responses;
    private AnswerContext _context = new();
    private IAnswerWriter _writer;

    /// <summary>A translator with nothing translated yet.</summary>
    public AnswerTranslator()
    {
        _writer = _stream;
        _chunks = new ChatChunkReader(_builder);
        _responses = new ResponsesReader(_builder);
    }

    /// <summary>The message was begun.</summary>
    public bool HasStarted => _writer.HasStarted;

    /// <summary>A block was begun: the commit point.</summary>
    public bool HasContent => _writer.HasContent;

    /// <summary>The answer is over, well or badly.</summary>
    public bool IsEnded => _writer.IsEnded || Fault is not null;

    /// <summary>What went wrong; null if nothing did. An error event was written only if the message had been begun.</summary>
    public AnthropicFault? Fault { get; private set; }

    /// <summary>The tokens as far as they are known.</summary>
    public AnswerUsage Usage => _builder.Usage;

    /// <summary>The stop_reason of an answer that has ended well.</summary>
    public string StopReason { get; private set; } = "";

    /// <summary>Begins an answer.</summary>
    /// <param name="context">What it depends on; kept until the next one.</param>
    /// <param name="streams">The client gets a stream.</param>
    public void Begin(AnswerContext context, bool streams)
    {
        _context = context;
        _writer = streams ? _stream : _message;
        _writer.Begin();
        _builder.Begin(context, _writer);
        _events.Begin();
        _responses.Begin();
        Fault = null;
        StopReason = "";
    }

    /// <summary>Reads the next bytes of an event stream.</summary>
    public void Feed(ReadOnlySpan<byte> upstream, IBufferWriter<byte> client)
    {
        _writer.WriteTo(client);
        while (!IsEnded && _events.TryRead(ref upstream, out var data))
        {
            ReadEvent(data);
        }
    }

    /// <summary>Reads a whole answer in JSON.</summary>
    public void FeedWhole(ReadOnlySpan<byte> json, IBufferWriter<byte> client)
    {
        _writer.WriteTo(client);
        if (!JsonMembers.IsValid(json))
        {
            Fail(ErrorBridge.OfBrokenAnswer());
            return;
        }

        var error = _context.IsResponses ? _responses.Read(json) : _chunks.Read(json);
        if (!error.IsEmpty)
        {
            Fail(ErrorBridge.OfChunk(error, _context.Profile, _context.EstimatedInputTokens));
        }
        else if (_context.IsResponses ? _responses.IsOver : ChatChunkReader.HasChoice(json))
        {
            End();
        }
        else
        {
            Fail(ErrorBridge.OfBrokenAnswer());
        }
    }

    /// <summary>The event stream has ended.</summary>
    /// <param name="isClean">By its framing; false if the connection died or fell silent.</param>
    /// <param name="client">Takes what is left.</param>
    public void EndOfBody(bool isClean, IBufferWriter<byte> client)
    {
        _writer.WriteTo(client);
        if (!IsEnded && isClean && _events.TryEnd(out var data))
        {
            ReadEvent(data);
        }

        if (IsEnded)
        {
            return;
        }

        if (isClean && (_context.IsResponses ? _responses.IsOver : _builder.Stop.IsKnown))
        {
            End();
        }
        else
        {
            Fail(ErrorBridge.OfCutAnswer(isClean));
        }
    }

    /// <summary>The provider fell silent for too long.</summary>
    public void GiveUp(IBufferWriter<byte> client)
    {
        _writer.WriteTo(client);
        if (!IsEnded)
        {
            Fail(ErrorBridge.OfSilence());
        }
    }

    private void ReadEvent(ReadOnlySpan<byte> data)
    {
        data = data.Trim(" \t\r\n"u8);
        if (data.SequenceEqual("[DONE]"u8))
        {
            EndAtMark();
            return;
        }

        // What is no JSON says nothing; a stream that ends without more is told as cut.
        if (data is not [(byte)'{', ..] || !JsonMembers.IsValid(data))
        {
            return;
        }

        var error = _context.IsResponses ? _responses.Read(data) : _chunks.Read(data);
        if (!error.IsEmpty)
        {
            Fail(ErrorBridge.OfChunk(error, _context.Profile, _context.EstimatedInputTokens));
        }
        else if (_builder.Stop.IsError)
        {
            Fail(ErrorBridge.OfFailedFinish());
        }
        else if (_context.IsResponses && _responses.IsOver)
        {
            End();
        }
    }

    private void EndAtMark()
    {
        if (_builder.Stop.IsKnown || _builder.HasAnything)
        {
            End();
        }
        else
        {
            Fail(ErrorBridge.OfCutAnswer(isClean: true));
        }
    }

    private void End()
    {
        if (_builder.Stop.IsError)
        {
            Fail(ErrorBridge.OfFailedFinish());
            return;
        }

        _builder.End();
        StopReason = _builder.Stop.IsLength ? "max_tokens" : _writer.HasTool ? "tool_use" : "end_turn";
    }

    private void Fail(AnthropicFault fault)
    {
        Fault = fault;
        if (_writer.HasStarted)
        {
            _writer.Fail(fault.Type, Encoding.UTF8.GetBytes(fault.Message));
        }
    }
}

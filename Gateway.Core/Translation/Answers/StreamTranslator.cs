using System.Buffers;
using System.Text.Json;
using Gateway.Core.Translation.Errors;
using Gateway.Core.Translation.Sse;

namespace Gateway.Core.Translation.Answers;

/// <summary>A provider's event stream to Anthropic's. Reusable; one thread at a time; allocates nothing once warm.</summary>
public sealed class StreamTranslator
{
    private readonly SseReader _sse = new();
    private readonly PlainBody _plain = new();
    private readonly AnthropicStreamWriter _writer = new();
    private readonly AnswerEnd _end = new();
    private readonly AnswerFlow _flow;
    private readonly ChatReader _chat;
    private readonly ResponsesReader _responses;
    private AnswerContext _context = new();

    /// <summary>Makes a translator; <see cref="Begin"/> makes it ready.</summary>
    public StreamTranslator()
    {
        _flow = new AnswerFlow(_writer);
        _chat = new ChatReader(_flow, _end);
        _responses = new ResponsesReader(_writer, _flow, _end);
    }

    /// <summary><c>message_start</c> was written.</summary>
    public bool HasStarted => _writer.HasStarted;

    /// <summary>A content block was begun: from here on no other provider can be asked.</summary>
    public bool HasContent => _writer.HasContent;

    /// <summary>The end or an error was written: nothing more will be.</summary>
    public bool IsEnded => _writer.IsEnded;

    /// <summary>What went wrong. If <see cref="HasStarted"/> is false nothing was written, and it is the caller's to tell.</summary>
    public AnthropicFault? Fault { get; private set; }

    /// <summary>Tokens, so far as known.</summary>
    public AnswerUsage Usage { get; private set; }

    /// <summary>The tokens are what the provider counted, and no estimate.</summary>
    public bool HasReportedUsage => _end.HasUsage;

    /// <summary>Why the answer ended.</summary>
    public StopReason StopReason { get; private set; }

    /// <summary>Prepares for an answer.</summary>
    public void Begin(AnswerContext context)
    {
        _context = context;
        _sse.Reset();
        _plain.Reset();
        _end.Reset();
        _writer.Begin(context);
        _flow.Begin(context);
        _chat.Begin(context);
        _responses.Begin(context);
        Fault = null;
        Usage = default;
        StopReason = StopReason.None;
    }

    /// <summary>Takes bytes of the provider's body, cut anywhere, and writes the events they make.</summary>
    public void Feed(ReadOnlySpan<byte> upstream, IBufferWriter<byte> client)
    {
        _writer.WriteTo(client);
        if (_plain.Takes(ref upstream))
        {
            return;
        }

        while (!IsEnded && _sse.Read(ref upstream))
        {
            TakeEvent();
        }
    }

    /// <summary>The provider's body has ended.</summary>
    /// <param name="isClean">False if its connection died or fell silent.</param>
    /// <param name="client">Takes the last events.</param>
    public void EndOfBody(bool isClean, IBufferWriter<byte> client)
    {
        _writer.WriteTo(client);
        if (!IsEnded && isClean && !_plain.Json.IsEmpty)
        {
            TakeWhole(_plain.Json, client);
        }
        else if (!IsEnded && isClean && _sse.Finish())
        {
            TakeEvent();
        }

        if (IsEnded)
        {
            return;
        }

        if (_end.Reason != StopReason.None)
        {
            Finish();
            return;
        }

        Fail(ErrorBridge.Broken("The provider's stream ended before its answer was complete."u8));
    }

    /// <summary>The provider fell silent for too long.</summary>
    public void GiveUp(IBufferWriter<byte> client)
    {
        _writer.WriteTo(client);
        if (!IsEnded && _end.Reason != StopReason.None)
        {
            // All was said but goodbye.
            Finish();
        }
        else if (!IsEnded)
        {
            Fail(ErrorBridge.Silent());
        }
    }

    /// <summary>Takes a whole answer, no stream, and writes all its events.</summary>
    internal void TakeWhole(ReadOnlySpan<byte> json, IBufferWriter<byte> client)
    {
        _writer.WriteTo(client);
        if (!TakePayload(json) && !IsEnded)
        {
            Fail(ErrorBridge.FromStream(json, _context.Profile, _context.EstimatedInputTokens, _context.Credential.Span));
        }
        else if (!IsEnded)
        {
            Finish();
        }
    }

    private void TakeEvent()
    {
        var data = _sse.Data.Trim(" \t\r\n"u8);
        if (data.SequenceEqual("[DONE]"u8))
        {
            TakeDone();
        }
        else if (_sse.IsError)
        {
            Fail(ErrorBridge.FromStream(data, _context.Profile, _context.EstimatedInputTokens, _context.Credential.Span));
        }
        else
        {
            TakePayload(data);
        }
    }

    private void TakeDone()
    {
        if (_end.Reason == StopReason.None && _flow.Tools.Calls.HasUnfinished)
        {
            // A client runs a call whose block was closed: half a command must not be one.
            Fail(ErrorBridge.Broken("The provider's stream ended in the middle of a tool call."u8));
            return;
        }

        if (_end.Reason != StopReason.None || HasContent || _flow.Tools.Calls.Count > 0 || _end.Refusal.WrittenCount > 0)
        {
            Finish();
            return;
        }

        Fail(ErrorBridge.Broken("The provider ended its stream without an answer."u8));
    }

    // What can't be read is skipped: a later chunk may be fine, and without an end there is an error anyway.
    private bool TakePayload(ReadOnlySpan<byte> payload)
    {
        var isAnswer = false;
        try
        {
            if (!JsonText.IsObject(payload))
            {
                TakeList(payload);
                return false;
            }

            Probe(payload);
            isAnswer = _context.IsResponses ? _responses.Read(payload) : _chat.Read(payload);
        }
        catch (JsonException)
        {
            return false;
        }

        if (_end.Fault is { } fault)
        {
            Fail(fault);
        }
        else if (_end.IsTerminal)
        {
            Finish();
        }

        return isAnswer;
    }

    // Gemini's compatible API puts its errors in a list.
    private void TakeList(ReadOnlySpan<byte> payload)
    {
        if (JsonText.IsArray(payload) && ErrorShape.Matches(payload))
        {
            Fail(ErrorBridge.FromStream(payload, _context.Profile, _context.EstimatedInputTokens, _context.Credential.Span));
        }
    }

    // The message begins with the first chunk of any kind but an error.
    private void Probe(ReadOnlySpan<byte> payload)
    {
        if (HasStarted)
        {
            return;
        }

        var isAnswer = false;
        var isError = false;
        var members = new JsonMembers(payload);
        while (members.Next())
        {
            isAnswer |= members.Name.SequenceEqual("choices"u8) || members.Name.SequenceEqual("response"u8)
                || members.Name.SequenceEqual("output"u8);
            isError |= (members.Name.SequenceEqual("error"u8) && JsonText.HasValue(members.Value))
                || (members.Name.SequenceEqual("base_resp"u8) && JsonText.Number(JsonMembers.Find(members.Value, "status_code"u8)) > 0)
                || (members.Name.SequenceEqual("type"u8) && JsonText.Content(members.Value).SequenceEqual("response.failed"u8))
                || (members.Name.SequenceEqual("choices"u8) && IsWholeWithoutChoice(payload, members.Value));
        }

        if (isAnswer && !isError)
        {
            _writer.Start();
        }
    }

    // A whole answer without a choice is none; in a stream such a chunk may come first.
    private static bool IsWholeWithoutChoice(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> choices) =>
        JsonText.Content(JsonMembers.Find(payload, "object"u8)).SequenceEqual("chat.completion"u8)
        && choices[1..^1].Trim(" \t\r\n"u8).IsEmpty;

    private void Finish()
    {
        _flow.Finish();
        StopReason = ReasonOf(_end.Reason);
        Usage = _end.HasUsage
            ? _end.Usage
            : new AnswerUsage(_context.EstimatedInputTokens, (_flow.Written + 3) / 4, 0, 0);
        if (!HasContent && StopReason != StopReason.Refusal
            && ErrorBridge.SilentOverflow(Usage.Input + Usage.CacheRead + Usage.CacheCreation, _context.Profile.ContextWindow) is { } overflow)
        {
            Fail(overflow);
            return;
        }

        _writer.Finish(StopReason, _end.StopSequence.WrittenSpan, _end.Refusal.WrittenSpan, Usage);
    }

    private StopReason ReasonOf(StopReason said)
    {
        if (said is StopReason.MaxTokens or StopReason.ContextWindowExceeded)
        {
            return said;
        }

        if (said == StopReason.Refusal || _end.Refusal.WrittenCount > 0)
        {
            return StopReason.Refusal;
        }

        if (_flow.Tools.HasAny)
        {
            return StopReason.ToolUse;
        }

        return said == StopReason.StopSequence ? said : StopReason.EndTurn;
    }

    private void Fail(AnthropicFault fault)
    {
        Fault = fault;
        _writer.Fail(fault.Type, fault.Message.Span);
    }
}

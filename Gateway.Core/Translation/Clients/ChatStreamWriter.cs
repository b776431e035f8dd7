using System.Buffers;
using System.Text.Json;
using Gateway.Core.Errors;
using Gateway.Core.Translation.Answers;
using Gateway.Core.Translation.Sse;

namespace Gateway.Core.Translation.Clients;

/// <summary>Anthropic's event stream to OpenAI's chunks. Reusable; one thread at a time; allocates nothing once warm.</summary>
public sealed class ChatStreamWriter
{
    private readonly SseReader _sse = new();
    private readonly ChatChunkWriter _chunks = new();
    private ChatAnswerContext _context = new();
    private IBufferWriter<byte> _client = new ArrayBufferWriter<byte>();
    private ChatUsage _usage;
    private BlockKind _open;
    private int _calls;
    private bool _hasArguments;
    private bool _hasFinished;
    private bool _isBroken;

    /// <summary>The first chunk was written.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>The end or an error was written: nothing more will be.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Prepares for an answer.</summary>
    /// <param name="context">What it depends on; kept until the next one.</param>
    public void Begin(ChatAnswerContext context)
    {
        _context = context;
        _sse.Reset();
        _chunks.Begin(context);
        _usage = default;
        _open = BlockKind.None;
        _calls = 0;
        HasStarted = IsEnded = _hasFinished = _isBroken = false;
    }

    /// <summary>Takes bytes of Anthropic's stream, cut anywhere, and writes the chunks they make.</summary>
    public void Feed(ReadOnlySpan<byte> anthropic, IBufferWriter<byte> client)
    {
        WriteTo(client);
        while (!IsEnded && _sse.Read(ref anthropic))
        {
            TakeEvent();
        }
    }

    /// <summary>Anthropic's stream has ended.</summary>
    /// <param name="isClean">False if its connection died: half an event is none.</param>
    /// <param name="client">Takes the last chunks: without an end they are an error, so that nobody takes half an answer for a
    /// whole one.</param>
    public void EndOfBody(bool isClean, IBufferWriter<byte> client)
    {
        WriteTo(client);
        if (!IsEnded && isClean && _sse.Finish())
        {
            TakeEvent();
        }

        if (IsEnded)
        {
            return;
        }

        if (_hasFinished)
        {
            End();
            return;
        }

        IsEnded = true;
        ChatErrorWriter.WriteEvent(AnthropicErrorType.ApiError, "The answer was cut before its end."u8, client);
    }

    private void WriteTo(IBufferWriter<byte> client)
    {
        _client = client;
        _chunks.WriteTo(client);
    }

    private void TakeEvent()
    {
        if (_sse.IsError || _isBroken)
        {
            Fail();
            return;
        }

        try
        {
            Take(new AnthropicEvent(_sse.Data));
        }
        catch (JsonException)
        {
            // Half an event: the next one may say why. Anything else that follows would be an answer with a hole.
            _isBroken = true;
        }
    }

    private void Take(AnthropicEvent read)
    {
        switch (read.Type)
        {
            case var type when type.SequenceEqual("content_block_delta"u8):
                TakeDelta(read.Delta);
                break;
            case var type when type.SequenceEqual("content_block_start"u8):
                OpenBlock(read.Block);
                break;
            case var type when type.SequenceEqual("content_block_stop"u8):
                CloseBlock();
                break;
            case var type when type.SequenceEqual("message_start"u8):
                Start(read.Message);
                break;
            case var type when type.SequenceEqual("message_delta"u8):
                TakeEnd(read.Delta, read.Usage);
                break;
            case var type when type.SequenceEqual("message_stop"u8) && _hasFinished:
                End();
                break;
            case var type when type.SequenceEqual("ping"u8):
                _chunks.Ping();
                break;
            case var type when type.SequenceEqual("error"u8):
                Fail();
                break;
        }
    }

    private void Start(ReadOnlySpan<byte> message)
    {
        if (!HasStarted)
        {
            HasStarted = true;
            _usage.Take(JsonMembers.Find(message, "usage"u8));
            _chunks.Start(Text(message, "id"u8), Text(message, "model"u8));
        }
    }

    // Tools that ran at the provider are not the client's to run: it sees what they led to.
    private void OpenBlock(ReadOnlySpan<byte> block)
    {
        Start(default);
        var type = Text(block, "type"u8);
        _open = type.SequenceEqual("tool_use"u8) && MayCall ? BlockKind.Tool
            : type.SequenceEqual("thinking"u8) ? BlockKind.Thinking
            : type.SequenceEqual("text"u8) ? BlockKind.Text
            : BlockKind.None;
        if (_open == BlockKind.Tool)
        {
            _hasArguments = false;
            _chunks.OpenCall(_calls++, Text(block, "id"u8), Text(block, "name"u8));
        }
    }

    // The older form has room for one call.
    private bool MayCall => !_context.UsesFunctions || _calls == 0;

    private void TakeDelta(ReadOnlySpan<byte> delta)
    {
        var members = new JsonMembers(delta);
        while (members.Next())
        {
            var text = JsonText.Content(members.Value);
            if (text.IsEmpty)
            {
                continue;
            }

            switch (members.Name)
            {
                case var name when _open == BlockKind.Text && name.SequenceEqual("text"u8):
                    _chunks.Text("content"u8, text);
                    break;
                case var name when _open == BlockKind.Thinking && name.SequenceEqual("thinking"u8):
                    _chunks.Text("reasoning_content"u8, text);
                    break;
                case var name when _open == BlockKind.Tool && name.SequenceEqual("partial_json"u8):
                    _hasArguments = true;
                    _chunks.Arguments(_calls - 1, text);
                    break;
            }
        }
    }

    // A client of OpenAI's parses the arguments whatever they are, and nothing is no JSON.
    private void CloseBlock()
    {
        if (_open == BlockKind.Tool && !_hasArguments)
        {
            _chunks.Arguments(_calls - 1, "{}"u8);
        }

        _open = BlockKind.None;
    }

    private void TakeEnd(ReadOnlySpan<byte> delta, ReadOnlySpan<byte> usage)
    {
        _usage.Take(usage);
        var reason = Text(delta, "stop_reason"u8);
        if (reason.IsEmpty || _hasFinished)
        {
            return;
        }

        Start(default);
        _hasFinished = true;
        var refusal = Text(JsonMembers.Find(delta, "stop_details"u8), "explanation"u8);
        if (!refusal.IsEmpty)
        {
            _chunks.Text("refusal"u8, refusal);
        }

        _chunks.Finish(ChatFinish.Name(reason, _calls > 0, _context.UsesFunctions));
    }

    private void End()
    {
        IsEnded = true;
        _chunks.Done(_usage);
    }

    private void Fail()
    {
        IsEnded = true;
        ChatErrorWriter.WriteEvent(_sse.Data, _client);
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) =>
        JsonText.Content(JsonMembers.Find(json, name));
}

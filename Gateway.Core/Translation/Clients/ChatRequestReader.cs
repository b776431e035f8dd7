using System.Buffers;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>Turns a request of OpenAI's Chat Completions into one of Anthropic's Messages API. Reusable, for one request at a
/// time.</summary>
/// <remarks>The same conversation gives the same bytes, so that a provider's prompt cache holds.</remarks>
public sealed class ChatRequestReader
{
    /// <summary>Most output tokens of a request that sets no limit, unless told otherwise: what Claude Code asks of a model it
    /// does not know.</summary>
    public const long UsualMaxTokens = 32_000;

    // platform.claude.com/docs/en/api/messages: metadata.user_id.
    private const int LongestUser = 256;

    private readonly ChatRequestContext _context = new();
    private readonly ArrayBufferWriter<byte> _model = new(64);
    private readonly ChatConversation _conversation;
    private readonly ChatTools _tools;
    private readonly ChatLimits _limits;
    private readonly ChatOutputConfig _config;

    /// <summary>A reader with nothing read yet.</summary>
    /// <param name="usualMaxTokens">Most output tokens of a request that sets no limit.</param>
    public ChatRequestReader(long usualMaxTokens = UsualMaxTokens)
    {
        _conversation = new ChatConversation(_context);
        _tools = new ChatTools(_context);
        _limits = new ChatLimits(_context, usualMaxTokens);
        _config = new ChatOutputConfig(_context);
    }

    /// <summary>The client asked for a stream.</summary>
    public bool Streams { get; private set; }

    /// <summary>The client wants the tokens counted at the end of its stream.</summary>
    public bool IncludesUsage { get; private set; }

    /// <summary>The model as the client names it, without escapes: its answer bears that name, whoever gives it.</summary>
    /// <remarks>Valid until the next request.</remarks>
    public ReadOnlyMemory<byte> Model => _model.WrittenMemory;

    /// <summary>The client wants a call in the older form of functions.</summary>
    public bool UsesFunctions => _tools.UsesFunctions;

    /// <summary>Names of what got lost, separated by commas; empty if nothing did.</summary>
    public ReadOnlySpan<byte> Dropped => _context.Dropped.Span;

    /// <summary>Writes Anthropic's request.</summary>
    /// <param name="body">The client's whole request.</param>
    /// <param name="output">Takes the JSON; what it got is worth nothing unless the verdict is 200.</param>
    public TranslationVerdict Read(in ReadOnlySequence<byte> body, IBufferWriter<byte> output)
    {
        _context.Begin(output);
        Streams = IncludesUsage = false;
        _model.ResetWrittenCount();
        try
        {
            if (!_context.Tape.TryRead(body))
            {
                return new TranslationVerdict(400, "The request body is not a JSON object.");
            }

            ReadDelivery();
            ChatMembers.Check(_context);
            if (_context.Fault is null)
            {
                Write();
            }

            return _context.Fault is { } fault ? new TranslationVerdict(400, fault) : new TranslationVerdict(200, null);
        }
        finally
        {
            _context.Tape.Release();
        }
    }

    private void ReadDelivery()
    {
        var tape = _context.Tape;
        var stream = tape.Find(JsonTape.Root, "stream"u8);
        var options = tape.Find(JsonTape.Root, "stream_options"u8);
        Streams = tape.Kind(stream) == TapeKind.True;
        IncludesUsage = Streams && tape.Kind(tape.Find(options, "include_usage"u8)) == TapeKind.True;
        if (_context.Has(stream) && !Streams && tape.Kind(stream) != TapeKind.False)
        {
            _context.Refuse("stream: must be true or false");
        }
    }

    private void Write()
    {
        var output = _context.Output;
        output.BeginObject();
        WriteModel();
        _limits.Write();
        _conversation.Write(_config.WantsJson);
        _tools.Write();
        _config.Write();
        WriteUser();
        _context.WriteCacheMark(JsonTape.Root);
        if (Streams)
        {
            output.Name("stream"u8);
            output.Flag(true);
        }

        output.EndObject();
    }

    private void WriteModel()
    {
        var model = _context.Tape.Find(JsonTape.Root, "model"u8);
        if (!_context.Tape.HasText(model))
        {
            _context.Refuse("model: a string is required");
        }

        _model.Write(_context.Tape.Text(model));
        _context.Output.Name("model"u8);
        _context.Output.Text(_context.Tape.Escaped(model));
    }

    // OpenAI has renamed it: safety_identifier.
    private void WriteUser()
    {
        var tape = _context.Tape;
        var user = tape.Find(JsonTape.Root, "user"u8);
        user = tape.HasText(user) ? user : tape.Find(JsonTape.Root, "safety_identifier"u8);
        if (!tape.HasText(user))
        {
            return;
        }

        if (tape.Raw(user).Length > LongestUser)
        {
            _context.Dropped.Add("user"u8);
            return;
        }

        _context.Output.Name("metadata"u8);
        _context.Output.BeginObject();
        _context.Output.Name("user_id"u8);
        _context.Output.Text(tape.Escaped(user));
        _context.Output.EndObject();
    }
}

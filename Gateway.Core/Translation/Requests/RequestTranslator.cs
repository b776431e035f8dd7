using System.Buffers;
using System.Text;

namespace Gateway.Core.Translation.Requests;

/// <summary>An API of OpenAI's.</summary>
public enum TranslationTarget
{
    /// <summary>Chat Completions.</summary>
    Chat,

    /// <summary>Responses.</summary>
    Responses,
}

/// <summary>What became of a request.</summary>
/// <param name="Status">200: translated. 204: to be answered at once with an empty message that ends with <c>max_tokens</c>.
/// 400: refused.</param>
/// <param name="Message">Why it was refused, for the client.</param>
public readonly record struct TranslationVerdict(int Status, string? Message);

/// <summary>Turns a request of Anthropic's Messages API into one of OpenAI's. Reusable, for one request at a time.</summary>
/// <remarks>The same conversation gives the same bytes, and what changes from turn to turn stands behind the messages, so a
/// provider's prompt cache holds.</remarks>
public sealed class RequestTranslator
{
    private readonly TranslationContext _context = new();
    private readonly RequestFacts _facts = new();
    private readonly TokenEstimator _estimator = new();
    private readonly ToolCatalog _catalog;
    private readonly ToolWriter _tools;
    private readonly SystemWriter _system;
    private readonly ConversationWriter _conversation;
    private readonly FormatWriter _format;
    private readonly LimitWriter _limits;

    /// <summary>A translator with nothing translated yet.</summary>
    public RequestTranslator()
    {
        _catalog = new ToolCatalog(_context);
        _tools = new ToolWriter(_context, _catalog);
        _system = new SystemWriter(_context);
        _conversation = new ConversationWriter(_context, _facts);
        _format = new FormatWriter(_context);
        _limits = new LimitWriter(_context);
    }

    /// <summary>The client asked for a stream.</summary>
    public bool Streams { get; private set; }

    /// <summary>At least one tool was offered to the provider.</summary>
    public bool OffersTools { get; private set; }

    /// <summary>Names of what got lost, separated by commas; empty if nothing did.</summary>
    public ReadOnlySpan<byte> Dropped => _context.Dropped.Span;

    /// <summary>The tools as the provider knows them.</summary>
    public ToolNames Names { get; } = new();

    /// <summary>What the request is likely to cost, tokens; at least 1.</summary>
    public long EstimatedInputTokens { get; private set; }

    /// <summary>Writes the provider's request.</summary>
    /// <param name="body">The client's whole request, valid JSON.</param>
    /// <param name="target">The API to speak.</param>
    /// <param name="profile">What the provider takes.</param>
    /// <param name="providerName">Its name in the configuration: reasoning goes back to the provider that made it.</param>
    /// <param name="upstreamModel">The model's name there, UTF-8 without escapes.</param>
    /// <param name="output">Where the JSON goes; what it got is worth nothing unless the verdict is 200.</param>
    public TranslationVerdict Translate(
        in ReadOnlySequence<byte> body,
        TranslationTarget target,
        DialectProfile profile,
        ReadOnlySpan<byte> providerName,
        ReadOnlySpan<byte> upstreamModel,
        IBufferWriter<byte> output)
    {
        _context.Begin(target, profile, providerName, output);
        Names.Clear();
        Streams = false;
        OffersTools = false;
        EstimatedInputTokens = 1;
        try
        {
            if (!_context.Tape.TryRead(body))
            {
                return new TranslationVerdict(400, "The request body is not a JSON object.");
            }

            return Translate(upstreamModel);
        }
        finally
        {
            _context.Tape.Release();
        }
    }

    /// <summary>Forgets what got lost: the exchange is over, or nothing is translated for whom is asked now.</summary>
    public void Forget() => _context.Dropped.Clear();

    /// <summary>Only estimates: for a request that goes out as it came.</summary>
    public void Measure(in ReadOnlySequence<byte> body)
    {
        Forget();
        Names.Clear();
        EstimatedInputTokens = _estimator.Estimate(body);
    }

    private TranslationVerdict Translate(ReadOnlySpan<byte> upstreamModel)
    {
        _facts.Read(_context.Tape);
        Streams = _facts.Streams;
        if (_facts.Fault is not null)
        {
            return new TranslationVerdict(400, _facts.Fault);
        }

        EstimatedInputTokens = _estimator.Estimate(_context.Tape);
        if (_facts.WantsNothing)
        {
            return new TranslationVerdict(204, null);
        }

        if (_context.MarksTexts)
        {
            _context.Marks.Read(_context.IsChat);
        }

        _catalog.Read(_facts, Names);
        OffersTools = _catalog.Offered.Count > 0;
        NoteWhatNobodyRuns();
        _context.Output.BeginObject();
        WriteModel(upstreamModel);
        if (!TryWriteConversation())
        {
            return MayNotLose ? RefuseLoss() : new TranslationVerdict(400, "messages: at least one message with content is required");
        }

        _tools.Write(Names);
        _format.Write();
        var effort = EffortRules.Asked(_context.Tape, _facts);
        _limits.Write(effort);
        EffortWriter.Write(effort, _context);
        UserWriter.Write(_context);
        WriteDelivery();
        _context.Output.EndObject();
        return MayNotLose ? RefuseLoss() : new TranslationVerdict(200, null);
    }

    private bool MayNotLose => _context.Profile.RefusesLoss && !Dropped.IsEmpty;

    private TranslationVerdict RefuseLoss()
    {
        var provider = Encoding.UTF8.GetString(_context.ProviderName);
        var lost = Encoding.ASCII.GetString(Dropped).Replace(",", ", ", StringComparison.Ordinal);
        return new TranslationVerdict(400, $"{lost}: the provider '{provider}' can't take this, and is set to refuse what would be lost (quirks.on_loss). Leave it out, or ask another provider.");
    }

    private void WriteModel(ReadOnlySpan<byte> model)
    {
        _context.Output.Name("model"u8);
        _context.Output.BeginText();
        _context.Output.Escape(model);
        _context.Output.EndText();
    }

    private bool TryWriteConversation()
    {
        var output = _context.Output;
        if (!_context.IsChat)
        {
            _system.Write(_format.SchemaForPrompt);
        }

        output.Name(_context.IsChat ? "messages"u8 : "input"u8);
        output.BeginArray();
        if (_context.IsChat)
        {
            _system.Write(_format.SchemaForPrompt);
        }

        var hasMessage = _conversation.Write();
        output.EndArray();
        return hasMessage;
    }

    // How the answer comes: at once or in pieces, and with what beside the text.
    private void WriteDelivery()
    {
        var output = _context.Output;
        if (!_context.IsChat)
        {
            output.Name("store"u8);
            output.Flag(false);
            output.Name("include"u8);
            output.Raw("""["reasoning.encrypted_content"]"""u8);
            output.Name("stream"u8);
            output.Flag(Streams);
            return;
        }

        if (_context.Profile.ReasoningSplit)
        {
            output.Name("reasoning_split"u8);
            output.Flag(true);
        }

        if (Streams)
        {
            output.Name("stream"u8);
            output.Flag(true);
            output.Name("stream_options"u8);
            output.Raw("""{"include_usage":true}"""u8);
        }

        if (Streams && OffersTools && _context.Profile.ToolStream)
        {
            output.Name("tool_stream"u8);
            output.Flag(true);
        }
    }

    // What only Anthropic's servers run. The client would wait for it in vain, so it is told.
    private void NoteWhatNobodyRuns()
    {
        var tape = _context.Tape;
        var servers = tape.Find(JsonTape.Root, "mcp_servers"u8);
        if (JsonTape.First(servers) < tape.End(servers))
        {
            _context.Dropped.Add("mcp_servers"u8);
        }

        if (tape.Kind(tape.Find(JsonTape.Root, "container"u8)) is TapeKind.Object or TapeKind.String)
        {
            _context.Dropped.Add("container"u8);
        }
    }
}

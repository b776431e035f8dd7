using System.Buffers;
using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>What the built-in model understands of a request.</summary>
internal sealed class SyntheticRequest
{
    private const int MostDepth = 512;
    private const int MostStopSequences = 64;

    private SyntheticRequest()
    {
    }

    /// <summary>The model asked for; it goes back as it came.</summary>
    public string Model { get; private init; } = "";

    /// <summary>Events are wanted.</summary>
    public bool Streams { get; private init; }

    /// <summary>Thinking blocks are wanted.</summary>
    public bool Thinks { get; private init; }

    /// <summary>And their text with them, which <c>display: omitted</c> declines.</summary>
    public bool ShowsThinking { get; private init; }

    /// <summary>How many messages the conversation has.</summary>
    public int Messages { get; private init; }

    /// <summary>What tools the client runs.</summary>
    public IReadOnlyList<string> Tools { get; private init; } = [];

    /// <summary>How many tools run at the provider's; this one has none.</summary>
    public int ServerTools { get; private init; }

    /// <summary>What <c>tool_choice</c> demands.</summary>
    public ToolDemand Demand { get; private init; } = ToolDemand.None;

    /// <summary>Most tokens to write.</summary>
    public int MaxTokens { get; private init; } = int.MaxValue;

    /// <summary>Texts to stop before.</summary>
    public IReadOnlyList<string> StopSequences { get; private init; } = [];

    /// <summary>JSON that fits the format asked for; null if none is.</summary>
    public string? FormattedSample { get; private init; }

    /// <summary>Where the conversation stands.</summary>
    public Turn Turn { get; private init; } = new();

    /// <summary>What the prompt tells to do.</summary>
    public SyntheticCommands Commands { get; private init; } = new();

    /// <summary>Images at any depth.</summary>
    public int Images { get; private init; }

    /// <summary>Tokens of the prompt.</summary>
    public PromptTokens Prompt { get; private init; }

    /// <summary>Of the whole body: what ids are made of, so that the same request has the same.</summary>
    public ulong Hash { get; private init; }

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">It is no JSON, or nested too deeply.</exception>
    public static SyntheticRequest Read(in ReadOnlySequence<byte> body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDepth });
        var root = document.RootElement;
        var thinking = RequestJson.Member(root, "thinking");
        var thinks = RequestJson.TypeOf(thinking) is "enabled" or "adaptive";
        var messages = RequestJson.Items(root, "messages");
        var tools = RequestJson.Items(root, "tools");
        var turn = Turn.Read(messages);
        var commands = SyntheticCommands.Parse(turn.Prompt);
        var counter = TokenCounter.Of(root);
        return new SyntheticRequest
        {
            Model = RequestJson.Text(root, "model") ?? "",
            Streams = RequestJson.Is(root, "stream"),
            Thinks = thinks,
            ShowsThinking = thinks && RequestJson.Text(thinking, "display") != "omitted",
            Messages = messages.Count,
            Tools = [.. tools.Where(tool => !ToolDemand.IsServerTool(tool)).Select(tool => RequestJson.Text(tool, "name")).OfType<string>()],
            ServerTools = tools.Count(ToolDemand.IsServerTool),
            Demand = ToolDemand.Read(RequestJson.Member(root, "tool_choice"), tools),
            MaxTokens = RequestJson.Number(root, "max_tokens") ?? int.MaxValue,
            StopSequences = [.. RequestJson.Items(root, "stop_sequences").Take(MostStopSequences).Select(RequestJson.TextOf).OfType<string>()],
            FormattedSample = SampleOf(RequestJson.Member(RequestJson.Member(root, "output_config"), "format"), commands),
            Turn = turn,
            Commands = commands,
            Images = counter.Images,
            Prompt = counter.Count(),
            Hash = HashOf(body),
        };
    }

    // The title of a session is asked for like this: its text is the prompt's first words.
    private static string? SampleOf(JsonElement format, SyntheticCommands commands)
    {
        var text = SyntheticText.Title(commands.Text ?? commands.Said);
        return format.ValueKind != JsonValueKind.Object ? null
            : SchemaSample.Of(RequestJson.Member(format, "schema"), text.Length > 0 ? text : "Synthetic session");
    }

    private static ulong HashOf(in ReadOnlySequence<byte> body)
    {
        // FNV-1a: no secret depends on it.
        var hash = 14695981039346656037UL;
        foreach (var segment in body)
        {
            foreach (var value in segment.Span)
            {
                hash = (hash ^ value) * 1099511628211UL;
            }
        }

        return hash;
    }
}

using System.Buffers;
using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>What all writers of one request share: what is read, where it goes, what got lost and what is wrong.</summary>
internal sealed class ChatRequestContext
{
    /// <summary>The client's request.</summary>
    public JsonTape Tape { get; } = new();

    /// <summary>Where Anthropic's request goes.</summary>
    public JsonOutput Output { get; } = new();

    /// <summary>What got lost.</summary>
    public DroppedNames Dropped { get; } = new();

    /// <summary>Holds one text at a time on its way.</summary>
    public ArrayBufferWriter<byte> Scratch { get; } = new();

    /// <summary>Why the request is refused, with the member's name; null while it is not. The first reason stays.</summary>
    public string? Fault { get; private set; }

    /// <summary>Which message is being read, from 0.</summary>
    public int Message { get; set; }

    /// <summary>Which part of its content is being read, from 0.</summary>
    public int Part { get; set; }

    /// <summary>Starts another request.</summary>
    public void Begin(IBufferWriter<byte> output)
    {
        Output.Begin(output);
        Dropped.Clear();
        Fault = null;
        Message = Part = 0;
    }

    /// <summary>Refuses the request.</summary>
    public void Refuse(string fault) => Fault ??= fault;

    /// <summary>Refuses it for a member of the message.</summary>
    public void RefuseMessage(string fault) => Fault ??= $"messages[{Message}]{fault}";

    /// <summary>Refuses it for a member of the part.</summary>
    public void RefusePart(string fault) => Fault ??= $"messages[{Message}].content[{Part}]{fault}";

    /// <summary>Writes a text that is not escaped.</summary>
    public void WriteText(ReadOnlySpan<byte> text)
    {
        Output.BeginText();
        Output.Escape(text);
        Output.EndText();
    }

    /// <summary>Copies a mark of Anthropic's cache: OpenAI has none, but whoever knows Claude may set it here, too.</summary>
    public void WriteCacheMark(int node)
    {
        var mark = Tape.Find(node, "cache_control"u8);
        if (Tape.Kind(mark) == TapeKind.Object)
        {
            Output.Name("cache_control"u8);
            Output.Raw(Tape.Raw(mark));
        }
    }

    /// <summary>Whether the member is there: null is as good as missing.</summary>
    public bool Has(int node) => Tape.Kind(node) is not (TapeKind.None or TapeKind.Null);
}

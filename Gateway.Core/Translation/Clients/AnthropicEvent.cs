using System.Text.Json;

namespace Gateway.Core.Translation.Clients;

/// <summary>The members of one of Anthropic's events that matter here, each as its raw bytes; empty if it has none.</summary>
internal readonly ref struct AnthropicEvent
{
    /// <summary>Reads an event's data.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public AnthropicEvent(ReadOnlySpan<byte> data)
    {
        var members = new JsonMembers(data);
        while (members.Next())
        {
            switch (members.Name)
            {
                case var name when name.SequenceEqual("type"u8):
                    Type = JsonText.Content(members.Value);
                    break;
                case var name when name.SequenceEqual("message"u8):
                    Message = members.Value;
                    break;
                case var name when name.SequenceEqual("content_block"u8):
                    Block = members.Value;
                    break;
                case var name when name.SequenceEqual("delta"u8):
                    Delta = members.Value;
                    break;
                case var name when name.SequenceEqual("usage"u8):
                    Usage = members.Value;
                    break;
            }
        }
    }

    /// <summary>The event's type.</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>The message that begins.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>The block that begins.</summary>
    public ReadOnlySpan<byte> Block { get; }

    /// <summary>What is added to a block or to the message.</summary>
    public ReadOnlySpan<byte> Delta { get; }

    /// <summary>Tokens so far.</summary>
    public ReadOnlySpan<byte> Usage { get; }
}

using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Gateway.Core.Translation.Errors;

/// <summary>What a provider's error says, whatever its shape. Errors are rare: this may allocate.</summary>
internal sealed class ErrorBody
{
    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly ArrayBufferWriter<byte> _kind = new();

    /// <summary>The text for people, UTF-8; may be empty.</summary>
    public ReadOnlySpan<byte> Message => _message.WrittenSpan;

    /// <summary>Code and type, each ended by a line feed.</summary>
    public ReadOnlySpan<byte> Kind => _kind.WrittenSpan;

    /// <summary>The code as a number; -1 if it is none.</summary>
    public long Code { get; private set; } = -1;

    /// <summary>The code stood in MiniMax's <c>base_resp</c>.</summary>
    public bool IsMiniMax { get; private set; }

    /// <summary>Tokens of the prompt, if a member says so; else -1.</summary>
    public long PromptTokens { get; private set; } = -1;

    /// <summary>The context window, if a member says so; else -1.</summary>
    public long ContextTokens { get; private set; } = -1;

    /// <summary>When to try again, milliseconds, if a member says so; else -1.</summary>
    public long RetryDelayMs { get; private set; } = -1;

    /// <summary>Reads a body. What is no JSON is plain text, and HTML is nothing.</summary>
    public static ErrorBody Read(ReadOnlySpan<byte> body)
    {
        var result = new ErrorBody();
        body = body.Trim(" \t\r\n"u8);
        body = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        body = body.StartsWith("data:"u8) || body.StartsWith("event:"u8) ? FirstData(body) : body;
        try
        {
            result.Take(body, 0);
        }
        catch (JsonException)
        {
        }

        if (result._message.WrittenCount == 0 && !body.IsEmpty && body[0] is not ((byte)'<' or (byte)'{' or (byte)'['))
        {
            result._message.Write(body[..Math.Min(body.Length, 2000)]);
        }

        return result;
    }

    // A stream was asked for, and some tell their errors as one.
    private static ReadOnlySpan<byte> FirstData(ReadOnlySpan<byte> events)
    {
        var at = events.IndexOf("data:"u8);
        var line = at < 0 ? default : events[(at + "data:".Length)..];
        var end = line.IndexOfAny((byte)'\r', (byte)'\n');
        return (end < 0 ? line : line[..end]).Trim((byte)' ');
    }

    private void Take(ReadOnlySpan<byte> json, int depth)
    {
        if (depth > 6)
        {
            return;
        }

        if (JsonText.Content(json) is { IsEmpty: false } text)
        {
            AddMessage(text);
        }
        else if (JsonText.IsArray(json))
        {
            var items = new JsonMembers(json);
            while (items.Next())
            {
                Take(items.Value, depth + 1);
            }
        }
        else if (JsonText.IsObject(json))
        {
            TakeObject(json, depth);
        }
    }

    private void TakeObject(ReadOnlySpan<byte> json, int depth)
    {
        var members = new JsonMembers(json);
        while (members.Next())
        {
            var value = members.Value;
            switch (members.Name)
            {
                case var name when IsNested(name):
                    IsMiniMax |= name.SequenceEqual("base_resp"u8);
                    Take(value, depth + 1);
                    break;
                case var name when name.SequenceEqual("code"u8) || name.SequenceEqual("status_code"u8):
                    Code = JsonText.Number(value) is var code and >= 0 ? code : Code;
                    AddKind(value);
                    break;
                case var name when name.SequenceEqual("status"u8):
                    Code = Code < 0 ? JsonText.Number(value) : Code;
                    AddKind(value);
                    break;
                case var name when name.SequenceEqual("type"u8):
                    AddKind(value);
                    break;
                case var name when name.SequenceEqual("details"u8):
                    TakeDelay(value);
                    break;
                case var name when name.SequenceEqual("n_prompt_tokens"u8):
                    PromptTokens = JsonText.Number(value);
                    break;
                case var name when name.SequenceEqual("n_ctx"u8):
                    ContextTokens = JsonText.Number(value);
                    break;
            }
        }
    }

    // google.rpc.RetryInfo: a duration such as "34.07s".
    private void TakeDelay(ReadOnlySpan<byte> details)
    {
        var items = new JsonMembers(details);
        while (JsonText.IsArray(details) && items.Next())
        {
            var delay = JsonText.Content(JsonMembers.Find(items.Value, "retryDelay"u8));
            if (delay.EndsWith("s"u8) && Utf8Parser.TryParse(delay[..^1], out double seconds, out var read) && read == delay.Length - 1 && seconds is >= 0 and < 1e6)
            {
                RetryDelayMs = (long)(seconds * 1000);
            }
        }
    }

    private static bool IsNested(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("error"u8) || name.SequenceEqual("errors"u8) || name.SequenceEqual("message"u8) || name.SequenceEqual("detail"u8)
        || name.SequenceEqual("msg"u8) || name.SequenceEqual("status_msg"u8) || name.SequenceEqual("base_resp"u8)
        || name.SequenceEqual("metadata"u8) || name.SequenceEqual("raw"u8) || name.SequenceEqual("response"u8);

    private void AddKind(ReadOnlySpan<byte> value)
    {
        var text = JsonText.Content(value);
        _kind.Write(text.IsEmpty ? value : text);
        _kind.Write("\n"u8);
    }

    private void AddMessage(ReadOnlySpan<byte> escaped)
    {
        if (_message.WrittenCount > 0)
        {
            _message.Write("; "u8);
        }

        var high = '\0';
        JsonText.Unescape(escaped, _message, ref high);
    }
}

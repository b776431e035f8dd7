using System.Text;
using System.Text.Json.Nodes;
using Gateway.Core.Synthetic;

namespace Gateway.Tests.Core.Synthetic;

/// <summary>Puts a message together from events, and accepts them only in the order the API promises.</summary>
internal sealed class StrictClient
{
    private JsonObject? _message;
    private JsonObject? _open;
    private string _input = "";
    private bool _isEnding;
    private bool _isOver;

    public JsonObject Read(SyntheticAnswer answer)
    {
        Assert.That(answer.IsEventStream, Is.True);
        foreach (var step in answer.Steps)
        {
            var text = Encoding.UTF8.GetString(step.Bytes.Span);
            var lines = text.Split('\n');
            Assert.That(lines, Has.Length.EqualTo(4), text);
            Assert.That(lines[0], Does.StartWith("event: "));
            Assert.That(lines[1], Does.StartWith("data: "));
            var data = JsonNode.Parse(lines[1]["data: ".Length..])!.AsObject();
            Assert.That((string?)data["type"], Is.EqualTo(lines[0]["event: ".Length..]));
            Assert.That(_isOver, Is.False, "nothing follows message_stop");
            Take((string)data["type"]!, data);
        }

        Assert.That(_isOver, Is.True, "message_stop");
        return _message!;
    }

    private void Take(string type, JsonObject data)
    {
        Assert.That(type == "message_start", Is.EqualTo(_message is null), $"{type}: message_start comes first, and once");
        switch (type)
        {
            case "message_start":
                _message = data["message"]!.DeepClone().AsObject();
                Assert.That(_message["content"]!.AsArray(), Is.Empty);
                Assert.That((int)_message["usage"]!["input_tokens"]!, Is.Positive);
                break;
            case "content_block_start":
                Start(data);
                break;
            case "content_block_delta":
                Delta(data);
                break;
            case "content_block_stop":
                Stop(data);
                break;
            case "message_delta":
                End(data);
                break;
            case "message_stop":
                Assert.That(_isEnding, Is.True);
                _isOver = true;
                break;
            default:
                Assert.That(type, Is.EqualTo("ping"));
                break;
        }
    }

    private JsonArray Content => _message!["content"]!.AsArray();

    private void Start(JsonObject data)
    {
        Assert.That(_open, Is.Null, "one block at a time");
        Assert.That(_isEnding, Is.False);
        Assert.That((int)data["index"]!, Is.EqualTo(Content.Count), "indices have no gaps");
        _open = data["content_block"]!.DeepClone().AsObject();
        _input = "";
        foreach (var (name, value) in _open.Where(member => member.Key is "text" or "thinking" or "signature"))
        {
            Assert.That((string?)value, Is.Empty, $"{name} is empty at the start");
        }
    }

    private void Delta(JsonObject data)
    {
        Assert.That((int)data["index"]!, Is.EqualTo(Content.Count));
        var (kind, field) = (string)data["delta"]!["type"]! switch
        {
            "text_delta" => ("text", "text"),
            "thinking_delta" => ("thinking", "thinking"),
            "signature_delta" => ("thinking", "signature"),
            "input_json_delta" => ("tool_use", "partial_json"),
            var other => throw new AssertionException(other),
        };
        Assert.That((string?)_open?["type"], Is.EqualTo(kind));
        var piece = (string)data["delta"]![field]!;
        Assert.That(piece, Is.Not.Empty);
        if (kind == "tool_use")
        {
            _input += piece;
        }
        else
        {
            _open![field] = (string?)_open[field] + piece;
        }
    }

    private void Stop(JsonObject data)
    {
        Assert.That((int)data["index"]!, Is.EqualTo(Content.Count));
        if ((string?)_open!["type"] == "tool_use")
        {
            _open["input"] = JsonNode.Parse(_input)!.AsObject();
        }

        Content.Add(_open);
        _open = null;
    }

    private void End(JsonObject data)
    {
        Assert.That(_open, Is.Null, "no block is left open");
        Assert.That(_isEnding, Is.False);
        _isEnding = true;
        foreach (var (name, value) in data["delta"]!.AsObject())
        {
            _message![name] = value?.DeepClone();
        }

        _message!["usage"] = data["usage"]!.DeepClone();
    }
}

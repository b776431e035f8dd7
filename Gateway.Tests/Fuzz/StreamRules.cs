using System.Text.Json;

namespace Gateway.Tests.Fuzz;

/// <summary>What every stream must keep to, whatever a provider sends.</summary>
internal static class StreamRules
{
    /// <summary>The order of Anthropic's events: one block open at a time, indices without gaps, one end and nothing after it.</summary>
    public static string? BrokenByAnthropic(string stream)
    {
        var state = new MessageState();
        foreach (var text in stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = text.Split('\n');
            if (lines is not [var name, var data] || !name.StartsWith("event: ", StringComparison.Ordinal) || !data.StartsWith("data: ", StringComparison.Ordinal))
            {
                return $"no event: {text}";
            }

            using var json = JsonDocument.Parse(data[6..]);
            var type = json.RootElement.GetProperty("type").GetString()!;
            if (type != name[7..] || !state.Takes(type, json.RootElement))
            {
                return $"{text} in {stream}";
            }
        }

        return stream.Length == 0 || state.HasEnded ? null : $"no end: {stream}";
    }

    /// <summary>The form of OpenAI's chunks: each an object of its kind or an error, and <c>[DONE]</c> or an error at the end.</summary>
    public static string? BrokenByChat(string stream)
    {
        var hasEnded = false;
        foreach (var text in stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(static text => !text.StartsWith(':')))
        {
            if (hasEnded || !text.StartsWith("data: ", StringComparison.Ordinal))
            {
                return $"{text} in {stream}";
            }

            if (text == "data: [DONE]")
            {
                hasEnded = true;
                continue;
            }

            using var json = JsonDocument.Parse(text[6..]);
            hasEnded = json.RootElement.TryGetProperty("error", out _);
            if (!hasEnded && json.RootElement.GetProperty("object").GetString() != "chat.completion.chunk")
            {
                return $"{text} in {stream}";
            }
        }

        return hasEnded ? null : $"no end: {stream}";
    }

    private sealed class MessageState
    {
        private bool _hasStarted;
        private bool _hasDelta;
        private int _blocks;
        private bool _isOpen;

        public bool HasEnded { get; private set; }

        public bool Takes(string type, JsonElement data)
        {
            if (HasEnded || _hasStarted == (type == "message_start"))
            {
                return false;
            }

            switch (type)
            {
                case "message_start":
                    return _hasStarted = true;
                case "content_block_start":
                    var isNext = !_isOpen && !_hasDelta && data.GetProperty("index").GetInt32() == _blocks++;
                    _isOpen = true;
                    return isNext;
                case "content_block_delta":
                    return _isOpen && data.GetProperty("index").GetInt32() == _blocks - 1;
                case "content_block_stop":
                    var wasOpen = _isOpen;
                    _isOpen = false;
                    return wasOpen && data.GetProperty("index").GetInt32() == _blocks - 1;
                case "message_delta":
                    return !_isOpen && !_hasDelta && (_hasDelta = true);
                case "message_stop":
                    HasEnded = true;
                    return _hasDelta && !_isOpen;
                case "error":
                    return HasEnded = true;
                default:
                    return type == "ping";
            }
        }
    }
}

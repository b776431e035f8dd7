using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Fuzz;

/// <summary>Damage done to JSON and to event streams by a seeded draw: the same seed, the same damage.</summary>
internal sealed class Mutation(int seed)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e3", "2.5", "9223372036854775807", "1e400", "\"\"", "\"x\"", "\" \"", "[]", "{}", "[[]]", "[null]", "\"auto\"", "\"text\"", "\"user\"",
        "\"tool_use\"", "\"@high@\"", "\"@low@\"", "\"@high@@low@\"", "\"\\u0000\"", "\"\\\"\\\\\\n\"", "\"<think>\"", "\"</think>\"", "\"{\\\"a\\\":1}\"", "\"{\"", "\"stop\"", "\"error\"", "\"é€\"",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    /// <summary>A number below a limit.</summary>
    public int Next(int limit) => _random.Next(limit);

    /// <summary>Valid JSON with a few of its values replaced, dropped, doubled or moved elsewhere.</summary>
    public string Json(string json)
    {
        var root = JsonNode.Parse(WithoutHalves(json))!;
        for (var left = 1 + _random.Next(4); left > 0; left--)
        {
            Change(root);
        }

        return WithHalves(root.ToJsonString(Relaxed));
    }

    /// <summary>An event stream with events changed, dropped, doubled and swapped, and now and then a byte that is none of its own.</summary>
    public byte[] Stream(IReadOnlyList<string> payloads)
    {
        var events = payloads.Select(payload => _random.Next(6) == 0 && payload.StartsWith('{') ? Json(payload) : payload).ToList();
        for (var left = _random.Next(3); left > 0; left--)
        {
            var at = _random.Next(events.Count);
            switch (_random.Next(4))
            {
                case 0 when events.Count > 1: events.RemoveAt(at); break;
                case 1: events.Insert(at, events[_random.Next(events.Count)]); break;
                case 2: (events[at], events[0]) = (events[0], events[at]); break;
                default: events[at] = WithHalves(Pick(Values)); break;
            }
        }

        var newline = Pick(["\n", "\n", "\n", "\r\n", "\r"]);
        var bytes = Encoding.UTF8.GetBytes(string.Concat(events.Select(data => $"data: {data}{newline}{newline}")));
        return _random.Next(4) == 0 ? Damage(bytes) : bytes;
    }

    // Half a surrogate pair is legal in JSON, but not in a string of ours.
    private static string WithoutHalves(string json) =>
        json.Replace("\\ud83d", "@high@", StringComparison.Ordinal).Replace("\\ude00", "@low@", StringComparison.Ordinal);

    private static string WithHalves(string json) =>
        json.Replace("@high@", "\\ud83d", StringComparison.Ordinal).Replace("@low@", "\\ude00", StringComparison.Ordinal);

    private byte[] Damage(byte[] bytes)
    {
        if (_random.Next(2) == 0)
        {
            return bytes[.._random.Next(bytes.Length)];
        }

        for (var left = 1 + _random.Next(3); left > 0; left--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return bytes;
    }

    private void Change(JsonNode root)
    {
        var nodes = new List<JsonNode>();
        Collect(root, nodes);
        switch (Pick(nodes))
        {
            case JsonObject { Count: > 0 } some:
                ChangeMember(some, Pick([.. some.Select(static member => member.Key)]), Pick(nodes));
                break;
            case JsonArray { Count: > 0 } list:
                ChangeItem(list, _random.Next(list.Count), Pick(nodes));
                break;
        }
    }

    private void ChangeMember(JsonObject some, string name, JsonNode other)
    {
        switch (_random.Next(5))
        {
            case 0: some.Remove(name); break;
            case 1: some[name] = other.DeepClone(); break;
            case 2: some[string.Create(CultureInfo.InvariantCulture, $"{name}_{_random.Next(3)}")] = some[name]?.DeepClone(); break;
            default: some[name] = JsonNode.Parse(Pick(Values)); break;
        }
    }

    private void ChangeItem(JsonArray list, int at, JsonNode other)
    {
        switch (_random.Next(4))
        {
            case 0: list.RemoveAt(at); break;
            case 1: list.Insert(at, list[at]?.DeepClone()); break;
            case 2: list.Add(other.DeepClone()); break;
            default: list[at] = JsonNode.Parse(Pick(Values)); break;
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> nodes)
    {
        if (node is null)
        {
            return;
        }

        nodes.Add(node);
        var inner = (node as JsonObject)?.Select(static member => member.Value) ?? node as IEnumerable<JsonNode?>;
        foreach (var child in inner ?? [])
        {
            Collect(child, nodes);
        }
    }
}

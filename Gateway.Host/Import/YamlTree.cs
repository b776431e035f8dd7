using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gateway.Host.Import;

/// <summary>YAML as the JSON that it means (YAML 1.2, core schema), made of the parser's events.</summary>
internal sealed class YamlTree
{
    // A few lines of aliases to aliases would unfold to more than any memory holds.
    private const int MostNodes = 100_000;

    private readonly IParser _events;
    private readonly Dictionary<string, JsonNode?> _anchors = [];
    private int _nodes;

    private YamlTree(IParser events) => _events = events;

    /// <summary>Reads the first document; null for an empty one.</summary>
    /// <exception cref="FormatException">It is no YAML.</exception>
    public static JsonNode? Read(string text)
    {
        try
        {
            var events = new Parser(new StringReader(text));
            events.Consume<StreamStart>();
            return events.TryConsume<DocumentStart>(out _) ? new YamlTree(events).ReadNode() : null;
        }
        catch (YamlException exception)
        {
            throw new FormatException($"it is no YAML: line {exception.Start.Line}: {exception.Message}");
        }
    }

    private JsonNode? ReadNode()
    {
        if (_events.TryConsume<AnchorAlias>(out var alias))
        {
            var known = _anchors.TryGetValue(alias.Value.Value, out var node) ? node : throw new FormatException($"*{alias.Value.Value} stands for nothing");
            Count(SizeOf(known));
            return known?.DeepClone();
        }

        Count(1);
        var anchor = ((NodeEvent)_events.Current!).Anchor;
        var read = _events.TryConsume<Scalar>(out var scalar) ? ValueOf(scalar)
            : _events.TryConsume<SequenceStart>(out _) ? ReadSequence()
            : ReadMapping();
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = read?.DeepClone();
        }

        return read;
    }

    private JsonArray ReadSequence()
    {
        var items = new JsonArray();
        while (!_events.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode());
        }

        return items;
    }

    private JsonObject ReadMapping()
    {
        _events.Consume<MappingStart>();
        var members = new JsonObject();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var name = _events.Consume<Scalar>().Value;
            var value = ReadNode();
            if (name == "<<")
            {
                Merge(members, value);
            }
            else
            {
                members[name] = value;
            }
        }

        return members;
    }

    private void Count(int nodes)
    {
        _nodes += nodes;
        if (_nodes > MostNodes)
        {
            throw new FormatException("it unfolds to more than a configuration is");
        }
    }

    private static int SizeOf(JsonNode? node) => 1 + node switch
    {
        JsonObject members => members.Sum(member => SizeOf(member.Value)),
        JsonArray items => items.Sum(SizeOf),
        _ => 0,
    };

    // yaml.org/type/merge: what is there already stays.
    private static void Merge(JsonObject into, JsonNode? from)
    {
        foreach (var source in from is JsonArray list ? list.OfType<JsonObject>() : from is JsonObject one ? [one] : [])
        {
            foreach (var (name, value) in source)
            {
                into.TryAdd(name, value?.DeepClone());
            }
        }
    }

    // YAML 1.2.2, section 10.3.2: only plain scalars are anything but text.
    private static JsonNode? ValueOf(Scalar scalar) => scalar.Style != ScalarStyle.Plain ? scalar.Value : scalar.Value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        var text => text,
    };
}

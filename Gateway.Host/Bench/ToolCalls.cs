using System.Text;
using System.Text.Json;

namespace Gateway.Host.Bench;

/// <summary>The tools that one answer called, put together from the pieces of its stream.</summary>
internal sealed class ToolCalls
{
    private readonly SortedDictionary<long, (string? Name, StringBuilder Input)> _blocks = [];

    /// <summary>A call begins.</summary>
    /// <param name="index">Place of its block in the answer.</param>
    /// <param name="name">Name of the tool.</param>
    public void Begin(long index, string? name) => _blocks[index] = (name, new StringBuilder());

    /// <summary>A piece of a call's arguments; of a block that never began it is nobody's.</summary>
    public void Append(long index, string? piece)
    {
        if (_blocks.TryGetValue(index, out var block))
        {
            block.Input.Append(piece);
        }
    }

    /// <summary>The one call of an answer and its arguments; false if there is none, more than one, or the arguments are no JSON object.</summary>
    public bool TryGetOnly(out string? name, out JsonElement arguments)
    {
        (name, arguments) = (null, default);
        if (_blocks.Count != 1)
        {
            return false;
        }

        var (_, (tool, input)) = _blocks.First();
        name = tool;
        return StreamedJson.TryParseObject(input.ToString(), out arguments);
    }
}

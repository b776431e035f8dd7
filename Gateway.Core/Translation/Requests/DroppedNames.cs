using System.Buffers;

namespace Gateway.Core.Translation.Requests;

/// <summary>Names of what a translation lost, each once, separated by commas: fit for a header.</summary>
internal sealed class DroppedNames
{
    // A header of half a kilobyte tells enough; a hostile request can't make it longer.
    private const int MostBytes = 512;
    private const int LongestName = 64;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    private readonly byte[] _names = new byte[MostBytes];
    private int _length;

    /// <summary>All of them, such as <c>web_search_20250305,mcp_servers</c>.</summary>
    public ReadOnlySpan<byte> Span => _names.AsSpan(0, _length);

    /// <summary>Forgets them.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds a name unless it is there, is no name or finds no room.</summary>
    public void Add(ReadOnlySpan<byte> name)
    {
        var isName = name.Length is > 0 and <= LongestName && !name.ContainsAnyExcept(NameBytes);
        if (!isName || _length + name.Length + 1 > MostBytes || Has(name))
        {
            return;
        }

        if (_length > 0)
        {
            _names[_length++] = (byte)',';
        }

        name.CopyTo(_names.AsSpan(_length));
        _length += name.Length;
    }

    private bool Has(ReadOnlySpan<byte> name)
    {
        foreach (var range in Span.Split((byte)','))
        {
            if (Span[range].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}

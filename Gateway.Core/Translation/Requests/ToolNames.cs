using System.Buffers;
using System.Security.Cryptography;

namespace Gateway.Core.Translation.Requests;

/// <summary>Names of the tools offered to a provider. One longer than 64 bytes or outside <c>[a-zA-Z0-9_-]</c> goes by an
/// alias: what is left of it and a hash, the same in every request.</summary>
public sealed class ToolNames
{
    private const int LongestName = 64;
    private const int HashBytes = 8;
    private const int KeptBytes = LongestName - 1 - (2 * HashBytes);

    private static readonly SearchValues<byte> PlainBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<Entry> _entries = [];

    private readonly record struct Entry(int Start, int Length, int AliasLength);

    /// <summary>Finds the client's name of a tool that was offered under an alias.</summary>
    public bool TryRestore(ReadOnlySpan<byte> alias, out ReadOnlySpan<byte> original)
    {
        foreach (var entry in _entries)
        {
            if (entry.AliasLength == alias.Length && entry.AliasLength > 0 && AliasOf(entry).SequenceEqual(alias))
            {
                original = NameOf(entry);
                return true;
            }
        }

        original = default;
        return false;
    }

    /// <summary>Whether a tool was offered under this name, the client's or its alias.</summary>
    public bool Offers(ReadOnlySpan<byte> name)
    {
        foreach (var entry in _entries)
        {
            if ((entry.Length == name.Length && NameOf(entry).SequenceEqual(name))
                || (entry.AliasLength == name.Length && entry.AliasLength > 0 && AliasOf(entry).SequenceEqual(name)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets all names.</summary>
    internal void Clear()
    {
        _bytes.ResetWrittenCount();
        _entries.Clear();
    }

    /// <summary>Remembers an offered tool.</summary>
    internal void Add(ReadOnlySpan<byte> name)
    {
        var start = _bytes.WrittenCount;
        _bytes.Write(name);
        var aliasLength = 0;
        if (!IsPlain(name))
        {
            aliasLength = WriteAlias(name, _bytes.GetSpan(LongestName));
            _bytes.Advance(aliasLength);
        }

        _entries.Add(new Entry(start, name.Length, aliasLength));
    }

    /// <summary>Writes the name a provider knows a tool by, which needs no escapes.</summary>
    internal static void Write(ReadOnlySpan<byte> name, JsonOutput output)
    {
        if (IsPlain(name))
        {
            output.Piece(name);
            return;
        }

        Span<byte> alias = stackalloc byte[LongestName];
        output.Piece(alias[..WriteAlias(name, alias)]);
    }

    private static bool IsPlain(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= LongestName && !name.ContainsAnyExcept(PlainBytes);

    private static int WriteAlias(ReadOnlySpan<byte> name, Span<byte> alias)
    {
        var kept = Math.Min(name.Length, KeptBytes);
        for (var at = 0; at < kept; at++)
        {
            alias[at] = PlainBytes.Contains(name[at]) ? name[at] : (byte)'_';
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        alias[kept++] = (byte)'_';
        Convert.TryToHexStringLower(hash[..HashBytes], alias[kept..], out var written);
        return kept + written;
    }

    private ReadOnlySpan<byte> NameOf(Entry entry) => _bytes.WrittenSpan.Slice(entry.Start, entry.Length);

    private ReadOnlySpan<byte> AliasOf(Entry entry) => _bytes.WrittenSpan.Slice(entry.Start + entry.Length, entry.AliasLength);
}

using Gateway.Core.Analysis;

namespace Gateway.Core.Relay;

/// <summary>Reads a signature that may be cut anywhere, and keeps its hash only: of the bytes as they stand, for so the client sends it back.</summary>
internal struct SignatureReader
{
    private StableHasher _hasher;
    private bool _escapes;

    /// <summary>Bytes so far.</summary>
    public readonly long Length => _hasher.Length;

    /// <summary>Its hash.</summary>
    public readonly ulong Hash => _hasher.Finish();

    /// <summary>Begins behind the opening quote.</summary>
    public void Begin()
    {
        _hasher = new StableHasher(0);
        _escapes = false;
    }

    /// <summary>Reads on.</summary>
    /// <param name="json">Bytes behind those read; at least one.</param>
    /// <param name="isDone">The closing quote was read.</param>
    /// <returns>How many were read.</returns>
    public int Read(ReadOnlySpan<byte> json, out bool isDone)
    {
        isDone = false;
        if (_escapes)
        {
            _escapes = false;
            _hasher.Add(json[..1]);
            return 1;
        }

        var at = json.IndexOfAny((byte)'"', (byte)'\\');
        if (at < 0)
        {
            _hasher.Add(json);
            return json.Length;
        }

        isDone = json[at] == '"';
        _escapes = !isDone;
        _hasher.Add(isDone ? json[..at] : json[..(at + 1)]);
        return at + 1;
    }
}

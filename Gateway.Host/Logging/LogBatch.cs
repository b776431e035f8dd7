namespace Gateway.Host.Logging;

/// <summary>Lines that go out in one write.</summary>
internal sealed class LogBatch
{
    private const int Capacity = 64 * 1024;

    private readonly byte[] _bytes = new byte[Capacity];
    private int _length;
    private bool _lastWriteFailed;

    /// <summary>Lines inside.</summary>
    public int Lines { get; private set; }

    /// <summary>Adds a line if there is room for it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> line)
    {
        if (!line.TryCopyTo(_bytes.AsSpan(_length)))
        {
            return false;
        }

        _length += line.Length;
        Lines++;
        return true;
    }

    /// <summary>Writes and forgets the lines.</summary>
    /// <returns>False if the output refused them.</returns>
    public bool TryWriteTo(Stream output)
    {
        try
        {
            if (_lastWriteFailed)
            {
                output.Write("\n"u8); // the failed write may have left half a line
            }

            output.Write(_bytes.AsSpan(0, _length));
            output.Flush();
            _lastWriteFailed = false;
        }
        catch (Exception)
        {
            // A full disk, a closed pipe: no reason for a gateway to die, and the next batch tries again.
            _lastWriteFailed = true;
        }

        _length = 0;
        Lines = 0;
        return !_lastWriteFailed;
    }
}

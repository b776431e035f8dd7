namespace Gateway.Http.Wire;

/// <summary>What a message says about the connection it came over.</summary>
[Flags]
internal enum ConnectionOptions : byte
{
    None = 0,
    Close = 1,
    KeepAlive = 2,
}

/// <summary>Connection: its tokens name fields that end here, or tell whether the connection stays (RFC 9110 section 7.6.1).</summary>
internal static class ConnectionField
{
    // Each option is compared with each field: the product has to stay small.
    private const int MaxOptions = 32;

    /// <summary>Reads all lines of the field and keeps what they name from passing on.</summary>
    public static RejectReason Read(HeaderTable table, out ConnectionOptions options)
    {
        options = ConnectionOptions.None;
        var first = table.IndexOf(KnownHeader.Connection);
        if (first < 0)
        {
            return RejectReason.None;
        }

        // What nearly every client says, and all that it says.
        if (AsciiSets.EqualsToken(table.Value(first), "keep-alive"u8) && !table.Repeats(KnownHeader.Connection))
        {
            options = ConnectionOptions.KeepAlive;
            return RejectReason.None;
        }

        var seen = 0;
        for (var i = first; i < table.Count; i++)
        {
            var reason = table.Known(i) == KnownHeader.Connection
                ? ReadLine(table.Value(i), table, ref seen, ref options)
                : RejectReason.None;
            if (reason != RejectReason.None)
            {
                return reason;
            }
        }

        return RejectReason.None;
    }

    /// <summary>Whether the connection outlives the exchange (RFC 9112 section 9.3); close beats keep-alive.</summary>
    public static bool Persists(ConnectionOptions options, int minorVersion) =>
        (options & ConnectionOptions.Close) == 0
        && (minorVersion >= 1 || (options & ConnectionOptions.KeepAlive) != 0);

    private static RejectReason ReadLine(
        ReadOnlySpan<byte> line, HeaderTable table, ref int seen, ref ConnectionOptions options)
    {
        foreach (var range in line.Split((byte)','))
        {
            if (++seen > MaxOptions)
            {
                return RejectReason.ConnectionTooLong;
            }

            var option = AsciiSets.TrimOws(line[range]);
            if (option.IsEmpty)
            {
                continue; // RFC 9110 section 5.6.1.2: a recipient ignores empty list elements.
            }

            if (!AsciiSets.IsToken(option))
            {
                return RejectReason.ConnectionMalformed;
            }

            options |= Apply(option, table);
        }

        return RejectReason.None;
    }

    private static ConnectionOptions Apply(ReadOnlySpan<byte> option, HeaderTable table)
    {
        if (AsciiSets.EqualsToken(option, "close"u8))
        {
            return ConnectionOptions.Close;
        }

        if (AsciiSets.EqualsToken(option, "keep-alive"u8))
        {
            // The field of that name never passes on anyway.
            return ConnectionOptions.KeepAlive;
        }

        table.Drop(option);
        return ConnectionOptions.None;
    }
}

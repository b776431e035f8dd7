namespace Gateway.Http.Wire;

/// <summary>Field lines, strictly (RFC 9112 section 5).</summary>
internal static class HeaderParser
{
    // Each option is compared with each field: the product has to stay small.
    private const int MaxConnectionOptions = 32;

    /// <summary>Reads all field lines from <paramref name="start"/> to the empty line.</summary>
    public static RejectReason Parse(ReadOnlySpan<byte> head, int start, HeaderTable table, HttpLimits limits)
    {
        while (true)
        {
            var length = head[start..].IndexOf((byte)'\r');
            if (length < 0 || start + length + 1 >= head.Length || head[start + length + 1] != (byte)'\n')
            {
                return RejectReason.BareCarriageReturn;
            }

            if (length == 0)
            {
                return RejectReason.None;
            }

            if (table.Count == limits.MaxFields)
            {
                return RejectReason.TooManyFields;
            }

            var reason = ParseLine(head.Slice(start, length), start, table);
            if (reason != RejectReason.None)
            {
                return reason;
            }

            start += length + 2;
        }
    }

    /// <summary>Reads Connection: its tokens name fields that end here, or tell whether the connection stays.</summary>
    public static RejectReason ReadConnection(HeaderTable table, out bool close, out bool keepAlive)
    {
        close = false;
        keepAlive = false;
        var options = 0;
        for (var i = 0; i < table.Count; i++)
        {
            if (table.Known(i) != KnownHeader.Connection)
            {
                continue;
            }

            foreach (var range in table.Value(i).Split((byte)','))
            {
                var token = AsciiSets.TrimOws(table.Value(i)[range]);
                var reason = ++options > MaxConnectionOptions ? RejectReason.ConnectionTooLong : ReadOption(token, table, ref close, ref keepAlive);
                if (reason != RejectReason.None)
                {
                    return reason;
                }
            }
        }

        return RejectReason.None;
    }

    private static RejectReason ReadOption(ReadOnlySpan<byte> token, HeaderTable table, ref bool close, ref bool keepAlive)
    {
        // RFC 9110 section 5.6.1.2: a recipient ignores empty list elements.
        if (!token.IsEmpty && !AsciiSets.IsToken(token))
        {
            return RejectReason.ConnectionMalformed;
        }

        if (System.Text.Ascii.EqualsIgnoreCase(token, "close"u8))
        {
            close = true;
        }
        else if (AsciiSets.EqualsToken(token, "keep-alive"u8))
        {
            // The field of that name never passes on anyway.
            keepAlive = true;
        }
        else if (!token.IsEmpty)
        {
            table.Drop(token);
        }

        return RejectReason.None;
    }

    private static RejectReason ParseLine(ReadOnlySpan<byte> line, int start, HeaderTable table)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            // RFC 9112 section 5.2: obs-fold, and white space before the first field (section 2.2).
            return RejectReason.FoldedField;
        }

        var colon = AsciiSets.TokenLength(line);
        if (colon == 0 || colon == line.Length || line[colon] != (byte)':')
        {
            // RFC 9112 section 5.1: no white space between name and colon.
            return RejectReason.FieldNameMalformed;
        }

        var name = line[..colon];
        var known = KnownHeaders.Identify(name);
        if (known == KnownHeader.None && KnownHeaders.IsDisguisedFraming(name))
        {
            return RejectReason.FieldNameDisguised;
        }

        var value = line[(colon + 1)..];
        if (AsciiSets.IndexOfControl(value, 0) < value.Length)
        {
            return RejectReason.FieldValueMalformed;
        }

        var leading = value.Length - value.TrimStart(" \t"u8).Length;
        value = AsciiSets.TrimOws(value);
        table.Add(start, colon, start + colon + 1 + leading, value.Length, known);
        return RejectReason.None;
    }
}

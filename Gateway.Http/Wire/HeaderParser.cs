namespace Gateway.Http.Wire;

/// <summary>Field lines, strictly (RFC 9112 section 5).</summary>
internal static class HeaderParser
{
    /// <summary>Reads all field lines from <paramref name="start"/> to the empty line.</summary>
    public static RejectReason Parse(ReadOnlySpan<byte> head, int start, HeaderTable table, HttpLimits limits)
    {
        while (!head[start..].StartsWith("\r\n"u8))
        {
            if (table.Count == limits.MaxFields)
            {
                return RejectReason.TooManyFields;
            }

            var reason = ParseLine(head, ref start, table);
            if (reason != RejectReason.None)
            {
                return reason;
            }
        }

        return RejectReason.None;
    }

    // field-line = field-name ":" OWS field-value OWS. Each search runs on into the lines behind: short ones are slow.
    private static RejectReason ParseLine(ReadOnlySpan<byte> head, ref int start, HeaderTable table)
    {
        var line = head[start..];
        var colon = line.IndexOfAnyExcept(AsciiSets.Token);
        if (colon <= 0 || line[colon] != (byte)':')
        {
            // RFC 9112 section 5.2: obs-fold, and white space before the first field (section 2.2). Section 5.1: no
            // white space between name and colon.
            return line is [(byte)' ' or (byte)'\t', ..] ? RejectReason.FoldedField : RejectReason.FieldNameMalformed;
        }

        var end = AsciiSets.IndexOfControl(line, colon + 1);
        if (!line[end..].StartsWith("\r\n"u8))
        {
            return end == line.Length || line[end] == (byte)'\r' ? RejectReason.BareCarriageReturn
                : line[end] == (byte)'\n' ? RejectReason.BareLineFeed
                : RejectReason.ControlByte;
        }

        var known = KnownHeaders.Identify(line[..colon]);
        if (known == KnownHeader.None && KnownHeaders.IsDisguisedFraming(line[..colon]))
        {
            return RejectReason.FieldNameDisguised;
        }

        var from = colon + 1;
        while (AsciiSets.IsOws(line[from]))
        {
            from++;
        }

        table.Add(start, colon, start + from, AsciiSets.TrimOws(line[from..end]).Length, known);
        start += end + 2;
        return RejectReason.None;
    }
}

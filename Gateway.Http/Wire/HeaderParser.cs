namespace Gateway.Http.Wire;

/// <summary>Field lines, strictly (RFC 9112 section 5).</summary>
internal static class HeaderParser
{
    /// <summary>Reads all field lines from <paramref name="start"/> to the empty line.</summary>
    public static RejectReason Parse(ReadOnlySpan<byte> head, int start, HeaderTable table, FieldMemory memory, HttpLimits limits)
    {
        memory.Begin();
        var end = memory.Recall(head, start, table, limits.MaxFields);
        while (!EndsLine(head, end))
        {
            if (table.Count == limits.MaxFields)
            {
                return RejectReason.TooManyFields;
            }

            var reason = ParseLine(head, end, out var line);
            if (reason != RejectReason.None)
            {
                return reason;
            }

            memory.NoteNew(line);
            table.Add(end, new ReadOnlySpan<FieldLine>(in line));
            end = memory.Recall(head, end + line.Length, table, limits.MaxFields - table.Count);
        }

        memory.Keep(head[start..end], table);
        return RejectReason.None;
    }

    // field-line = field-name ":" OWS field-value OWS. Each search runs on into the lines behind: short ones are slow.
    private static RejectReason ParseLine(ReadOnlySpan<byte> head, int start, out FieldLine line)
    {
        line = default;
        var colon = AsciiSets.TokenEnd(head, start);
        if (colon == start || colon == head.Length || head[colon] != (byte)':')
        {
            // RFC 9112 section 5.2: obs-fold, and white space before the first field (section 2.2). Section 5.1: no
            // white space between name and colon.
            return colon == start && colon < head.Length && AsciiSets.IsOws(head[colon]) ? RejectReason.FoldedField : RejectReason.FieldNameMalformed;
        }

        var end = AsciiSets.IndexOfControl(head, colon + 1);
        if (!EndsLine(head, end))
        {
            return end == head.Length || head[end] == (byte)'\r' ? RejectReason.BareCarriageReturn
                : head[end] == (byte)'\n' ? RejectReason.BareLineFeed
                : RejectReason.ControlByte;
        }

        var name = head[start..colon];
        var known = KnownHeaders.Identify(name);
        if (known == KnownHeader.None && KnownHeaders.IsDisguisedFraming(name))
        {
            return RejectReason.FieldNameDisguised;
        }

        // At the end of the line no white space is left, so neither search runs past it.
        var from = colon + 1;
        while (AsciiSets.IsOws(head[from]))
        {
            from++;
        }

        var to = end;
        while (to > from && AsciiSets.IsOws(head[to - 1]))
        {
            to--;
        }

        var isPlain = from == colon + 2 && head[colon + 1] == (byte)' ' && to == end;
        line = new FieldLine(end + 2 - start, colon - start, from - start, to - from, known, isPlain);
        return RejectReason.None;
    }

    private static bool EndsLine(ReadOnlySpan<byte> head, int at) =>
        at + 1 < head.Length && head[at] == (byte)'\r' && head[at + 1] == (byte)'\n';
}

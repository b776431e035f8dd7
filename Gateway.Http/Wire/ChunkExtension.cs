namespace Gateway.Http.Wire;

/// <summary>
/// Checks chunk extensions byte by byte and forgets them, as unknown ones must be (RFC 9112 section 7.1.1):
/// <c>*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )</c>.
/// </summary>
internal struct ChunkExtension
{
    private Place _place;

    /// <summary>Whether the line may end here: after a name or a value, not after whitespace or a semicolon.</summary>
    internal readonly bool MayEnd => _place is Place.Name or Place.Token or Place.QuotedEnd;

    /// <summary>Takes one byte; false if the grammar has no place for it.</summary>
    internal bool Step(byte next)
    {
        _place = next switch
        {
            _ when _place is Place.Quoted or Place.Escaped => AfterQuotedByte(next),
            (byte)' ' or (byte)'\t' => AfterWhitespace(),
            (byte)';' => AfterSemicolon(),
            (byte)'=' => _place is Place.Name or Place.NameSpace ? Place.ValueStart : Place.Nowhere,
            (byte)'"' => _place is Place.ValueStart ? Place.Quoted : Place.Nowhere,
            _ => AsciiSets.Token.Contains(next) ? AfterTokenByte() : Place.Nowhere,
        };
        return _place != Place.Nowhere;
    }

    private readonly Place AfterWhitespace() => _place switch
    {
        Place.Name => Place.NameSpace,
        Place.Token or Place.QuotedEnd => Place.Separator,
        _ => _place,
    };

    private readonly Place AfterSemicolon() => _place switch
    {
        Place.NameStart or Place.ValueStart => Place.Nowhere,
        _ => Place.NameStart,
    };

    private readonly Place AfterTokenByte() => _place switch
    {
        Place.NameStart or Place.Name => Place.Name,
        Place.ValueStart or Place.Token => Place.Token,
        _ => Place.Nowhere,
    };

    // quoted-string (RFC 9110 section 5.6.4): no control bytes but HTAB, not even escaped.
    private readonly Place AfterQuotedByte(byte next) => next switch
    {
        (byte)'\t' => Place.Quoted,
        < 0x20 or 0x7F => Place.Nowhere,
        _ when _place == Place.Escaped => Place.Quoted,
        (byte)'"' => Place.QuotedEnd,
        (byte)'\\' => Place.Escaped,
        _ => Place.Quoted,
    };

    private enum Place : byte
    {
        Separator,
        NameStart,
        Name,
        NameSpace,
        ValueStart,
        Token,
        Quoted,
        Escaped,
        QuotedEnd,
        Nowhere,
    }
}

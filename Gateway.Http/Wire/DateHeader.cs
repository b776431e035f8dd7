namespace Gateway.Http.Wire;

/// <summary>The value of Date (RFC 9110 section 5.6.7), formatted once a second. One per reactor.</summary>
public sealed class DateHeader
{
    private readonly byte[] _value = new byte[29];
    private long _second = -1;

    /// <summary>The value for a second since 1970.</summary>
    public ReadOnlySpan<byte> At(long unixSeconds)
    {
        if (unixSeconds != _second)
        {
            _second = unixSeconds;
            _ = System.Buffers.Text.Utf8Formatter.TryFormat(
                DateTimeOffset.FromUnixTimeSeconds(unixSeconds), _value, out _, new System.Buffers.StandardFormat('R'));
        }

        return _value;
    }
}

namespace Gateway.Http.Wire;

/// <summary>Method, target and version, as ranges in the line.</summary>
internal readonly record struct RequestLine(Range Method, Range Target, int MinorVersion);

/// <summary>request-line = method SP request-target SP HTTP-version (RFC 9112 section 3).</summary>
internal static class RequestLineParser
{
    /// <summary>More than any registered method has. Beyond it reading stops: what comes may be no method at all.</summary>
    public const int MaxMethodBytes = 32;

    public static RejectReason Parse(ReadOnlySpan<byte> line, HttpLimits limits, out RequestLine result)
    {
        result = default;
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || first == last)
        {
            return line.IndexOf((byte)' ') == 0 || !line.Contains((byte)' ') ? RejectReason.RequestLineMalformed : RejectReason.VersionMalformed;
        }

        if (!AsciiSets.IsToken(line[..first]))
        {
            return RejectReason.MethodNotToken;
        }

        if (first > MaxMethodBytes)
        {
            return RejectReason.MethodTooLong;
        }

        var target = line[(first + 1)..last];
        if (target.Length > limits.MaxTargetBytes)
        {
            return RejectReason.TargetTooLong;
        }

        if (target.IsEmpty || target.IndexOfAnyExcept(AsciiSets.Target) >= 0)
        {
            return RejectReason.TargetMalformed;
        }

        var reason = ParseVersion(line[(last + 1)..], out var minor);
        result = new RequestLine(..first, (first + 1)..last, minor);
        return reason;
    }

    /// <summary>HTTP-version = "HTTP" "/" DIGIT "." DIGIT, in capitals (RFC 9112 section 2.3).</summary>
    public static RejectReason ParseVersion(ReadOnlySpan<byte> version, out int minor)
    {
        minor = 0;
        if (version.Length != 8 || !version.StartsWith("HTTP/"u8) || !char.IsAsciiDigit((char)version[5])
            || version[6] != (byte)'.' || !char.IsAsciiDigit((char)version[7]))
        {
            return RejectReason.VersionMalformed;
        }

        // RFC 9110 section 2.5: a higher minor version is understood as the highest we know.
        minor = version[7] == (byte)'0' ? 0 : 1;
        return version[5] == (byte)'1' ? RejectReason.None : RejectReason.VersionNotSupported;
    }
}

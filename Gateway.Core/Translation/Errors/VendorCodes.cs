namespace Gateway.Core.Translation.Errors;

/// <summary>Error codes of vendors that count their own: what HTTP status means the same. Needed where the answer's own status says nothing.</summary>
/// <remarks>Sources: docs.z.ai/api-reference/api-code, platform.minimax.io/docs/api-reference/errorcode.</remarks>
internal static class VendorCodes
{
    /// <summary>The status; 0 for a code that is not known.</summary>
    /// <param name="code">The code.</param>
    /// <param name="isMiniMax">It stood in <c>base_resp</c>; else it is taken for one of Z.AI's.</param>
    public static int StatusOf(long code, bool isMiniMax) => isMiniMax ? OfMiniMax(code) : OfZai(code);

    private static int OfMiniMax(long code) => code switch
    {
        1001 => 504,
        1002 or 1039 or 1041 => 429,
        1004 or 2049 => 401,
        1008 => 402,
        1026 or 1027 or 1042 or 2013 => 400,
        _ => 0,
    };

    private static int OfZai(long code) => code switch
    {
        >= 1000 and <= 1004 => 401,
        >= 1110 and <= 1113 => 402,
        >= 1210 and <= 1215 or 1261 or 1301 => 400,
        1302 or 1303 or 1304 or 1305 or 1308 or 1310 or 1312 or 1313 => 429,
        _ => 0,
    };
}

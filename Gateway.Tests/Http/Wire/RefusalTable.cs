using Gateway.Http.Wire;

namespace Gateway.Tests.Http.Wire;

/// <summary>Requests that must be refused, by the reason for it. A character is a byte.</summary>
internal static class RefusalTable
{
    private const string Start = "GET / HTTP/1.1\r\nHost: a\r\n";
    private const string Post = "POST / HTTP/1.1\r\nHost: a\r\n";

    public static IEnumerable<(RejectReason Reason, string[] Texts)> Lines { get; } =
    [
        (RejectReason.BareLineFeed,
        [
            "GET / HTTP/1.1\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", "GET / HTTP/1.1\n\n",
            "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\n HTTP/1.1\r\nHost: a\r\n\r\n", Start + "X: b\r\n\n",
            Start + "X\n: b\r\n\r\n",
        ]),
        (RejectReason.BareCarriageReturn,
        [
            "GET / HTTP/1.1\rHost: a\r\n\r\n", Start + "X: a\rb\r\n\r\n", Start + "X: b\r\r\n\r\n", Start + "\rX: b\r\n\r\n",
            "\r\rGET / HTTP/1.1\r\n", Start + "X: b\r\n\r ", "GET\r / HTTP/1.1\r\nHost: a\r\n\r\n",
        ]),
        (RejectReason.ControlByte,
        [
            "GET /\0test HTTP/1.1\r\nHost: a\r\n\r\n", Start + "X: a\0b\r\n\r\n", Start + "X: abc\x07\x08\x0Bdef\r\n\r\n",
            Start + "X: \x7F\r\n\r\n", Start + "X\0: b\r\n\r\n", Start + "X: \x1B[31m\r\n\r\n", "\0", "GET\x01 / HTTP/1.1\r\n",
            Post + "Transfer-Encoding: \vchunked\r\n\r\n", Post + "Transfer-Encoding: \fchunked\r\n\r\n",
            Post + "Transfer-Encoding: chunked\0\r\n\r\n",
        ]),
        (RejectReason.EmptyLineBeforeRequest, ["\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n\r\n"]),
    ];

    public static IEnumerable<(RejectReason Reason, string[] Texts)> RequestLines { get; } =
    [
        (RejectReason.RequestLineMalformed,
        [
            "GET\r\n\r\n", "GET /\r\n\r\n", " / HTTP/1.1\r\nHost: a\r\n\r\n", "   \r\n\r\n", "GET HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        ]),
        (RejectReason.MethodNotToken,
        [
            "G[T / HTTP/1.1\r\nHost: a\r\n\r\n", "\"GET\" / HTTP/1.1\r\nHost: a\r\n\r\n", "G\xC9T / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET, / HTTP/1.1\r\nHost: a\r\n\r\n", "GE\tT / HTTP/1.1\r\nHost: a\r\n\r\n", "{} / HTTP/1.1\r\nHost: a\r\n\r\n",
        ]),
        (RejectReason.MethodTooLong,
        [
            new string('A', 33) + " / HTTP/1.1\r\nHost: a\r\n\r\n", new string('A', 100_000) + " / HTTP/1.1\r\n\r\n",
        ]),
        (RejectReason.MethodNotSupported,
        [
            "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", "CONNECT a: HTTP/1.1\r\nHost: a\r\n\r\n",
            "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
            "TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
        ]),
        (RejectReason.TargetMalformed,
        [
            "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", "GET /pa th HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", "GET /caf\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /\xC0\xAF HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /<a> HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\"a\" HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\ta HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS ** HTTP/1.1\r\nHost: a\r\n\r\n", "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET ?a HTTP/1.1\r\nHost: a\r\n\r\n", "GET a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http:/a HTTP/1.1\r\nHost: a\r\n\r\n", "GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", "GET http://a:b/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET HTTP/1.1 / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/ 1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
        ]),
        (RejectReason.TargetEscapeMalformed,
        [
            "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a%0d%0aX:%20b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /% HTTP/1.1\r\nHost: a\r\n\r\n", "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a%7f?b HTTP/1.1\r\nHost: a\r\n\r\n", "GET http://a/%1F HTTP/1.1\r\nHost: a\r\n\r\n",
        ]),
        (RejectReason.TargetTooLong,
        [
            $"GET /{new string('a', 8192)} HTTP/1.1\r\nHost: a\r\n\r\n", $"GET /{new string('a', 100_000)} HTTP/1.1\r\n\r\n",
        ]),
        (RejectReason.VersionMalformed,
        [
            "GET / HTTP/1\r\nHost: a\r\n\r\n", "GET / HTTP/01.01\r\nHost: a\r\n\r\n", "GET / HTTP/1.10\r\nHost: a\r\n\r\n",
            "GET / http/1.1\r\nHost: a\r\n\r\n", "GET / Http/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1,1\r\nHost: a\r\n\r\n", "GET / HTTP/1.x\r\nHost: a\r\n\r\n", "GET / HTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\t\r\nHost: a\r\n\r\n", "GET / HTTPS/1.1\r\nHost: a\r\n\r\n", "GET / \r\nHost: a\r\n\r\n",
            "GET / ICAP/1.0\r\nHost: a\r\n\r\n",
        ]),
        (RejectReason.VersionNotSupported,
        [
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
            "GET / HTTP/3.0\r\n\r\n", "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        ]),
    ];

    public static IEnumerable<(RejectReason Reason, string[] Texts)> Fields { get; } =
    [
        (RejectReason.FoldedField,
        [
            Start + "X: a\r\n b\r\n\r\n", Start + "X: a\r\n\tb\r\n\r\n", "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
            "GET / HTTP/1.1\r\n \r\nHost: a\r\n\r\n", Post + "Transfer-Encoding:\r\n chunked\r\n\r\n",
        ]),
        (RejectReason.FieldNameMalformed,
        [
            Start + "X : b\r\n\r\n", Start + "X\t: b\r\n\r\n", Start + ": b\r\n\r\n", Start + "Bad[Name: b\r\n\r\n",
            Start + "NoColonHere\r\n\r\n", Start + "X-T\xC3\xABst: b\r\n\r\n", Start + "(X): b\r\n\r\n", Start + "X;Y: b\r\n\r\n",
            Start + "X@Y: b\r\n\r\n", Start + "\"X\": b\r\n\r\n", Start + "X Y: b\r\n\r\n", Start + "Content\tLength: 5\r\n\r\n",
            Post + "Transfer-Encoding : chunked\r\n\r\n", Post + "Content-Length : 5\r\n\r\n",
        ]),
        (RejectReason.FieldNameDisguised,
        [
            Post + "Content_Length: 5\r\n\r\n", Post + "content_length: 5\r\nContent-Length: 5\r\n\r\n",
            Post + "Transfer_Encoding: chunked\r\n\r\n", Post + "TRANSFER_ENCODING: chunked\r\n\r\n",
        ]),
        (RejectReason.HostMissing, ["GET / HTTP/1.1\r\n\r\n", "GET http://a/ HTTP/1.1\r\n\r\n", "GET / HTTP/1.2\r\nX: a\r\n\r\n"]),
        (RejectReason.HostRepeated,
        [
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n",
        ]),
        (RejectReason.HostMalformed,
        [
            .. from host in new[]
               {
                   "", " ", "u@a", "a/b", "a, b", "a b", "a?b", "a#b", "a;b", "http://a", "a:b", "a:65536", "a:-1", "a:1:2",
                   ":80", "[::1", "[::1]x", "[::1]:x", "[]", "[g::]", "[1.2.3.4]", "[::1%25eth0]", "[v1.a]", "::1", "a%zz", "a%00",
                   "a\xE9", "a\"", "a\\b", "[1:2:3]",
               }
               select $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: a/b\r\n\r\n",
        ]),
        (RejectReason.TargetAndHostDiffer,
        [
            "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", "GET http://a:80/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET https://a/ HTTP/1.1\r\nHost: a:443\r\n\r\n",
        ]),
        (RejectReason.ConnectionMalformed,
        [
            Start + "Connection: a b\r\n\r\n", Start + "Connection: close; x\r\n\r\n", Start + "Connection: \"close\"\r\n\r\n",
        ]),
        (RejectReason.ConnectionTooLong, [Start + $"Connection: {string.Join(',', Enumerable.Repeat("a", 33))}\r\n\r\n"]),
        (RejectReason.ExpectationUnknown,
        [
            Start + "Expect: 200-ok\r\n\r\n", Start + "Expect:\r\n\r\n", Start + "Expect: 100-continue, x\r\n\r\n",
            Start + "Expect: 100-continue\r\nExpect: 100-continue\r\n\r\n",
        ]),
        (RejectReason.FieldRepeated,
        [
            Post + "Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n", Start + "Authorization: a\r\nAuthorization: b\r\n\r\n",
            Start + "x-api-key: a\r\nX-Api-Key: a\r\n\r\n",
            Post + "Content-Type: a/b\r\nContent-Type: a/b\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n",
        ]),
        (RejectReason.TooManyFields, [Start + string.Concat(Enumerable.Range(0, 100).Select(i => $"X{i}: a\r\n")) + "\r\n"]),
        (RejectReason.HeadTooLong, [Start + $"X: {new string('b', 32 * 1024)}\r\n\r\n", Start + new string('A', 100_000)]),
    ];

    public static IEnumerable<(RejectReason Reason, string[] Texts)> Framing { get; } =
    [
        (RejectReason.ContentLengthMalformed,
        [
            .. from length in new[]
               {
                   "", "abc", "+5", "-1", "-0", "0x5", "0o5", "5a", "1_0", "1 0", "5,", "5, 5", "5, 10", "5;", "5.0", "1e3", "005", "00",
                   "0200", "5 ", " 5", "\t5", "5\t", "\xB2", "99999999999999999999", "9223372036854775808",
                   "18446744073709551621", "\"5\"",
               }
               select $"{Post}Content-Length: {length}\r\n\r\n",
        ]),
        (RejectReason.ContentLengthRepeated,
        [
            Post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", Post + "Content-Length: 5\r\ncontent-length: 10\r\n\r\n",
        ]),
        (RejectReason.ContentLengthWithTransferEncoding,
        [
            Post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", Post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
            Post + "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n", Post + "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\n",
            Post + "Transfer-Encoding: chunked \r\nContent-Length: +5\r\n\r\n", Post + "Transfer-Encoding:\r\nContent-Length: 5\r\n\r\n",
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
        ]),
        (RejectReason.TransferEncodingNotChunked,
        [
            .. from coding in new[]
               {
                   "", "gzip", "identity", "xchunked", "chunked, gzip", "gzip, chunked", "chunked, chunked", "chunked,", ", chunked",
                   "chunked;a=b", "chunkedx", "\"chunked\"", "chunked ", "\tchunked", " chunked", "c hunked", "chunked\xA0", "\xEF\xBB\xBFchunked",
               }
               select $"{Post}Transfer-Encoding: {coding}\r\n\r\n",
        ]),
        (RejectReason.TransferEncodingRepeated,
        [
            Post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            Post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
        ]),
        (RejectReason.TransferEncodingInHttp10, ["POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"]),
    ];
}

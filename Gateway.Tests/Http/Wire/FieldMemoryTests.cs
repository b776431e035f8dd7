using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

/// <summary>What a head is read as must not depend on what was read before it.</summary>
[TestFixture]
internal sealed class FieldMemoryTests
{
    private static readonly string[] Lines =
    [
        "Host: a\r\n", "x-a: 1\r\n", "x-a: 2\r\n", "X-A:1\r\n", "x-b: \t b \t\r\n", "Connection: x-a\r\n", "connection: close\r\n",
        "Content-Length: 12\r\n", "content-length: 13\r\n", "Transfer-Encoding: chunked\r\n", "Authorization: Bearer one\r\n", "authorization: Bearer two\r\n",
        "Cookie: c\r\n", $"x-long: {new string('v', 400)}\r\n", "x-empty:\r\n", "x-bad\r\n", " folded: 1\r\n", "x-gateway-provider: p\r\n",
    ];

    [Test]
    public void Heads_in_any_order_are_read_as_if_each_were_the_first()
    {
        var random = new Random(1);
        var memory = new FieldMemory();
        for (var round = 0; round < 20_000; round++)
        {
            var text = $"POST / HTTP/1.1\r\n{string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Lines[random.Next(Lines.Length)]))}\r\n";
            Assert.That(Describe(text, memory), Is.EqualTo(Describe(text, new FieldMemory())), text);
        }
    }

    [Test]
    public void More_lines_than_it_holds_are_read_all_the_same()
    {
        var memory = new FieldMemory();
        var text = $"POST / HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Range(0, 90).Select(static i => $"x-{i}: {i}\r\n"))}\r\n";
        var first = Describe(text, memory);
        Assert.That(Describe(text, memory), Is.EqualTo(first));
    }

    [Test]
    public void A_line_that_was_read_is_known_again_even_if_others_come_or_go()
    {
        var memory = new FieldMemory();
        Read(memory, "a: 1\r\n", "b: 2\r\n", "c: 3\r\n", "d: 4\r\n");
        Assert.Multiple(() =>
        {
            Assert.That(Read(memory, "a: 1\r\n", "b: 2\r\n", "c: 3\r\n", "d: 4\r\n"), Is.EqualTo("yes yes yes yes"));
            Assert.That(Read(memory, "a: 1\r\n", "c: 3\r\n", "d: 4\r\n"), Is.EqualTo("yes yes yes"));
            Assert.That(Read(memory, "a: 1\r\n", "b: 5\r\n", "c: 3\r\n", "d: 4\r\n"), Is.EqualTo("yes no yes yes"));
        });
    }

    [Test]
    public void Lines_that_changed_in_a_row_do_not_hide_those_behind_them()
    {
        var memory = new FieldMemory();
        string[] changing = [.. Enumerable.Range(0, 9).Select(static i => $"x-limit-{i}: 1\r\n")];
        Read(memory, ["a: 1\r\n", .. changing, "b: 2\r\n"]);
        string[] changed = [.. changing.Select(static line => line.Replace("1\r", "23\r", StringComparison.Ordinal))];
        Assert.That(Read(memory, ["a: 1\r\n", .. changed, "b: 2\r\n"]), Is.EqualTo("yes no no no no no no no no no yes"));
        Assert.That(Read(memory, ["a: 1\r\n", .. changed, "b: 2\r\n"]), Does.Not.Contain("no"));
    }

    [TestCase("Authorization: Bearer secret\r\n")]
    [TestCase("x-api-key: secret\r\n")]
    [TestCase("cookie: secret\r\n")]
    [TestCase("Proxy-Authorization: secret\r\n")]
    public void A_credential_is_never_remembered(string line)
    {
        var memory = new FieldMemory();
        Read(memory, "a: 1\r\n", line, "b: 2\r\n");
        Assert.That(Read(memory, "a: 1\r\n", line, "b: 2\r\n"), Is.EqualTo("yes no yes"));
        var nothing = $"{new string('\0', line.Length - 2)}\r\n";
        Assert.That(Parse(memory, "a: 1\r\n", nothing, "b: 2\r\n"), Is.EqualTo(RejectReason.FieldNameMalformed), "what stands in its place is no line");
    }

    // Which lines were known before.
    private static string Read(FieldMemory memory, params string[] lines)
    {
        var head = Heads.Bytes(string.Concat(lines) + "\r\n");
        var start = 0;
        var known = new List<string>();
        memory.Begin();
        foreach (var line in lines)
        {
            var table = new HeaderTable();
            table.Reset(head);
            var isKnown = memory.Recall(head, start, table, most: 1) > start;
            known.Add(isKnown ? "yes" : "no");
            if (!isKnown)
            {
                var name = line.IndexOf(':', StringComparison.Ordinal);
                memory.NoteNew(new FieldLine(line.Length, name, name + 2, line.Length - name - 4, KnownHeaders.Identify(Heads.Bytes(line[..name])), IsPlain: true));
            }

            start += line.Length;
        }

        Assert.That(Parse(memory, lines), Is.EqualTo(RejectReason.None));
        return string.Join(' ', known);
    }

    private static RejectReason Parse(FieldMemory memory, params string[] lines)
    {
        var head = Heads.Bytes(string.Concat(lines) + "\r\n");
        var table = new HeaderTable();
        table.Reset(head);
        return HeaderParser.Parse(head, 0, table, memory, Heads.Limits);
    }

    private static string Describe(string text, FieldMemory memory)
    {
        var head = new RequestHead(memory);
        var reason = head.Parse(Heads.Bytes(text), Heads.Limits);
        var fields = Enumerable.Range(0, head.Headers.Count).Select(i => $"{Heads.Text(head.Headers.Name(i))}={Heads.Text(head.Headers.Value(i))}/{head.Headers.Known(i)}/{head.Headers.IsForwardable(i)}/{head.Headers.IsPlainlyWritten(i)}");
        return $"{reason} {head.Framing} {string.Join('|', fields)}";
    }
}

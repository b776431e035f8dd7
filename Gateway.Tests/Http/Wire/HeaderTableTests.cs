using System.Text;
using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class HeaderTableTests
{
    [Test]
    public void Keeps_names_and_values_in_order_as_they_came()
    {
        var table = Heads.Fields("X-a:1\r\nx-A: \t 2 \t\r\nEmpty:\r\n");
        var lines = Enumerable.Range(0, table.Count).Select(i => $"{Heads.Text(table.Name(i))}={Heads.Text(table.Value(i))}");
        Assert.That(string.Join('|', lines), Is.EqualTo("Host=a|X-a=1|x-A=2|Empty="));
    }

    [Test]
    public void Lets_bytes_above_ASCII_into_values() =>
        Assert.That(Heads.Text(Heads.Fields("X: \xC3\xA9\xFF\r\n").Value(1)), Is.EqualTo("\xC3\xA9\xFF"));

    [Test]
    public void Finds_the_first_of_a_field()
    {
        var table = Heads.Fields("Cookie: 1\r\ncookie: 2\r\n");
        Assert.Multiple(() =>
        {
            Assert.That(table.IndexOf(KnownHeader.Cookie), Is.EqualTo(1));
            Assert.That(table.Has(KnownHeader.Cookie) && table.Repeats(KnownHeader.Cookie));
            Assert.That(table.TryGet(KnownHeader.Cookie, out var value) && value.SequenceEqual("1"u8));
            Assert.That(table.Has(KnownHeader.Host) && !table.Repeats(KnownHeader.Host));
            Assert.That(table.IndexOf(KnownHeader.Date), Is.EqualTo(-1));
            Assert.That(table.TryGet(KnownHeader.Date, out _), Is.False);
        });
    }

    [TestCase("x-mine", "1")]
    [TestCase("X-MINE", "1")]
    [TestCase("x-mind", null)]
    [TestCase("x-min", null)]
    public void Finds_the_first_field_of_a_name(string name, string? value)
    {
        var table = Heads.Fields("X-Mine: 1\r\nx-mine: 2\r\n");
        Assert.That(table.TryGet(Encoding.ASCII.GetBytes(name), out var found) ? Heads.Text(found) : null, Is.EqualTo(value));
    }

    [Test]
    public void Tells_names_apart_whose_lengths_share_a_bit()
    {
        var table = Heads.Fields($"{new string('a', 70)}: 1\r\n");
        Assert.That(table.TryGet("aaaaaa"u8, out _), Is.False);
    }

    [TestCase("Connection: x\r\n", "Host,Connection")]
    [TestCase("Connection: X-a, close ,, x-B\r\nx-A: 1\r\nX-b: 2\r\nX-c: 3\r\nX-A: 4\r\n", "Host,Connection,x-A,X-b,X-A")]
    [TestCase("X-a: 1\r\nConnection: x-a\r\nConnection: X-B\r\nx-b: 2\r\n", "Host,X-a,Connection,Connection,x-b")]
    [TestCase("Keep-Alive: 1\r\nTE: a\r\nTrailer: a\r\nUpgrade: a\r\nHTTP2-Settings: a\r\n", "Host,Keep-Alive,TE,Trailer,Upgrade,HTTP2-Settings")]
    [TestCase("Proxy-Connection: a\r\nProxy-Authorization: a\r\nProxy-Authenticate: a\r\n", "Host,Proxy-Connection,Proxy-Authorization,Proxy-Authenticate")]
    [TestCase("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n", "Host,Transfer-Encoding,Expect")]
    [TestCase("Content-Length: 1\r\nContent-Type: a\r\nAccept: b\r\nanthropic-x: c\r\n", "Host,Content-Length")]
    public void Passes_nothing_on_that_belongs_to_this_connection(string fields, string dropped)
    {
        var table = Heads.Fields(fields);
        var names = Enumerable.Range(0, table.Count).Where(i => !table.IsForwardable(i)).Select(i => Heads.Text(table.Name(i)));
        Assert.That(string.Join(',', names), Is.EqualTo(dropped));
    }

    [Test]
    public void Grows_beyond_what_is_usual()
    {
        var table = Heads.Fields(string.Concat(Enumerable.Range(0, 99).Select(i => $"X-{i}: {i}\r\n")));
        Assert.That((table.Count, Heads.Text(table.Name(99)), Heads.Text(table.Value(99))), Is.EqualTo((100, "X-98", "98")));
    }

    [TestCase("Date:a\r\n", true)]
    [TestCase("Date: a\r\n", true)]
    [TestCase("Date:\r\n", true)]
    [TestCase("Date:  a\r\n", false)]
    [TestCase("Date:\ta\r\n", false)]
    [TestCase("Date: a \r\n", false)]
    [TestCase("Date: a\t\r\n", false)]
    public void Tells_a_plainly_written_line_from_one_with_white_space_to_spare(string line, bool isPlain) =>
        Assert.That(Heads.Fields(line).IsPlainlyWritten(1), Is.EqualTo(isPlain));
}

using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

/// <summary>The parser on its own, without a boundary that saw the bytes before.</summary>
[TestFixture]
internal sealed class HeaderParserTests
{
    [TestCase("", RejectReason.FieldNameMalformed)]
    [TestCase("X: a", RejectReason.BareCarriageReturn)]
    [TestCase("X: a\r", RejectReason.BareCarriageReturn)]
    [TestCase("X: a\r\n", RejectReason.FieldNameMalformed)]
    [TestCase("X: a\rb\r\n\r\n", RejectReason.BareCarriageReturn)]
    [TestCase("X: a\nb\r\n\r\n", RejectReason.BareLineFeed)]
    [TestCase("X: a\0\r\n\r\n", RejectReason.ControlByte)]
    [TestCase("X\n: a\r\n\r\n", RejectReason.FieldNameMalformed)]
    [TestCase(" X: a\r\n\r\n", RejectReason.FoldedField)]
    [TestCase("\r\n", RejectReason.None)]
    [TestCase("X:a\r\n\r\n", RejectReason.None)]
    public void Judges_every_byte_itself(string lines, RejectReason reason)
    {
        var bytes = Heads.Bytes(lines);
        var table = new HeaderTable();
        table.Reset(bytes);
        Assert.That(HeaderParser.Parse(bytes, 0, table, new FieldMemory(), Heads.Limits), Is.EqualTo(reason));
    }

    [Test]
    public void Takes_every_token_byte_in_a_name_and_no_other([Values(1, 15, 16, 40)] int before)
    {
        for (var value = 0; value < 256; value++)
        {
            var isToken = char.IsAsciiLetterOrDigit((char)value) || "!#$%&'*+-.^_`|~".Contains((char)value);
            var bytes = Heads.Bytes($"{new string('a', before)}{(char)value}b: c\r\n\r\n");
            var table = new HeaderTable();
            table.Reset(bytes);
            var reason = HeaderParser.Parse(bytes, 0, table, new FieldMemory(), Heads.Limits);
            Assert.That(reason == RejectReason.None && Heads.Text(table.Name(0)).Length == before + 2, Is.EqualTo(isToken), $"0x{value:x2}");
        }
    }

    [Test]
    public void Takes_as_many_fields_as_the_limit_says()
    {
        var limits = new HttpLimits { MaxFields = 2 };
        var table = new HeaderTable();
        Assert.That(HeaderParser.Parse("A:1\r\nB:2\r\n\r\n"u8, 0, table, new FieldMemory(), limits), Is.EqualTo(RejectReason.None));
        table.Reset(default);
        Assert.That(HeaderParser.Parse("A:1\r\nB:2\r\nC:3\r\n\r\n"u8, 0, table, new FieldMemory(), limits), Is.EqualTo(RejectReason.TooManyFields));
    }
}

using System.Globalization;
using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class DateHeaderTests
{
    [TestCase(784111777, "Sun, 06 Nov 1994 08:49:37 GMT")]
    [TestCase(0, "Thu, 01 Jan 1970 00:00:00 GMT")]
    [TestCase(1709164800, "Thu, 29 Feb 2024 00:00:00 GMT")]
    [TestCase(253402300799, "Fri, 31 Dec 9999 23:59:59 GMT")]
    public void Is_written_as_RFC_9110_section_5_6_7_asks(long second, string text) =>
        Assert.That(Heads.Text(new DateHeader().At(second)), Is.EqualTo(text));

    [Test]
    public void Follows_the_clock_both_ways()
    {
        var date = new DateHeader();
        foreach (var second in (long[])[1, 1, 2, 61, 1, 86_400, 0])
        {
            var text = DateTimeOffset.FromUnixTimeSeconds(second).ToString("R", CultureInfo.InvariantCulture);
            Assert.That(Heads.Text(date.At(second)), Is.EqualTo(text));
        }
    }
}

using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class NumberScannerTests
{
    [TestCase("0", 0L)]
    [TestCase("7", 7L)]
    [TestCase("32000", 32000L)]
    [TestCase("999999999999999999", 999999999999999999L)]
    [TestCase("1000000000000000000000", -1L)]
    [TestCase("-1", -1L)]
    [TestCase("-0", -1L)]
    [TestCase("1.0", -1L)]
    [TestCase("1e3", -1L)]
    public void Gives_the_value_of_plain_digits_and_of_nothing_else(string text, long expected)
    {
        var number = Read(text, out var taken);
        Assert.That(taken, Is.EqualTo(text.Length));
        Assert.That(number.IsWhole);
        Assert.That(number.PlainInteger, Is.EqualTo(expected));
    }

    [TestCase("-")]
    [TestCase("1.")]
    [TestCase("1e")]
    [TestCase("1e+")]
    public void Is_not_whole_in_the_middle(string text) => Assert.That(Read(text, out _).IsWhole, Is.False);

    [TestCase("01", 1)]
    [TestCase("1-", 1)]
    [TestCase("1.2.3", 3)]
    [TestCase("1e5e", 3)]
    public void Ends_before_what_is_no_part_of_it(string text, int taken)
    {
        _ = Read(text, out var count);
        Assert.That(count, Is.EqualTo(taken));
    }

    private static NumberScanner Read(string text, out int taken)
    {
        var number = default(NumberScanner);
        number.Begin((byte)text[0]);
        taken = 1;
        while (taken < text.Length && number.TryTake((byte)text[taken]))
        {
            taken++;
        }

        return number;
    }
}

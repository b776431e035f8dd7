using Gateway.Core.Admission;

namespace Gateway.Tests.Core.Admission;

[TestFixture]
internal sealed class OutputSizesTests
{
    [Test]
    public void Nobody_expects_more_than_is_allowed()
    {
        var sizes = new OutputSizes();
        Assert.That(sizes.Expect(100), Is.EqualTo(100));
        Learn(sizes, 5_000, 100);
        Assert.That(sizes.Expect(100), Is.EqualTo(100));
    }

    [Test]
    public void Before_there_are_answers_a_guess_stands_for_them() => Assert.That(new OutputSizes().Expect(128_000), Is.EqualTo(8_192));

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(700)]
    [TestCase(1_023)]
    [TestCase(1_024)]
    [TestCase(64_000)]
    public void Nineteen_of_twenty_answers_are_no_longer(int tokens)
    {
        var sizes = new OutputSizes();
        Learn(sizes, tokens, 95);
        Learn(sizes, 100_000, 5);
        Assert.That(sizes.Expect(128_000), Is.InRange(tokens, Math.Max(2, tokens * 3 / 2)));
        Learn(sizes, 100_000, 5);
        Assert.That(sizes.Expect(1_000_000), Is.GreaterThanOrEqualTo(100_000));
    }

    [Test]
    public void A_model_that_changes_is_noticed()
    {
        var sizes = new OutputSizes();
        Learn(sizes, 50_000, 5_000);
        Learn(sizes, 100, 50_000);
        Assert.That(sizes.Expect(128_000), Is.LessThan(200));
    }

    [Test]
    public void Learning_and_expecting_allocates_nothing()
    {
        var sizes = new OutputSizes();
        Learn(sizes, 100, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5_000; i++)
        {
            sizes.Add(i);
            _ = sizes.Expect(1_000);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Learn(OutputSizes sizes, int tokens, int times)
    {
        for (var i = 0; i < times; i++)
        {
            sizes.Add(tokens);
        }
    }
}

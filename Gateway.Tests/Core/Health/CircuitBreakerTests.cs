using Gateway.Core.Health;

namespace Gateway.Tests.Core.Health;

[TestFixture]
internal sealed class CircuitBreakerTests
{
    private const double Middle = 0.5;

    [Test]
    public void Opens_at_the_fifth_failure_in_a_row_for_five_seconds_and_doubles_up_to_300()
    {
        var circuit = new CircuitBreaker();
        var now = 1_000_000L;
        for (var i = 0; i < 4; i++)
        {
            circuit.Failed(now, -1, Middle);
        }

        Assert.That(circuit.IsReady(now), Is.True);
        circuit.Failed(now, -1, Middle);
        foreach (var pause in new[] { 5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000 })
        {
            Assert.That(circuit.OpenUntil - now, Is.EqualTo(pause));
            Assert.That(circuit.IsReady(now + pause - 1), Is.False);
            now += pause;
            Assert.That(circuit.TryEnter(now), Is.True, "half open");
            circuit.Failed(now, -1, Middle);
        }
    }

    [TestCase(0, 4_000)]
    [TestCase(0.999999, 5_999)]
    public void Strays_a_fifth_to_both_sides(double jitter, long pause) =>
        Assert.That(Opened(0, -1, jitter).OpenUntil, Is.EqualTo(pause));

    [Test]
    public void Stays_open_as_long_as_the_provider_asked_for() =>
        Assert.That(Opened(0, 42_000, Middle).OpenUntil, Is.EqualTo(42_000));

    [Test]
    public void Opens_when_half_of_ten_failed_within_30_seconds()
    {
        var circuit = new CircuitBreaker();
        for (var i = 0; i < 4; i++)
        {
            circuit.Failed(i * 1_000, -1, Middle);
            circuit.Succeeded(i * 1_000);
        }

        circuit.Succeeded(5_000);
        Assert.That(circuit.OpenUntil, Is.Zero, "nine outcomes");
        circuit.Failed(6_000, -1, Middle);
        Assert.That(circuit.OpenUntil, Is.EqualTo(11_000));
    }

    [Test]
    public void Forgets_failures_older_than_30_seconds()
    {
        var circuit = new CircuitBreaker();
        for (var i = 0; i < 4; i++)
        {
            circuit.Failed(0, -1, Middle);
            circuit.Succeeded(0);
        }

        for (var i = 0; i < 6; i++)
        {
            circuit.Succeeded(31_000);
        }

        circuit.Failed(32_000, -1, Middle);
        Assert.That(circuit.OpenUntil, Is.Zero);
        Assert.That(circuit.FailureShare(32_000), Is.EqualTo(1 / 7.0).Within(1e-9));
    }

    [Test]
    public void Half_open_lets_one_request_through_until_its_outcome_is_known()
    {
        var circuit = Opened(0, -1, Middle);
        Assert.That(circuit.TryEnter(4_999), Is.False);
        Assert.That(circuit.TryEnter(5_000), Is.True);
        Assert.That(circuit.TryEnter(5_000), Is.False);
        circuit.Abandoned();
        Assert.That(circuit.TryEnter(5_001), Is.True);
        circuit.Succeeded(5_002);
        Assert.That(Enumerable.Range(0, 10).All(_ => circuit.TryEnter(5_003)), Is.True, "closed");
    }

    [Test]
    public void A_second_success_forgives_earlier_ejections()
    {
        var circuit = Opened(0, -1, Middle);
        Assert.That(circuit.TryEnter(5_000), Is.True);
        circuit.Succeeded(5_000);
        Assert.That(circuit.Ejections, Is.EqualTo(1));
        circuit.Succeeded(5_001);
        Assert.That(circuit.Ejections, Is.Zero);
    }

    [Test]
    public void Comes_back_slowly()
    {
        var circuit = Opened(0, -1, Middle);
        circuit.Succeeded(10_000);
        Assert.Multiple(() =>
        {
            Assert.That(ProviderState.SlowStart(circuit, 10_000), Is.EqualTo(0.1));
            Assert.That(ProviderState.SlowStart(circuit, 15_000), Is.EqualTo(0.5));
            Assert.That(ProviderState.SlowStart(circuit, 20_000), Is.EqualTo(1));
            Assert.That(ProviderState.SlowStart(new CircuitBreaker(), 0), Is.EqualTo(1), "it was never out");
        });
    }

    private static CircuitBreaker Opened(long now, long retryAfter, double jitter)
    {
        var circuit = new CircuitBreaker();
        for (var i = 0; i < 5; i++)
        {
            circuit.Failed(now, retryAfter, jitter);
        }

        return circuit;
    }
}

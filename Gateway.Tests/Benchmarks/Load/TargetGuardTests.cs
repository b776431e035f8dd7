using Gateway.Benchmarks.Load;

namespace Gateway.Tests.Benchmarks.Load;

internal sealed class TargetGuardTests
{
    [TestCase("http://127.0.0.1:8080")]
    [TestCase("http://127.8.8.8")]
    [TestCase("https://localhost")]
    [TestCase("http://[::1]:80")]
    public void This_machine_may_be_measured(string target) =>
        Assert.That(TargetGuard.Refusal(new Uri(target), isOwn: false), Is.Null);

    [TestCase("https://api.anthropic.com")]
    [TestCase("http://192.168.0.2:8080")]
    [TestCase("http://localhost.example.com")]
    [TestCase("http://0.0.0.0:8080")]
    public void Any_other_machine_only_if_it_is_ones_own(string target)
    {
        Assert.Multiple(() =>
        {
            Assert.That(TargetGuard.Refusal(new Uri(target), isOwn: false), Does.Contain("--i-own-this-target"));
            Assert.That(TargetGuard.Refusal(new Uri(target), isOwn: true), Is.Null);
        });
    }

    [Test]
    public void Nothing_but_HTTP_is_measured() =>
        Assert.That(TargetGuard.Refusal(new Uri("ftp://127.0.0.1"), isOwn: true), Does.Contain("http"));

    [Test]
    public void A_path_would_not_be_used_and_is_refused() =>
        Assert.That(TargetGuard.Refusal(new Uri("http://127.0.0.1:8080/anthropic"), isOwn: false), Does.Contain("path"));
}

using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Deploy;

/// <summary>The units that are shipped: what systemd makes of them, where it is.</summary>
[TestFixture]
internal sealed partial class UnitTests
{
    private const double MostExposed = 1.5;

    [Test]
    public void The_service_is_hardened()
    {
        if (Tool.Find("systemd-analyze") is { } analyze)
        {
            var (_, output) = analyze.Run("security", "--offline=true", "--no-pager", Tool.PathOf("deploy/systemd/system/claude-gateway.service"));
            var level = double.Parse(Level().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.That(level, Is.LessThanOrEqualTo(MostExposed), output);
        }
    }

    [TestCase("system")]
    [TestCase("user")]
    public void Units_are_sound(string folder)
    {
        var unit = SourceTree.Read($"deploy/systemd/{folder}/claude-gateway.service");
        Assert.That(unit, Does.Contain("\nType=notify\n").And.Contain("\nWatchdogSec=").And.Contain("\nLimitCORE=0\n")
            .And.Contain("\nEnvironment=DOTNET_EnableDiagnostics=0\n").And.Contain("\nRequires=claude-gateway.socket\n"));
        Assert.That(SourceTree.Read($"deploy/systemd/{folder}/claude-gateway.socket"), Does.Contain("\nListenStream=127.0.0.1:8080\n"));
    }

    [Test]
    public void The_service_waits_longer_than_a_drain_may_take()
    {
        var drain = new Gateway.Core.Configuration.ListenerConfig().DrainSeconds;
        var stop = int.Parse(StopSeconds().Match(SourceTree.Read("deploy/systemd/system/claude-gateway.service")).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.That(stop, Is.GreaterThan(drain));
    }

    [GeneratedRegex(@"exposure level for \S+: ([0-9.]+)")]
    private static partial Regex Level();

    [GeneratedRegex(@"^TimeoutStopSec=(\d+)$", RegexOptions.Multiline)]
    private static partial Regex StopSeconds();
}

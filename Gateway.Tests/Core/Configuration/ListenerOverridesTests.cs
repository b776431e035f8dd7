using System.Net;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class ListenerOverridesTests
{
    private static readonly ListenerConfig Written = new() { Port = 1, RequestLogging = true, LogLevel = "warn", KeepAliveSeconds = 7 };

    [Test]
    public void Silence_leaves_the_file_as_it_is() => Assert.That(new ListenerOverrides().Over(Written), Is.EqualTo(Written));

    [Test]
    public void What_is_said_goes_over_the_file()
    {
        var overrides = new ListenerOverrides
        {
            BindAddress = IPAddress.IPv6Loopback,
            Port = 2,
            LogLevel = "error",
            RequestLogging = false,
            MaxRequestSizeMb = 3,
        };
        Assert.That(overrides.Over(Written), Is.EqualTo(Written with
        {
            BindAddress = IPAddress.IPv6Loopback,
            Port = 2,
            LogLevel = "error",
            RequestLogging = false,
            MaxRequestSizeMb = 3,
        }));
    }
}

using System.Text.Json;
using Gateway.Core.Telemetry;
using Gateway.Tests.Support;

namespace Gateway.Tests.Core.Telemetry;

[TestFixture]
internal sealed class GatewayEventsTests
{
    [Test]
    public void Every_event_has_its_name_and_its_facts()
    {
        var log = new RecordingLogSink();
        var events = new GatewayEvents(log);
        events.Started("1.0.0", "epoll", 2);
        events.Listening("127.0.0.1:8080");
        events.ConfigLoaded("gateway.json", 3);
        events.ConfigRejected("gateway.json", "$.providers", "missing");
        events.ProviderDisabled("anthropic", "no key");
        events.ProviderFailed("anthropic", "req_gw_1"u8, "connect_timeout");
        events.ConnectionRefused("too_many_connections");
        events.RequestRefused(431, "head too large");
        events.Unexpected("relay", new InvalidOperationException("boom"));
        events.Stopping("SIGTERM", 4);
        events.Stopped(0);
        Assert.That(
            string.Join(' ', log.Lines.Select(NameOf)),
            Is.EqualTo(
                "started listening config_loaded config_rejected provider_disabled provider_failed "
                + "connection_refused request_refused unexpected stopping stopped"));
        Assert.That(log.Lines[0], Does.EndWith("""version":"1.0.0","transport":"epoll","reactors":2}"""));
        Assert.That(log.Lines[5], Does.Contain("\"request_id\":\"req_gw_1\""));
        Assert.That(log.Lines[8], Does.Contain("boom"));
    }

    [Test]
    public void Unwanted_events_cost_nothing_and_say_nothing()
    {
        var log = new RecordingLogSink(LogLevel.Error);
        new GatewayEvents(log).Listening("127.0.0.1:8080");
        Assert.That(log.Lines, Is.Empty);
    }

    private static string? NameOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("event").GetString();
    }
}

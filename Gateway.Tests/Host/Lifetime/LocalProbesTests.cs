using Gateway.Core.Health;
using Gateway.Core.Snapshot;
using Gateway.Core.Telemetry;
using Gateway.Host.Lifetime;
using Gateway.Tests.Core.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Host.Lifetime;

[TestFixture]
internal sealed class LocalProbesTests
{
    [Test]
    public async Task A_local_server_that_is_gone_goes_behind_the_others_until_it_is_back()
    {
        var snapshot = new GatewaySnapshot(ConfigText.Load("""
            { "default_provider": "mine",
              "providers": {
                "mine": { "dialect": "openai", "base_url": "http://127.0.0.1:9/v1", "auth": "none", "local": true },
                "cloud": { "base_url": "https://cloud.example", "auth": "none", "models": ["*"] } } }
            """));
        var log = new RecordingLogSink();
        var asked = new List<string>();
        var isThere = false;
        using var probes = new LocalProbes(new SnapshotHolder(snapshot), new GatewayEvents(log), new ManualTime(), url =>
        {
            asked.Add(url.ToString());
            return Task.FromResult(isThere);
        });

        var states = new List<HealthState>();
        for (var round = 0; round < 5; round++)
        {
            isThere = round >= 3;
            await probes.LookAsync();
            var mine = snapshot.DefaultProvider;
            states.Add(mine.State.StateOf(mine.State.Circuits.For(0), mine.Keys[0].State, isRefused: false, 0));
        }

        Assert.That(states, Is.EqualTo((HealthState[])[HealthState.Healthy, HealthState.Healthy, HealthState.Unhealthy, HealthState.Unhealthy, HealthState.Healthy]));
        Assert.That(asked.Distinct(), Is.EqualTo((string[])["http://127.0.0.1:9/v1/models"]), "nobody in the cloud is asked");
        Assert.That(log.Lines.Count(line => line.Contains("provider_probed", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task A_server_that_leads_elsewhere_is_there_and_is_not_followed()
    {
        await using var elsewhere = new ScriptedProvider();
        await using var mine = new ScriptedProvider { Otherwise = exchange => exchange.AnswerAsync(302, $"location: {elsewhere.Url}/v1/models\r\n", default) };
        var snapshot = new GatewaySnapshot(ConfigText.Load($$"""
            { "default_provider": "mine", "providers": { "mine": { "dialect": "openai", "base_url": "{{mine.Url}}/v1", "auth": "none", "local": true } } }
            """));
        using var probes = new LocalProbes(new SnapshotHolder(snapshot), new GatewayEvents(new RecordingLogSink()), new ManualTime());

        await probes.LookAsync();

        Assert.That((mine.Requests.Length, elsewhere.Requests.Length), Is.EqualTo((1, 0)));
    }
}

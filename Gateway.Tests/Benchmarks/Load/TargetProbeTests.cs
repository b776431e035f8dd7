using System.Net;
using System.Net.Sockets;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Processes;
using Gateway.Benchmarks.Provider;

namespace Gateway.Tests.Benchmarks.Load;

/// <summary>A gateway that runs already is asked once before it is measured.</summary>
[Platform("Linux")]
internal sealed class TargetProbeTests
{
    private ProviderProcess _provider = null!;

    [OneTimeSetUp]
    public async Task Start() => _provider = await ProviderProcess.StartAsync();

    [OneTimeTearDown]
    public async Task End() => await _provider.DisposeAsync();

    [Test]
    public async Task Whoever_leads_to_the_provider_and_tells_no_version_is_taken_all_the_same() =>
        Assert.That(await TargetProbe.VersionAsync(Url(_provider.EndPoint), _provider), Is.EqualTo("unknown"));

    [Test]
    public async Task A_gateway_tells_its_version()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "claude-gateway.dll");
        await using var gateway = await GatewayUnderTest.StartAsync(program, GatewayConfiguration.For(Scene.Plain, reactors: 1, _provider.EndPoint));
        Assert.That(await TargetProbe.VersionAsync(Url(gateway.EndPoint), _provider), Is.EqualTo(gateway.Version));
    }

    [Test]
    public void Whoever_leads_elsewhere_is_refused()
    {
        using var other = new ScriptedServer(0, 1, new ProviderBehaviour(AnswerScript.Json(200), FaultPlan.None));
        Assert.That(() => TargetProbe.VersionAsync(Url(other.EndPoint), _provider), Throws.InvalidOperationException.With.Message.Contains("did not ask the provider").And.Message.Contains("--provider-port"));
    }

    [Test]
    public void Whoever_answers_badly_is_refused_with_what_it_says()
    {
        using var broken = new ScriptedServer(0, 1, new ProviderBehaviour(AnswerScript.Json(200), new FaultPlan(ProviderFault.Overloaded, 1)));
        Assert.That(() => TargetProbe.VersionAsync(Url(broken.EndPoint), _provider), Throws.InvalidOperationException.With.Message.Contains("529").And.Message.Contains("overloaded_error"));
    }

    [Test]
    public void Nobody_is_refused()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var endPoint = (IPEndPoint)closed.LocalEndpoint;
        closed.Stop();
        Assert.That(() => TargetProbe.VersionAsync(Url(endPoint), _provider), Throws.InvalidOperationException.With.Message.Contains("does not answer"));
    }

    private static Uri Url(IPEndPoint endPoint) => new($"http://{endPoint}");
}

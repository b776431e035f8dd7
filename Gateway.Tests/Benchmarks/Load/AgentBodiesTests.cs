using System.Text.Json;
using Gateway.Benchmarks.Load;

namespace Gateway.Tests.Benchmarks.Load;

internal sealed class AgentBodiesTests
{
    [Test]
    public void A_session_has_the_sizes_of_a_real_one() =>
        Assert.That(AgentBodies.Session().Select(body => body.Length / 1_000), Is.EqualTo((int[])[4, 49, 51, 56, 70, 32, 101]).Within(4));

    [Test]
    public void Each_body_is_a_request_for_a_stream()
    {
        foreach (var body in AgentBodies.Session())
        {
            using var request = JsonDocument.Parse(body);
            Assert.That(request.RootElement.GetProperty("stream").GetBoolean(), Is.True);
            Assert.That(request.RootElement.GetProperty("messages").GetArrayLength() % 2, Is.EqualTo(1), "the user has the last word");
        }
    }

    [Test]
    public void Two_runs_send_the_same_bytes()
    {
        var (session, picture) = (AgentBodies.Session(), AgentBodies.Picture(10_000));
        Assert.Multiple(() =>
        {
            Assert.That(AgentBodies.Session(), Is.EqualTo(session));
            Assert.That(AgentBodies.Picture(10_000), Is.EqualTo(picture));
        });
    }

    [Test]
    public void Each_request_of_a_failover_begins_a_conversation()
    {
        var bodies = WorkloadCatalog.Find(WorkloadCatalog.Failover)!.Bodies();
        Assert.That(bodies.Select(body => JsonElement.Parse(body).GetProperty("messages")[0].GetRawText()), Is.Unique);
        Assert.That(bodies, Has.All.Length.EqualTo(1_000));
    }

    [TestCase(1_000)]
    [TestCase(40_000)]
    public void A_plain_body_is_as_long_as_it_is_called(int bytes)
    {
        var body = RequestBodies.OfSize(bytes, stream: false);
        using var request = JsonDocument.Parse(body);
        Assert.That(body, Has.Length.EqualTo(bytes));
    }
}

using System.Text;
using Gateway.Benchmarks.Load;

namespace Gateway.Tests.Benchmarks.Load;

/// <summary>The fields that a gateway decides by are those that Claude Code sends.</summary>
internal sealed class RequestTemplateTests
{
    private const string Session = "x-claude-code-session-id: ";

    [Test]
    public void Requests_name_their_session_and_what_they_ask_for_beyond_the_dialect() =>
        Assert.That(Heads("claude-code"), Has.All.Match("\r\nanthropic-beta: claude-code-20250219,[^ ]*\r\n").And.All.Contain(Session));

    [Test]
    public void Turns_of_an_agent_are_one_session_and_conversations_of_a_failover_are_not() => Assert.Multiple(() =>
    {
        Assert.That(Heads("claude-code").Select(SessionOf).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Heads(WorkloadCatalog.Failover).Select(SessionOf), Is.Unique);
    });

    private static string[] Heads(string workload) =>
        [.. RequestTemplate.Of(WorkloadCatalog.Find(workload)!, "host").Select(static request => Encoding.ASCII.GetString(request.Segments[0].Span).Split("\r\n\r\n")[0])];

    private static string SessionOf(string head) => head.Split(Session)[1].Split("\r\n")[0];
}

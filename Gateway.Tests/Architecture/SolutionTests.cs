using System.Reflection;

namespace Gateway.Tests.Architecture;

[TestFixture]
internal sealed class SolutionTests
{
    [Test]
    public void The_executable_is_named_claude_gateway() =>
        Assert.That(Assembly.Load("claude-gateway").GetName().Name, Is.EqualTo("claude-gateway"));
}

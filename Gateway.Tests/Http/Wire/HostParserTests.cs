using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

/// <summary>What is valid; RefusalTable has what is not.</summary>
[TestFixture]
internal sealed class HostParserTests
{
    [TestCase("a")]
    [TestCase("localhost:8080")]
    [TestCase("127.0.0.1:65535")]
    [TestCase("api.example.com.")]
    [TestCase("my_service-1~x:80")]
    [TestCase("%E4%BE%8B.example")]
    [TestCase("[::1]")]
    [TestCase("[2001:DB8::7]:443")]
    [TestCase("[::ffff:127.0.0.1]:0")]
    public void Takes_names_and_addresses_with_and_without_a_port(string host) =>
        Assert.That(HostParser.IsValid(Heads.Bytes(host)));
}

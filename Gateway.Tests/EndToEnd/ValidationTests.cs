using System.Text;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class ValidationTests(TransportKind kind)
{
    [TestCase("""{"messages":[{}],"max_tokens":1}""", "model")]
    [TestCase("""{"model":"","messages":[{}],"max_tokens":1}""", "model")]
    [TestCase("""{"model":7,"messages":[{}],"max_tokens":1}""", "model")]
    [TestCase("""{"model":"a","model":"b","messages":[{}],"max_tokens":1}""", "model")]
    [TestCase("""{"model":"m","max_tokens":1}""", "messages")]
    [TestCase("""{"model":"m","messages":[],"max_tokens":1}""", "messages")]
    [TestCase("""{"model":"m","messages":{},"max_tokens":1}""", "messages")]
    [TestCase("""{"model":"m","messages":[{}]}""", "max_tokens")]
    [TestCase("""{"model":"m","messages":[{}],"max_tokens":-1}""", "max_tokens")]
    [TestCase("""{"model":"m","messages":[{}],"max_tokens":1.5}""", "max_tokens")]
    [TestCase("""{"model":"m","messages":[{}],"max_tokens":"1"}""", "max_tokens")]
    public async Task A_field_every_provider_would_refuse_is_named_and_reaches_nobody(string body, string field)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.That(response.Status, Is.EqualTo(400));
        Assert.That(response.ErrorType, Is.EqualTo("invalid_request_error"));
        Assert.That(response.ErrorMessage, Does.StartWith($"{field}: "));
        Assert.That(provider.ConnectionCount, Is.Zero);
        Assert.That((await client.PostAsync(Samples.Request)).Status, Is.EqualTo(200), "the connection goes on");
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{")]
    [TestCase("""{"model":"m",}""")]
    [TestCase("""{"model":"m","messages":[{}],"max_tokens":1}x""")]
    [TestCase("{'model':1}")]
    [TestCase("{\"a\":\"\u0001\"}")]
    [TestCase("{\"a\":01}")]
    public async Task What_is_no_json_object_is_refused_with_the_place(string body)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        var response = await client.PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.That(response.Status, Is.EqualTo(400));
        Assert.That(response.ErrorMessage, Does.Match("at byte [0-9]+"));
        Assert.That(provider.ConnectionCount, Is.Zero);
    }

    [TestCase("""{"model":"m","messages":[{"role":"robot","content":null}],"max_tokens":0}""")]
    [TestCase("""{"model":"m","messages":["anything"],"max_tokens":1,"tools":7,"system":{"a":1}}""")]
    [TestCase("""{"model":"m","messages":[{"role":"system","content":"s","output_config":{"effort":"medium"}}],"max_tokens":1,"from_the_future":{"x":[]}}""")]
    [TestCase(""" {"max_tokens":1,"stream":"yes","model":"m\u00e9","messages":[{"content":[{"type":"tool_reference"}]}]} """)]
    public async Task Nothing_else_is_judged(string body)
    {
        await using var provider = new ScriptedProvider();
        await using var gateway = TestGateway.Before(provider, kind);
        using var client = await gateway.ConnectAsync();

        Assert.That((await client.PostAsync(Encoding.UTF8.GetBytes(body))).Status, Is.EqualTo(200));
        Assert.That(provider.Request.Text, Is.EqualTo(body));
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Errors;
using Gateway.Core.Relay;

namespace Gateway.Tests.Core.Errors;

[TestFixture]
internal sealed class AnthropicErrorTests
{
    [Test]
    public void Has_the_shape_of_Anthropic()
    {
        var output = new ArrayBufferWriter<byte>();
        AnthropicError.Write(output, AnthropicErrorType.InvalidRequest, "max_tokens: Field required"u8, "req_gw_1"u8);
        Assert.That(
            Encoding.UTF8.GetString(output.WrittenSpan),
            Is.EqualTo("""{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: Field required"},"request_id":"req_gw_1"}"""));
    }

    [Test]
    public void Leaves_out_an_id_that_is_not_there()
    {
        var output = new ArrayBufferWriter<byte>();
        AnthropicError.Write(output, AnthropicErrorType.ApiError, "m"u8, default);
        Assert.That(
            Encoding.UTF8.GetString(output.WrittenSpan),
            Is.EqualTo("""{"type":"error","error":{"type":"api_error","message":"m"}}"""));
    }

    [Test]
    public void Escapes_a_message_of_any_length_and_characters()
    {
        var message = string.Concat(Enumerable.Repeat("\"quoted\" \\ \n\r\t\u0001 <ü世🌍>", 200));
        var output = new ArrayBufferWriter<byte>();
        AnthropicError.Write(output, AnthropicErrorType.NotFound, Encoding.UTF8.GetBytes(message), "req"u8);
        Assert.That(MessageOf(output.WrittenMemory), Is.EqualTo(message));
    }

    [Test]
    public void Replaces_what_is_no_UTF8()
    {
        var output = new ArrayBufferWriter<byte>();
        AnthropicError.Write(output, AnthropicErrorType.NotFound, [(byte)'a', 0xFF, (byte)'b', 0xE4, 0xB8], default);
        Assert.That(MessageOf(output.WrittenMemory), Is.EqualTo("a\uFFFDb\uFFFD"));
    }

    [Test]
    public void Is_an_event_that_the_tap_understands()
    {
        var output = new ArrayBufferWriter<byte>();
        AnthropicError.WriteEvent(output, AnthropicErrorType.Overloaded, "busy\n\nvery"u8, "req_1"u8);
        AssertIsErrorEvent(output.WrittenSpan, "overloaded_error");
    }

    [Test]
    public void Every_fault_in_mid_stream_closes_the_half_event_and_is_an_error_event()
    {
        AssertIsErrorEvent(RelayFault.ProviderCut, "api_error");
        AssertIsErrorEvent(RelayFault.ProviderSilent, "timeout_error");
        AssertIsErrorEvent(RelayFault.ProviderGarbled, "api_error");
        AssertIsErrorEvent(RelayFault.Overloaded, "overloaded_error");
        AssertIsErrorEvent(RelayFault.GatewayStopping, "overloaded_error");
    }

    [Test]
    public void Writing_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>(4096);
        Rounds(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Rounds(1000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Rounds(int count)
        {
            for (var round = 0; round < count; round++)
            {
                output.ResetWrittenCount();
                AnthropicError.Write(output, AnthropicErrorType.NotFound, "no \"such\" model"u8, "req_1"u8);
            }
        }
    }

    private static string? MessageOf(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("error").GetProperty("message").GetString();
    }

    private static void AssertIsErrorEvent(ReadOnlySpan<byte> text, string type)
    {
        var tap = new AnswerTap();
        tap.Begin(AnswerKind.EventStream);
        tap.Observe("event: content_block_delta\ndata: {\"half"u8);
        tap.Observe(RelayFault.CloseHalfEvent);
        Assert.That(tap.AtEventBoundary);
        tap.Observe(text);
        Assert.That(tap is { AtEventBoundary: true, HasError: true, Events: 2 });
        Assert.That(Encoding.UTF8.GetString(tap.ErrorType), Is.EqualTo(type));
    }
}

using System.Text;
using Gateway.Core.Compatibility;

namespace Gateway.Tests.Core.Compatibility;

[TestFixture]
internal sealed class UnknownNameTests
{
    [TestCase("""{"type":"error","error":{"type":"invalid_request_error","message":"context_management: Extra inputs are not permitted"}}""", NamePlace.Field, "context_management")]
    [TestCase("""{"error":{"message":"output_config.effort: Extra inputs are not permitted"}}""", NamePlace.Field, "output_config")]
    [TestCase("""{"error":{"message":"messages.1.output_config: Extra inputs are not permitted"}}""", NamePlace.MessageField, "output_config")]
    [TestCase("""{"error":{"message":"Unexpected value(s) `context-management-2025-06-27` for the `anthropic-beta` header. Please consult our documentation"}}""", NamePlace.Beta, "context-management-2025-06-27")]
    [TestCase("""{"message":"invalid beta flag"}""", NamePlace.Beta, "*")]
    [TestCase("""{"error":{"message":"Unrecognized request argument supplied: reasoning_effort"}}""", NamePlace.Field, "reasoning_effort")]
    [TestCase("""{"error":{"message":"Unknown parameter: 'parallel_tool_calls'."}}""", NamePlace.Field, "parallel_tool_calls")]
    [TestCase("""{"error":"unknown field `safeguards`, expected one of"}""", NamePlace.Field, "safeguards")]
    [TestCase("""{"error":{"message":"Unsupported parameter: 'temperature' is not supported"}}""", NamePlace.Field, "temperature")]
    [TestCase("""{"error":{"message":"body.context_management: Extra inputs are not permitted"}}""", NamePlace.Field, "context_management")]
    [TestCase("""{"error":{"message":"tools.3.custom.defer_loading: Extra inputs are not permitted"}}""", NamePlace.ToolField, "defer_loading")]
    [TestCase("""{"error":{"message":"tools.0.strict: Extra inputs are not permitted"}}""", NamePlace.ToolField, "strict")]
    [TestCase("""{"error":{"message":"thinking.adaptive.display: Extra inputs are not permitted"}}""", NamePlace.ThinkingField, "display")]
    [TestCase("""{"error":{"message":"thinking: Extra inputs are not permitted"}}""", NamePlace.Field, "thinking")]
    [TestCase("""{"error":{"message":"system.1.cache_control.ephemeral.ttl: Extra inputs are not permitted"}}""", NamePlace.CacheControlField, "ttl")]
    [TestCase("""{"error":{"message":"messages.0.content.0.text.cache_control.ephemeral.ttl: Extra inputs are not permitted"}}""", NamePlace.CacheControlField, "ttl")]
    [TestCase("""{"object":"error","message":"[{'type': 'extra_forbidden', 'loc': ('body', 'context_management'), 'msg': 'Extra inputs are not permitted', 'input': {}}]"}""", NamePlace.Field, "context_management")]
    [TestCase("""{"detail":[{"type":"extra_forbidden","loc":["body","tools",0,"strict"],"msg":"Extra inputs are not permitted"}]}""", NamePlace.ToolField, "strict")]
    [TestCase("""{"error":{"message":"Unrecognized key(s) in object: 'context_management'"}}""", NamePlace.Field, "context_management")]
    [TestCase("""{"error":{"message":"Unrecognized key: \"context_management\""}}""", NamePlace.Field, "context_management")]
    [TestCase("""{"error":{"message":"Unrecognized key: \u0022context_management\u0022"}}""", NamePlace.Field, "context_management")]
    [TestCase("""{"error":{"message":"Additional properties are not allowed ('context_management' was unexpected)"}}""", NamePlace.Field, "context_management")]
    public void Is_found_in_every_vendors_wording(string body, NamePlace place, string name) =>
        Assert.That(UnknownName.Find(Encoding.UTF8.GetBytes(body)), Is.EqualTo(new UnknownName(place, name)));

    [TestCase("""{"error":{"message":"messages: Extra inputs are not permitted"}}""")]
    [TestCase("""{"error":{"message":"Unknown parameter: 'model'"}}""")]
    [TestCase("""{"error":{"message":"max_tokens: must be at least 1"}}""")]
    [TestCase("""{"error":{"message":"messages.0.content.1.tool_use.input: Extra inputs are not permitted"}}""")]
    [TestCase("""{"error":{"message":"tools.0.input_schema: Extra inputs are not permitted"}}""")]
    [TestCase("""{"error":{"message":"tools.0.custom.input_schema.properties.path: Extra inputs are not permitted"}}""")]
    [TestCase("""{"detail":[{"type":"extra_forbidden","loc":["body","messages"],"msg":"Extra inputs are not permitted"}]}""")]
    [TestCase("<html>")]
    public void Is_nothing_that_a_request_needs_and_nothing_made_up(string body) =>
        Assert.That(UnknownName.Find(Encoding.UTF8.GetBytes(body)), Is.Null);
}

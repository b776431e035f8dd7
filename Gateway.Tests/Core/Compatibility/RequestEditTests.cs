using System.Buffers;
using System.Text;
using Gateway.Core.Compatibility;

namespace Gateway.Tests.Core.Compatibility;

[TestFixture]
internal sealed class RequestEditTests
{
    [Test]
    public void Leaves_out_what_is_not_known_and_no_other_byte()
    {
        var memory = new CompatibilityMemory();
        memory.Learn(1, 7, new UnknownName(NamePlace.Field, "context_management"), 0);
        memory.Learn(1, 7, new UnknownName(NamePlace.MessageField, "output_config"), 0);
        Assert.That(
            Edit("""{ "model" : "m", "context_management":{"edits":[1,{"a":"]}"}]}, "messages":[ {"role":"user","content":"x\u0041","output_config":{"effort":"low"}} ,{"output_config":1}],"x":1.50e1}""", drops: memory.Find(1, 7, 0)),
            Is.EqualTo("""{"model" : "m","messages":[{"role":"user","content":"x\u0041"},{}],"x":1.50e1}"""));
    }

    [Test]
    public void Leaves_out_fields_of_tools_of_thinking_and_of_cache_marks_where_they_stand()
    {
        var memory = new CompatibilityMemory();
        memory.Learn(1, 7, new UnknownName(NamePlace.ToolField, "defer_loading"), 0);
        memory.Learn(1, 7, new UnknownName(NamePlace.ThinkingField, "display"), 0);
        memory.Learn(1, 7, new UnknownName(NamePlace.CacheControlField, "ttl"), 0);
        Assert.That(
            Edit(
                """
                {"tools":[{"name":"t","defer_loading":true,"input_schema":{"defer_loading":1,"cache_control":{"ttl":1}},"cache_control":{"type":"ephemeral","ttl":"1h"}},7],
                "thinking":{"type":"adaptive", "display":"omitted"},"system":[{"type":"text","text":"s","cache_control":{"ttl":"1h","type":"ephemeral"}}],"cache_control":{"type":"ephemeral","ttl":"1h"},
                "messages":[{"role":"user","content":[{"type":"tool_result","content":[{"type":"text","text":"ttl","cache_control":{"type":"ephemeral","ttl":"5m"}}]},{"type":"tool_use","input":{"cache_control":{"ttl":1}}}]},{"role":"user","content":"x"}],"display":"d","ttl":1}
                """,
                drops: memory.Find(1, 7, 0)).ReplaceLineEndings(""),
            Is.EqualTo(
                """
                {"tools":[{"name":"t","input_schema":{"defer_loading":1,"cache_control":{"ttl":1}},"cache_control":{"type":"ephemeral"}},7],
                "thinking":{"type":"adaptive"},"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],"cache_control":{"type":"ephemeral"},
                "messages":[{"role":"user","content":[{"type":"tool_result","content":[{"type":"text","text":"ttl","cache_control":{"type":"ephemeral"}}]},{"type":"tool_use","input":{"cache_control":{"ttl":1}}}]},{"role":"user","content":"x"}],"display":"d","ttl":1}
                """.ReplaceLineEndings("")));
    }

    [Test]
    public void A_beta_and_what_it_brings_go_together()
    {
        var memory = new CompatibilityMemory();
        memory.Learn(1, 7, new UnknownName(NamePlace.Beta, "extended-cache-ttl-2025-04-11"), 0);
        Assert.That(Edit("""{"system":[{"cache_control":{"type":"ephemeral","ttl":"1h"}}]}""", drops: memory.Find(1, 7, 0)), Is.EqualTo("""{"system":[{"cache_control":{"type":"ephemeral"}}]}"""));
    }

    [Test]
    public void Exchanges_the_model() =>
        Assert.That(Edit("""{"a":1,"model":"m","b":2}""", model: "\"other\""), Is.EqualTo("""{"a":1,"model":"other","b":2}"""));

    [Test]
    public void Leaves_out_exactly_the_thinking_that_somebody_else_signed()
    {
        const string Body = """{"model":"m","messages":[{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":"MINE"},{"type":"thinking","thinking":"b","signature":"THEIRS"},{"type":"redacted_thinking","data":"THEIRS2"},{"type":"tool_use","id":"t","name":"n","input":{"signature":"THEIRS"}}]},{"role":"assistant","content":[{"type":"thinking","thinking":"c","signature":"THEIRS"}]}]}""";
        var memory = new SignatureMemory();
        Signatures.Note(new ReadOnlySequence<byte>("""{"signature":"MINE"}"""u8.ToArray()), memory, 1);
        Signatures.Note(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Body)), memory, 2);

        Assert.That(Edit(Body, isForeign: signature => Signatures.IsForeign(signature, memory, 1)), Is.EqualTo(
            """{"model":"m","messages":[{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":"MINE"},{"type":"tool_use","id":"t","name":"n","input":{"signature":"THEIRS"}}]},{"role":"assistant","content":[{"type":"text","text":"[thinking left out]"}]}]}"""));
        Assert.That(Edit(Body, isForeign: signature => Signatures.IsForeign(signature, memory, 2)), Does.Not.Contain("MINE").And.Contains("THEIRS2"));
    }

    [Test]
    public void A_signature_that_nobody_is_known_for_stays()
    {
        const string Body = """{"messages":[{"content":[{"type":"thinking","signature":"NEW"}]}]}""";
        Assert.That(Edit(Body, isForeign: signature => Signatures.IsForeign(signature, new SignatureMemory(), 1)), Is.EqualTo(Body));
    }

    private static string Edit(string body, string model = "", LearnedDrops? drops = null, ForeignSignature? isForeign = null)
    {
        var output = new ArrayBufferWriter<byte>();
        RequestEdit.Write(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)), Encoding.UTF8.GetBytes(model), drops, isForeign, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

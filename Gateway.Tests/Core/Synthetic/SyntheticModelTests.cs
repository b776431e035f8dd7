using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Core.Synthetic;

namespace Gateway.Tests.Core.Synthetic;

[TestFixture]
internal sealed class SyntheticModelTests
{
    private static readonly JsonObject Adaptive = new() { ["type"] = "adaptive", ["display"] = "updates" };

    [Test]
    public void It_tells_what_it_was_asked_and_that_it_is_no_language_model()
    {
        var text = Played.Text(Played.Request("What is the answer?"));
        Assert.That(text, Does.Contain("no language model"));
        Assert.That(text, Does.Contain("claude-test").And.Contain("1 message(s)").And.Contain("2 tool(s)").And.Contain("0 image(s)"));
        Assert.That(text, Does.EndWith("What is the answer?"));
    }

    [Test]
    public void A_stream_and_a_whole_answer_say_the_same()
    {
        var request = Played.Request("@synthetic tool Bash {\"command\":\"echo hi\"}\n@synthetic also Read", ("thinking", Adaptive.DeepClone()));
        var streamed = Played.Message(request);
        request["stream"] = false;
        var answer = Played.Answer(request);
        var whole = JsonNode.Parse(answer.Body.Span)!.AsObject();

        Assert.That(answer.IsEventStream, Is.False);
        Assert.That(answer.Steps, Is.Empty);
        foreach (var message in (JsonObject[])[streamed, whole])
        {
            foreach (var block in message["content"]!.AsArray())
            {
                // Ids and signatures come from the body, and the bodies differ.
                block!.AsObject().Remove("id");
                block.AsObject().Remove("signature");
            }
        }

        Assert.That(whole["content"]!.ToJsonString(), Is.EqualTo(streamed["content"]!.ToJsonString()));
        Assert.That((string?)whole["stop_reason"], Is.EqualTo("tool_use"));
        Assert.That((int?)whole["usage"]!["output_tokens"], Is.EqualTo((int?)streamed["usage"]!["output_tokens"]));
    }

    [Test]
    public void The_events_come_in_the_order_of_the_api() => Assert.That(
        Played.Names(Played.Answer(Played.Request("@synthetic text Hi", ("thinking", Adaptive.DeepClone())))),
        Is.EqualTo((string[])
        [
            "message_start", "ping",
            "content_block_start", "content_block_delta", "content_block_delta", "content_block_delta", "content_block_stop",
            "content_block_start", "content_block_delta", "content_block_stop",
            "message_delta", "message_stop",
        ]));

    [Test]
    public void The_same_request_has_the_same_answer_and_another_one_other_ids()
    {
        var request = Played.Request("@synthetic tool Bash");
        Assert.That(Streamed(Played.Answer(request)), Is.EqualTo(Streamed(Played.Answer(request.DeepClone()))));

        var (one, other) = (Played.Message(request), Played.Message(Played.Request("@synthetic tool Bash ")));
        Assert.That((string?)one["id"], Does.StartWith("msg_").And.Not.EqualTo((string?)other["id"]));
        Assert.That((string?)one["content"]![1]!["id"], Does.StartWith("toolu_").And.Not.EqualTo((string?)other["content"]![1]!["id"]));
    }

    [Test]
    public void The_bytes_may_come_in_any_pieces()
    {
        var bytes = Encoding.UTF8.GetBytes(Played.Request("Grüße, 世界 🌍").ToJsonString());
        var whole = Streamed(SyntheticModel.Answer(new ReadOnlySequence<byte>(bytes)));
        foreach (var length in (int[])[1, 7, 64])
        {
            Assert.That(Streamed(SyntheticModel.Answer(Gateway.Tests.Http.Coding.Codings.Cut(bytes, length))), Is.EqualTo(whole));
        }
    }

    [Test]
    public void Thinking_comes_when_the_request_enables_it_and_is_signed()
    {
        var thinking = Played.Content(Played.Request("Hi", ("thinking", Adaptive.DeepClone())))[0]!;
        Assert.That((string?)thinking["type"], Is.EqualTo("thinking"));
        Assert.That((string?)thinking["thinking"], Is.Not.Empty);
        Assert.That((string?)thinking["signature"], Is.Not.Empty);

        Assert.That((string?)Played.Content(Played.Request("@synthetic think 3"))[0]!["type"], Is.EqualTo("text"), "nobody enabled it");
        Assert.That((string?)Played.Content(Played.Request("@synthetic think 0", ("thinking", Adaptive.DeepClone())))[0]!["type"], Is.EqualTo("text"));
    }

    [Test]
    public void Thinking_that_is_not_to_be_shown_is_only_signed()
    {
        var omitted = new JsonObject { ["type"] = "adaptive", ["display"] = "omitted" };
        var thinking = Played.Content(Played.Request("Hi", ("thinking", omitted)))[0]!;
        Assert.That((string?)thinking["thinking"], Is.Empty);
        Assert.That((string?)thinking["signature"], Is.Not.Empty);
    }

    [Test]
    public void It_writes_no_more_than_max_tokens([Values(0, 1, 2, 7, 15, 16, 17, 40)] int most)
    {
        foreach (var prompt in (string[])["@synthetic tokens 30", "@synthetic tool Bash {\"command\":\"echo something long enough\"}", "@synthetic text 🌍🌍🌍🌍🌍🌍🌍🌍🌍"])
        {
            var message = Played.Message(Played.Request(prompt, ("max_tokens", most), ("thinking", Adaptive.DeepClone())));
            Assert.That((int)message["usage"]!["output_tokens"]!, Is.LessThanOrEqualTo(most));
            Assert.That((string?)message["stop_reason"], Is.EqualTo("max_tokens").Or.EqualTo(most == 40 ? "end_turn" : "max_tokens").Or.EqualTo(most == 40 ? "tool_use" : "max_tokens"));
        }
    }

    [Test]
    public void It_stops_before_the_first_of_the_stop_sequences()
    {
        var message = Played.Message(Played.Request("@synthetic text one two three four", ("stop_sequences", new JsonArray("four", "thr", "three", ""))));
        Assert.That((string?)message["content"]![0]!["text"], Is.EqualTo("one two "));
        Assert.That((string?)message["stop_reason"], Is.EqualTo("stop_sequence"));
        Assert.That((string?)message["stop_sequence"], Is.EqualTo("thr"));
    }

    [TestCase("{")]
    [TestCase("")]
    [TestCase("nonsense")]
    public void What_is_no_json_is_refused_not_thrown(string body)
    {
        var bytes = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body));
        Assert.That(SyntheticModel.Answer(bytes).Status, Is.EqualTo(400));
        Assert.That(SyntheticModel.CountTokens(bytes).Status, Is.EqualTo(400));
        Assert.That(Played.ErrorType(SyntheticModel.Answer(bytes)), Is.EqualTo("invalid_request_error"));
    }

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"model":1,"messages":{"role":"user"},"max_tokens":-1.5,"tools":7,"stop_sequences":[1],"thinking":[],"tool_choice":"any"}""")]
    [TestCase("""{"messages":[1,"x",null,[],{"role":7},{"role":"user","content":[1,{"type":"tool_result","content":[[],{}]}]}]}""")]
    [TestCase("""{"mo\ud800":1,"messages":[{"role":"user","content":"\ud83d broken"}],"\udc00":2,"stop_sequences":["\ud800"]}""")]
    [TestCase("""{"messages":[{"role":"user","content":[{"type":"image","source":{"data":"%%%\n"}},{"type":"image"},{"type":"document","source":5}]}]}""")]
    [TestCase("""{"output_config":{"format":{"schema":{"$ref":"#"}}},"messages":[]}""")]
    public void Whatever_the_members_are_it_answers(string body)
    {
        var bytes = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body));
        Assert.That(SyntheticModel.Answer(bytes).Status, Is.EqualTo(200));
        Assert.That(SyntheticModel.CountTokens(bytes).Status, Is.EqualTo(200));
    }

    [Test]
    public void The_deepest_request_is_answered_and_a_deeper_one_refused()
    {
        static string Nested(int depth) => "{\"messages\":" + new string('[', depth) + new string(']', depth) + "}";
        Assert.That(SyntheticModel.Answer(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(Nested(511)))).Status, Is.EqualTo(200));
        Assert.That(SyntheticModel.Answer(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(Nested(512)))).Status, Is.EqualTo(400));
    }

    [Test]
    public void Its_models_say_what_they_are()
    {
        foreach (var (id, displayName) in SyntheticModels.All)
        {
            Assert.That(id, Does.Contain("claude"), "or Claude Code's discovery drops it");
            Assert.That(displayName, Does.Contain("no language model"));
            var model = JsonNode.Parse(SyntheticModels.Find(Encoding.UTF8.GetBytes(id)).Span)!;
            Assert.That((string?)model["type"], Is.EqualTo("model"));
            Assert.That((string?)model["id"], Is.EqualTo(id));
        }

        Assert.That(SyntheticModels.Find("claude-opus"u8).IsEmpty, Is.True);
    }

    private static string Streamed(SyntheticAnswer answer) =>
        string.Concat(answer.Steps.Select(step => Encoding.UTF8.GetString(step.Bytes.Span)));
}

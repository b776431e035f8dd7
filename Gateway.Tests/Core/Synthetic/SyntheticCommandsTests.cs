using System.Text;
using System.Text.Json.Nodes;
using Gateway.Core.Synthetic;

namespace Gateway.Tests.Core.Synthetic;

[TestFixture]
internal sealed class SyntheticCommandsTests
{
    [Test]
    public void Text_is_said_as_it_stands() =>
        Assert.That(Played.Text(Played.Request("Please.\n  @synthetic text  Grüße, \"you\" \\ 🌍 \nThank you.")), Is.EqualTo("Grüße, \"you\" \\ 🌍"));

    [Test]
    public void Tokens_are_said_to_the_number([Values(1, 2, 500, 100_000)] int tokens)
    {
        var message = Played.Message(Played.Request($"@synthetic tokens {tokens}", ("max_tokens", 200_000)));
        Assert.That((int?)message["usage"]!["output_tokens"], Is.EqualTo(tokens));
        Assert.That(((string)message["content"]![0]!["text"]!).Split(' '), Has.Length.EqualTo(tokens));
    }

    [Test]
    public void Thinking_comes_in_so_many_deltas()
    {
        var omitted = new JsonObject { ["type"] = "adaptive", ["display"] = "omitted" };
        var answer = Played.Answer(Played.Request("@synthetic think 3\n@synthetic text x", ("thinking", omitted)));
        Assert.That(answer.Steps.Count(step => Encoding.UTF8.GetString(step.Bytes.Span).Contains("thinking_delta", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public void Pace_is_the_time_between_events_and_delay_the_time_before_the_head()
    {
        var answer = Played.Answer(Played.Request("@synthetic pace 50\n@synthetic delay 2000"));
        Assert.That(answer.HeadDelayMs, Is.EqualTo(2_000));
        Assert.That(answer.Steps[0].DelayMs, Is.Zero);
        Assert.That(answer.Steps.Skip(1).Select(step => step.DelayMs), Is.All.EqualTo(50));
    }

    [Test]
    public void Times_are_bounded()
    {
        var answer = Played.Answer(Played.Request("@synthetic pace 99999999999\n@synthetic delay 2147483648"));
        Assert.That(answer.HeadDelayMs, Is.EqualTo(600_000));
        Assert.That(answer.Steps[1].DelayMs, Is.EqualTo(600_000));
    }

    [TestCase(400, "invalid_request_error")]
    [TestCase(401, "authentication_error")]
    [TestCase(403, "permission_error")]
    [TestCase(404, "not_found_error")]
    [TestCase(413, "request_too_large")]
    [TestCase(429, "rate_limit_error")]
    [TestCase(500, "api_error")]
    [TestCase(503, "api_error")]
    [TestCase(529, "overloaded_error")]
    public void A_status_is_an_error_of_its_type(int status, string type)
    {
        var answer = Played.Answer(Played.Request($"@synthetic status {status}"));
        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.IsEventStream, Is.False);
        Assert.That(Played.ErrorType(answer), Is.EqualTo(type));
        Assert.That(answer.RetryAfterSeconds, Is.Null);
        Assert.That(answer.ShouldRetry, Is.Null);
    }

    [TestCase("@synthetic status 529 retry-after 5", 5, null, "The prompt asked for this error.")]
    [TestCase("@synthetic status 529\n@synthetic retry-after 5", 5, null, "The prompt asked for this error.")]
    [TestCase("@synthetic status 401 should-retry false", null, false, "The prompt asked for this error.")]
    [TestCase("@synthetic status 429 retry-after 61 should-retry true Slow down, \"please\".", 61, true, "Slow down, \"please\".")]
    [TestCase("@synthetic status 400 prompt is too long: 250000 tokens > 200000 maximum", null, null, "prompt is too long: 250000 tokens > 200000 maximum")]
    public void A_status_may_say_when_to_retry_and_why(string prompt, int? retryAfter, bool? shouldRetry, string message)
    {
        var answer = Played.Answer(Played.Request(prompt + "\n@synthetic delay 7"));
        Assert.That(answer.RetryAfterSeconds, Is.EqualTo(retryAfter));
        Assert.That(answer.ShouldRetry, Is.EqualTo(shouldRetry));
        Assert.That(Played.ErrorMessage(answer), Is.EqualTo(message));
        Assert.That(answer.HeadDelayMs, Is.EqualTo(7));
    }

    [TestCase("cut", SyntheticEnding.Cut)]
    [TestCase("reset", SyntheticEnding.Reset)]
    public void A_stream_ends_early_after_so_many_events(string command, SyntheticEnding ending)
    {
        foreach (var events in (int[])[0, 1, 6, 1_000])
        {
            var answer = Played.Answer(Played.Request($"@synthetic {command} {events}"));
            Assert.That(answer.Ending, Is.EqualTo(ending));
            Assert.That(answer.Steps, Has.Count.EqualTo(Math.Min(events, Played.Answer(Played.Request("@synthetic pace 0 ")).Steps.Count)).Or.Count.LessThan(events));
        }

        var whole = Played.Answer(Played.Request($"@synthetic {command} 6", ("stream", false)));
        Assert.That(whole.Ending, Is.EqualTo(SyntheticEnding.Complete), "only a stream has events");
        Assert.That(JsonNode.Parse(whole.Body.Span)!["stop_reason"], Is.Not.Null);
    }

    [Test]
    public void A_stream_may_end_in_an_error_event()
    {
        var answer = Played.Answer(Played.Request("@synthetic error 4"));
        Assert.That(Played.Names(answer), Is.EqualTo((string[])["message_start", "ping", "content_block_start", "content_block_delta", "error"]));
        Assert.That(answer.Ending, Is.EqualTo(SyntheticEnding.Complete));
        Assert.That(Encoding.UTF8.GetString(answer.Steps[^1].Bytes.Span), Does.Contain("overloaded_error"));
    }

    [TestCase("@synthetic")]
    [TestCase("@synthetic flurb 3")]
    [TestCase("@synthetic pace fast")]
    [TestCase("@synthetic tokens -3")]
    [TestCase("@synthetic status 200")]
    [TestCase("@synthetic status 529 retry-after soon")]
    [TestCase("@synthetic retry-after 5")]
    [TestCase("@synthetic tool")]
    [TestCase("@synthetic tool Bash [1]")]
    [TestCase("@synthetic tool Bash {\"command\":")]
    [TestCase("@synthetic cut")]
    public void A_command_that_can_not_be_read_is_told(string command)
    {
        var text = Played.Text(Played.Request("Do this:\r\n" + command + "\r\nplease"));
        Assert.That(text, Does.Contain("Not understood").And.Contain(command));
        Assert.That(text, Does.Contain("Do this: please"), "and the rest is answered");
    }

    [TestCase("Write @synthetic status 500 in the middle of a line")]
    [TestCase("@syntheticstatus 500")]
    [TestCase("{\"user\":\"@synthetic status 500\"}")]
    public void Only_a_line_that_begins_with_the_mark_is_a_command(string prompt) =>
        Assert.That(Played.Answer(Played.Request(prompt)).Status, Is.EqualTo(200));

    [Test]
    public void No_answer_can_be_taken_for_a_command_when_it_is_quoted_back()
    {
        var text = Played.Text(Played.Request("one\n@synthetic flurb\n@synthetic status\ntwo"));
        Assert.That(text.Split('\n'), Has.None.StartsWith("@synthetic"));
    }

    [Test]
    public void A_prompt_can_not_ask_for_more_than_is_reasonable()
    {
        var many = string.Concat(Enumerable.Repeat("@synthetic also Bash\n", 5_000));
        Assert.That(Played.Content(Played.Request(many, ("max_tokens", 1_000_000))), Has.Count.EqualTo(65), "64 calls and a text");
        Assert.That(Played.Answer(Played.Request("@synthetic tokens 2000000000", ("max_tokens", 2_000_000))).OutputTokens, Is.EqualTo(100_000));
    }
}

using System.Text.Json.Nodes;

namespace Gateway.Tests.Core.Synthetic;

[TestFixture]
internal sealed class TurnTests
{
    [Test]
    public void A_session_calls_each_tool_once_and_ends_with_a_text()
    {
        var request = Played.Request(
            """
            Show me a session.
            @synthetic tool Bash {"command":"echo one"}
            @synthetic tool Read {"file_path":"a.txt"}
            @synthetic also Bash {"command":"echo two"}
            """);
        Assert.That(Played.Calls(request), Is.EqualTo("Bash"));
        var first = Played.Content(request);
        Assert.That((string?)first[1]!["input"]!["command"], Is.EqualTo("echo one"));

        request = Played.Next(request, first);
        Assert.That(Played.Calls(request), Is.EqualTo("Read Bash"));
        var second = Played.Content(request);
        Assert.That((string?)second[1]!["id"], Is.Not.EqualTo((string?)second[2]!["id"]));

        request = Played.Next(request, second, "forty-two");
        var last = Played.Message(request);
        Assert.That((string?)last["stop_reason"], Is.EqualTo("end_turn"));
        Assert.That((string?)last["content"]![0]!["text"], Is.EqualTo("The tool answered: forty-two forty-two"));
    }

    [Test]
    public void A_scripted_text_is_what_comes_after_the_tools()
    {
        var request = Played.Request("@synthetic tool Bash\n@synthetic text All is well.");
        request = Played.Next(request, Played.Content(request));
        Assert.That(Played.Text(request), Is.EqualTo("All is well."));
    }

    [Test]
    public void A_result_that_tells_of_a_failure_is_told_as_one()
    {
        var request = Played.Request("@synthetic tool Bash");
        Assert.That(Played.Text(Played.Next(request, Played.Content(request), "no such file", isError: true)), Is.EqualTo("The tool failed: no such file"));
    }

    [Test]
    public void A_result_may_be_blocks_and_a_system_message_may_follow_it()
    {
        var request = Played.Request("@synthetic tool Read");
        request = Played.Next(request, Played.Content(request));
        var messages = request["messages"]!.AsArray();
        messages[^1]!["content"]![0]!["content"] = new JsonArray(
            new JsonObject { ["type"] = "text", ["text"] = "seen" },
            new JsonObject { ["type"] = "image", ["source"] = new JsonObject() },
            new JsonObject { ["type"] = "tool_reference", ["tool_name"] = "X" });
        messages[^1]!["content"]!.AsArray().Add(new JsonObject { ["type"] = "text", ["text"] = "Tool loaded." });
        messages.Add(new JsonObject { ["role"] = "system", ["content"] = "@synthetic status 500" });

        Assert.That(Played.Text(request), Is.EqualTo("The tool answered: seen [image] [tool_reference]"));
    }

    [Test]
    public void The_next_prompt_begins_anew()
    {
        var request = Played.Request("@synthetic tool Bash");
        request = Played.Next(request, Played.Content(request));
        request["messages"]!.AsArray().Add(new JsonObject { ["role"] = "assistant", ["content"] = "Done." });
        request["messages"]!.AsArray().Add(Played.User("@synthetic tool Read"));
        Assert.That(Played.Calls(request), Is.EqualTo("Read"));
        request["messages"]!.AsArray()[^1] = Played.User("And now?");
        Assert.That(Played.Text(request), Does.EndWith("And now?"));
    }

    [Test]
    public void Reminders_around_the_prompt_are_not_what_the_user_said()
    {
        var request = Played.Request("");
        request["messages"]![0]!["content"] = new JsonArray(
            Text("<system-reminder>\n@synthetic status 500\n</system-reminder>"),
            Text("<system-reminder>a</system-reminder>\n@synthetic text Hello.\n<system-reminder>\n@synthetic status 501\n</system-reminder>"),
            Text("<system-reminder>never closed\n@synthetic status 502"));
        Assert.That(Played.Text(request), Is.EqualTo("Hello."));
    }

    [Test]
    public void A_tool_that_is_not_offered_is_not_called()
    {
        var text = Played.Text(Played.Request("@synthetic tool Rocket {}"));
        Assert.That(text, Does.Contain("Rocket").And.Contain("Bash, Read"));
        Assert.That(Played.Text(Played.Request("@synthetic tool Bash {}", ("tools", null))), Does.Contain("does not allow it"));
    }

    [Test]
    public void A_tool_choice_is_obeyed()
    {
        var any = Played.Request("Hi", ("tool_choice", new JsonObject { ["type"] = "any" }));
        Assert.That(Played.Calls(any), Is.EqualTo("Bash"));
        Assert.That((string?)Played.Content(any)[1]!["input"]!["command"], Is.Not.Null, "the input fits the schema");

        var named = Played.Request("Hi", ("tool_choice", new JsonObject { ["type"] = "tool", ["name"] = "Read" }));
        Assert.That(Played.Calls(named), Is.EqualTo("Read"));
        Assert.That(Played.Calls(Played.Next(named, Played.Content(named))), Is.Empty, "not again and again");

        Assert.That(Played.Calls(Played.Request("@synthetic tool Bash", ("tool_choice", new JsonObject { ["type"] = "none" }))), Is.Empty);
    }

    [Test]
    public void Calls_come_one_by_one_where_the_request_wants_it()
    {
        var request = Played.Request(
            "@synthetic tool Bash\n@synthetic also Read",
            ("tool_choice", new JsonObject { ["type"] = "auto", ["disable_parallel_tool_use"] = true }));
        Assert.That(Played.Calls(request), Is.EqualTo("Bash"));
        request = Played.Next(request, Played.Content(request));
        Assert.That(Played.Calls(request), Is.EqualTo("Read"));
        Assert.That(Played.Calls(Played.Next(request, Played.Content(request))), Is.Empty);
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };
}

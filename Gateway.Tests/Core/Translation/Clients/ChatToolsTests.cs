namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatToolsTests
{
    private const string Tool = """{"type":"function","function":{"name":"f"}}""";

    [TestCase("""{"name":"f","description":"d","strict":true,"parameters":{"type":"object","properties":{"a":{}}}}""",
        """{"name":"f","description":"d","input_schema":{"type":"object","properties":{"a":{}}}}""")]
    [TestCase("""{"name":"f","description":""}""", """{"name":"f","input_schema":{"type":"object","properties":{}}}""")]
    [TestCase("""{"name":"f","parameters":null}""", """{"name":"f","input_schema":{"type":"object","properties":{}}}""")]
    [TestCase("""{"name":"f","parameters":{}}""", """{"name":"f","input_schema":{"type":"object"}}""")]
    [TestCase("""{"name":"f","parameters":{"properties":{"a":{"type":"string"}},"required":["a"]}}""",
        """{"name":"f","input_schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}""")]
    public void A_function_is_a_tool(string function, string tool)
    {
        Assert.That(ReadChat.With($$"""
            "tools":[{"type":"function","function":{{function}}}]
            """).Member("tools"), Is.EqualTo($"[{tool}]"));
        Assert.That(ReadChat.With($$"""
            "functions":[{{function}}]
            """).Member("tools"), Is.EqualTo($"[{tool}]"));
    }

    [TestCase("\"auto\"", """{"type":"auto"}""")]
    [TestCase("\"none\"", """{"type":"none"}""")]
    [TestCase("\"required\"", """{"type":"any"}""")]
    [TestCase("""{"type":"function","function":{"name":"f"}}""", """{"type":"tool","name":"f"}""")]
    [TestCase("null", "")]
    public void A_choice(string choice, string written) => Assert.That(Choosing(choice).Member("tool_choice"), Is.EqualTo(written));

    [TestCase("null", """{"type":"auto","disable_parallel_tool_use":true}""")]
    [TestCase("\"auto\"", """{"type":"auto","disable_parallel_tool_use":true}""")]
    [TestCase("\"required\"", """{"type":"any","disable_parallel_tool_use":true}""")]
    [TestCase("\"none\"", """{"type":"none"}""")]
    public void One_call_at_a_time(string choice, string written) =>
        Assert.That(Choosing(choice, "false").Member("tool_choice"), Is.EqualTo(written));

    [Test]
    public void Several_calls_are_allowed_anyway() => Assert.That(Choosing("null", "true").Member("tool_choice"), Is.Empty);

    [TestCase("\"tools\":[]")]
    [TestCase("\"tools\":null")]
    [TestCase("\"tool_choice\":\"auto\"")]
    [TestCase("\"functions\":[]")]
    public void Without_a_tool_there_is_no_choice(string members)
    {
        var read = ReadChat.With(members + ",\"parallel_tool_calls\":false");
        Assert.That(read.Member("tools") + read.Member("tool_choice"), Is.Empty);
        Assert.That(read.Reader.UsesFunctions, Is.False);
    }

    [TestCase("", """{"type":"auto","disable_parallel_tool_use":true}""")]
    [TestCase(",\"function_call\":\"none\"", """{"type":"none"}""")]
    [TestCase(",\"function_call\":{\"name\":\"f\"}", """{"type":"tool","name":"f","disable_parallel_tool_use":true}""")]
    public void Functions_of_old_are_called_one_by_one(string members, string choice)
    {
        var read = ReadChat.With("\"functions\":[{\"name\":\"f\"}]" + members);
        Assert.That(read.Member("tool_choice"), Is.EqualTo(choice));
        Assert.That(read.Reader.UsesFunctions);
    }

    [TestCase("""[{"type":"function","function":{}}]""", "tools[0].function.name: a string is required")]
    [TestCase("""[{"type":"function"}]""", "tools[0].function.name: a string is required")]
    [TestCase("""[{"type":"function","function":{"name":"f"}},{"type":"custom"}]""", "tools[1].type: only function is supported")]
    [TestCase("""[{"type":"function","function":{"name":"f","parameters":[]}}]""", "tools[0].function.parameters: an object is required")]
    public void Refuses_tools(string tools, string fault) => Assert.That(ReadChat.With("\"tools\":" + tools).Fault, Is.EqualTo(fault));

    [Test]
    public void Refuses_functions() =>
        Assert.That(ReadChat.With("\"functions\":[{\"name\":\"f\"},{}]").Fault, Is.EqualTo("functions[1].name: a string is required"));

    [TestCase("\"any\"", "tool_choice: must be auto, none, required or a function")]
    [TestCase("7", "tool_choice: must be auto, none, required or a function")]
    [TestCase("""{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]}}""", "tool_choice.function.name: a string is required")]
    public void Refuses_choices(string choice, string fault) => Assert.That(Choosing(choice).Fault, Is.EqualTo(fault));

    private static ReadChat Choosing(string choice, string parallel = "null") => ReadChat.With($$"""
        "tools":[{{Tool}}],"tool_choice":{{choice}},"parallel_tool_calls":{{parallel}}
        """);
}

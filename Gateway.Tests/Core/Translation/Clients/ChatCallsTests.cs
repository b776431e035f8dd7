namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatCallsTests
{
    [TestCase("\"{\\\"a\\\":\\\"\\u00e4\\\\n\\\"}\"", "{\"a\":\"ä\\n\"}")]
    [TestCase("\"\"", "{}")]
    [TestCase("null", "{}")]
    [TestCase("{\"a\":1}", "{\"a\":1}")]
    [TestCase("\"{\\\"a\"", "{\"raw_arguments\":\"{\\\"a\"}")]
    public void Arguments_are_an_input(string arguments, string input) => Assert.That(
        Calling($$$$"""{"id":"a","type":"function","function":{"name":"f","arguments":{{{{arguments}}}}}}"""),
        Is.EqualTo($$"""[{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{{input}}}]}]"""));

    [Test]
    public void Several_calls_are_several_blocks() => Assert.That(
        Calling("""{"id":"a","function":{"name":"f","arguments":"{}"}},{"id":"b","function":{"name":"g","arguments":"{}"}}"""),
        Does.Contain("""{"type":"tool_use","id":"a","name":"f","input":{}},{"type":"tool_use","id":"b","name":"g","input":{}}"""));

    [Test]
    public void An_id_that_Anthropic_would_refuse_travels_wrapped() => Assert.That(
        ReadChat.Messages(
            """[{"role":"assistant","tool_calls":[{"id":"functions.f:0","function":{"name":"f","arguments":""}}]},{"role":"tool","tool_call_id":"functions.f:0","content":""}]"""),
        Is.EqualTo(
            """[{"role":"assistant","content":[{"type":"tool_use","id":"gwid_ZnVuY3Rpb25zLmY6MA","name":"f","input":{}}]},"""
            + """{"role":"user","content":[{"type":"tool_result","tool_use_id":"gwid_ZnVuY3Rpb25zLmY6MA"}]}]"""));

    [Test]
    public void Functions_of_old_get_ids_by_counting() => Assert.That(
        ReadChat.Messages(
            """[{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},{"role":"function","name":"f","content":"1"},"""
            + """{"role":"assistant","content":null,"function_call":{"name":"g","arguments":"{}"}},{"role":"function","name":"g","content":"2"}]"""),
        Is.EqualTo(
            """[{"role":"assistant","content":[{"type":"tool_use","id":"call_1","name":"f","input":{}}]},"""
            + """{"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1","content":[{"type":"text","text":"1"}]}]},"""
            + """{"role":"assistant","content":[{"type":"tool_use","id":"call_2","name":"g","input":{}}]},"""
            + """{"role":"user","content":[{"type":"tool_result","tool_use_id":"call_2","content":[{"type":"text","text":"2"}]}]}]"""));

    [TestCase("""{"id":"a","type":"custom","custom":{}}""", "messages[0].tool_calls[0].function: an object is required")]
    [TestCase("""{"function":{"name":"f"}}""", "messages[0].tool_calls[0].id: a string is required")]
    [TestCase("""{"id":"","function":{"name":"f"}}""", "messages[0].tool_calls[0].id: a string is required")]
    [TestCase("""{"id":"a","function":{}}""", "messages[0].tool_calls[].function.name: a string is required")]
    [TestCase("7", "messages[0].tool_calls[0].function: an object is required")]
    public void Refuses(string call, string fault) => Assert.That(
        ReadChat.Of($$"""[{"role":"assistant","tool_calls":[{{call}}]}]""").Fault, Is.EqualTo(fault));

    [Test]
    public void A_result_must_say_what_it_is_for() => Assert.That(
        ReadChat.Of("""[{"role":"user","content":"x"},{"role":"tool","content":"1"}]""").Fault,
        Is.EqualTo("messages[1].tool_call_id: a string is required"));

    private static string Calling(string calls) => ReadChat.Messages($$"""[{"role":"assistant","tool_calls":[{{calls}}]}]""");
}

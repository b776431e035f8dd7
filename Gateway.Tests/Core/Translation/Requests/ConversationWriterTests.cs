using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Messages come in the order OpenAI's dialect demands, whatever the client put between.</summary>
[TestFixture]
internal sealed class ConversationWriterTests
{
    private const string Calls = """{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{}},{"type":"tool_use","id":"b","name":"f","input":{}}]}""";
    private const string CallsThere = """{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]}""";

    [Test]
    public void Results_stand_in_the_order_of_their_calls_and_before_the_rest() => Assert.That(
        Translated.Messages($$"""
            [{{Calls}},{"role":"user","content":[{"type":"text","text":"and"},{"type":"tool_result","tool_use_id":"b","content":"2"},{"type":"tool_result","tool_use_id":"a","content":"1"}]}]
            """),
        Is.EqualTo($$"""[{{CallsThere}},{"role":"tool","tool_call_id":"a","content":"1"},{"role":"tool","tool_call_id":"b","content":"2"},{"role":"user","content":"and"}]"""));

    [Test]
    public void A_system_message_moves_behind_the_results() => Assert.That(
        Translated.Messages($$"""
            [{{Calls}},{"role":"system","content":"note"},{"role":"user","content":[{"type":"tool_result","tool_use_id":"a"}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"b","content":[]}]}]
            """),
        Is.EqualTo($$"""[{{CallsThere}},{"role":"tool","tool_call_id":"a","content":""},{"role":"tool","tool_call_id":"b","content":""},{"role":"system","content":"note"}]"""));

    [Test]
    public void No_call_stays_unanswered() => Assert.That(
        Translated.Messages($$"""[{{Calls}},{"role":"assistant","content":"on"},{{Calls}}]"""),
        Is.EqualTo($$"""[{{CallsThere}},{{Missing("a")}},{{Missing("b")}},{"role":"assistant","content":"on"},{{CallsThere}},{{Missing("a")}},{{Missing("b")}}]"""));

    [Test]
    public void Messages_of_the_model_in_a_row_have_their_results_behind_the_last() => Assert.That(
        Translated.Messages("""
            [{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{}}]},{"role":"assistant","content":"on"},
            {"role":"assistant","content":[{"type":"tool_use","id":"b","name":"f","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"b","content":"2"},{"type":"tool_result","tool_use_id":"a","content":"1"}]}]
            """),
        Is.EqualTo($$"""
            [{{CallThere("a")}},{"role":"tool","tool_call_id":"a","content":"1"},{"role":"assistant","content":"on"},{{CallThere("b")}},{"role":"tool","tool_call_id":"b","content":"2"}]
            """));

    [Test]
    public void A_result_without_a_call_is_told_as_text() => Assert.That(
        Translated.Messages("""[{"role":"user","content":[{"type":"tool_result","tool_use_id":"x","content":"late"}]}]"""),
        Is.EqualTo("""[{"role":"user","content":"Result of an earlier tool call:\nlate"}]"""));

    [Test]
    public void Images_of_results_follow_in_one_user_message() => Assert.That(
        Translated.Messages($$"""
            [{{Calls}},{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"shot"},{{Image}}]},{"type":"tool_result","tool_use_id":"b","content":[{{Image}}]},{"type":"text","text":"look"}]}]
            """),
        Is.EqualTo($$"""
            [{{CallsThere}},{"role":"tool","tool_call_id":"a","content":"shot"},{"role":"tool","tool_call_id":"b","content":"(in the next message)"},{"role":"user","content":[{{ImageThere}},{{ImageThere}},{"type":"text","text":"look"}]}]
            """));

    [TestCase("""{"role":"system","content":"s"}""", true, """{"role":"system","content":"s"}""")]
    [TestCase("""{"role":"system","content":[{"type":"text","text":"s"},{"type":"text","text":"t"}]}""", true, """{"role":"system","content":"s\n\nt"}""")]
    [TestCase("""{"role":"system","content":"s"}""", false, """{"role":"user","content":"<system-reminder>\ns\n</system-reminder>"}""")]
    [TestCase("""{"role":"system","content":[{"type":"text","text":"s"},{"type":"text","text":"t"}]}""", false, """{"role":"user","content":"<system-reminder>\ns\n\nt\n</system-reminder>"}""")]
    public void A_system_message_keeps_its_place(string message, bool midSystem, string written) => Assert.That(
        Translated.Messages($$"""[{"role":"user","content":"x"},{{message}}]""", new() { MidSystem = midSystem }),
        Is.EqualTo($$"""[{"role":"user","content":"x"},{{written}}]"""));

    [TestCase("""{"role":"system","content":[]}""")]
    [TestCase("""{"role":"system","content":"x-anthropic-billing-header: a=b"}""")]
    [TestCase("""{"role":"system","content":"gone","clear_at":"next_user_message"}""")]
    [TestCase("""{"role":"user","content":""}""")]
    [TestCase("""{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"s"}]}""")]
    public void What_says_nothing_is_left_out(string message) => Assert.That(
        Translated.Messages($$"""[{{message}},{"role":"user","content":"x"}]"""),
        Is.EqualTo("""[{"role":"user","content":"x"}]"""));

    [Test]
    public void Words_for_this_turn_stay_in_this_turn() => Assert.That(
        Translated.Messages("""[{"role":"user","content":"x"},{"role":"system","content":"now","clear_at":"next_user_message"}]"""),
        Does.Contain("now"));

    [Test]
    public void A_turn_only_adds_to_the_one_before()
    {
        const string First = """{"role":"user","content":"go"}""";
        const string Note = """{"role":"system","content":"note"}""";
        const string Answer = """{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"1"},{"type":"tool_result","tool_use_id":"b","content":"2"}]}""";
        string[] turns =
        [
            $"{First},{Note}",
            $"{First},{Note},{Calls},{Answer}",
            $"{First},{Note},{Calls},{Answer},{Note},{Calls},{Answer},{First}",
        ];
        foreach (var target in new Func<string, DialectProfile?, Translated>[] { Translated.Chat, Translated.Responses })
        {
            var before = "";
            foreach (var turn in turns)
            {
                var members = $$"""
                    "system":"be brief","stream":{{(before.Length == 0 ? "true" : "false")}},"temperature":0.{{before.Length}}
                    """;
                var json = target(Translated.Request($"[{turn}]", members), null).Json;
                Assert.That(json, Does.StartWith(before));
                var end = json.LastIndexOf("}]", StringComparison.Ordinal);
                before = json[..(json.IndexOf("],\"max", StringComparison.Ordinal) is var at and > 0 ? at : end)];
                Assert.That(before, Does.Contain("note"));
            }
        }
    }

    private static string Image => """{"type":"image","source":{"type":"url","url":"https://i"}}""";

    private static string ImageThere => """{"type":"image_url","image_url":{"url":"https://i"}}""";

    private static string CallThere(string id) =>
        $$$"""{"role":"assistant","content":null,"tool_calls":[{"id":"{{{id}}}","type":"function","function":{"name":"f","arguments":"{}"}}]}""";

    private static string Missing(string id) => $$"""{"role":"tool","tool_call_id":"{{id}}","content":"No result provided"}""";
}

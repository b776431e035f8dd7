using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

/// <summary>Some who are asked for a stream answer with one text, and call it a stream.</summary>
[TestFixture]
internal sealed class PlainBodyTests
{
    private const string Whole = "{\"choices\":[{\"message\":{\"content\":\"hello\"},\"finish_reason\":\"stop\"}]}";

    [TestCase("")]
    [TestCase("\uFEFF \r\n")]
    public void A_whole_answer_is_one_wherever_it_is_cut(string before)
    {
        var body = Encoding.UTF8.GetBytes(before + Whole);
        for (var piece = 1; piece <= body.Length; piece++)
        {
            Assert.That(
                Streams.Translate(new StreamTranslator(), body, Streams.Context(), piece),
                Does.StartWith("event: message_start").And.Contain("\"text\":\"hello\"").And.EndWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
        }
    }

    [TestCase("{\"error\":{\"message\":\"busy\",\"code\":503}}", 529)]
    [TestCase("[{\"error\":{\"message\":\"busy\",\"code\":429}}]", 429)]
    [TestCase("{\"what\":1}", 502)]
    public void An_error_means_what_it_says(string json, int status)
    {
        var translator = new StreamTranslator();
        Assert.That(Streams.Translate(translator, Encoding.UTF8.GetBytes(json), Streams.Context(), 7), Is.Empty);
        Assert.That(translator.Fault?.Status, Is.EqualTo(status));
    }

    [Test]
    public void Half_a_text_is_none()
    {
        var translator = new StreamTranslator();
        Assert.That(Streams.Translate(translator, Encoding.UTF8.GetBytes(Whole), Streams.Context(), 7, isClean: false), Is.Empty);
        Assert.That(translator.Fault?.Status, Is.EqualTo(502));
    }

    [Test]
    public void What_leads_an_event_stream_is_no_matter() =>
        Assert.That(Streams.Translate("\uFEFF\n\n" + Streams.Delta("\"content\":\"x\"") + Streams.End("stop")), Does.Contain("\"text\":\"x\""));
}

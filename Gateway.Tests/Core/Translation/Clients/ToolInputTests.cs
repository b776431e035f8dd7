using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Clients;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ToolInputTests
{
    [TestCase("", "{}")]
    [TestCase(" \n", "{}")]
    [TestCase("{}", "{}")]
    [TestCase("{\"a\": [1, {}]}", "{\"a\": [1, {}]}")]
    [TestCase("{\"a\":", "{\"raw_arguments\":\"{\\\"a\\\":\"}")]
    [TestCase("{}{}", "{\"raw_arguments\":\"{}{}\"}")]
    [TestCase("[1]", "{\"raw_arguments\":\"[1]\"}")]
    [TestCase("null", "{\"raw_arguments\":\"null\"}")]
    [TestCase("rm -rf\n", "{\"raw_arguments\":\"rm -rf\\n\"}")]
    public void Is_an_object_whatever_the_model_wrote(string arguments, string input)
    {
        var written = new ArrayBufferWriter<byte>();
        var output = new JsonOutput();
        output.Begin(written);
        ToolInput.Write(Encoding.UTF8.GetBytes(arguments), output);
        Assert.That(Encoding.UTF8.GetString(written.WrittenSpan), Is.EqualTo(input));
    }

    [Test]
    public void May_be_as_deep_as_a_request()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);
        var written = new ArrayBufferWriter<byte>();
        var output = new JsonOutput();
        output.Begin(written);
        ToolInput.Write(Encoding.UTF8.GetBytes(deep), output);
        Assert.That(Encoding.UTF8.GetString(written.WrittenSpan), Is.EqualTo(deep));
    }
}

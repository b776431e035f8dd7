namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatMembersTests
{
    [TestCase("\"n\":2", "n: only one answer can be given")]
    [TestCase("\"logprobs\":true", "logprobs: are not supported")]
    [TestCase("\"top_logprobs\":3", "top_logprobs: are not supported")]
    [TestCase("\"modalities\":[\"text\",\"audio\"]", "modalities: only text is supported")]
    [TestCase("\"audio\":{\"voice\":\"a\"}", "audio: is not supported")]
    public void Refuses_what_nobody_here_can_do(string members, string fault) => Assert.That(ReadChat.With(members).Fault, Is.EqualTo(fault));

    [TestCase("\"n\":1")]
    [TestCase("\"n\":null")]
    [TestCase("\"logprobs\":false")]
    [TestCase("\"top_logprobs\":0")]
    [TestCase("\"modalities\":[\"text\"]")]
    [TestCase("\"audio\":null")]
    [TestCase("\"store\":false,\"presence_penalty\":0.0,\"frequency_penalty\":0,\"logit_bias\":{},\"metadata\":null,\"prompt_cache_key\":\"\"")]
    public void Takes_defaults_without_a_word(string members)
    {
        var read = ReadChat.With(members);
        Assert.That(read.Fault, Is.Null);
        Assert.That(read.Dropped, Is.Empty);
    }

    [Test]
    public void Names_what_is_left_out()
    {
        var read = ReadChat.With("\"seed\":7,\"presence_penalty\":-0.5,\"store\":true,\"logit_bias\":{\"1\":2},\"x\\u0079z\":[1]");
        Assert.That(read.Fault, Is.Null);
        Assert.That(read.Dropped, Is.EqualTo("seed,presence_penalty,store,logit_bias,xyz"));
    }
}

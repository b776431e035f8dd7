using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation;

[TestFixture]
internal sealed class JsonMembersTests
{
    [Test]
    public void Finds_a_member_as_it_is_written() =>
        Assert.That(JsonMembers.Find("{\"a\":{\"b\":1},\"b\":[ 2 ]}"u8, "b"u8).SequenceEqual("[ 2 ]"u8));
}

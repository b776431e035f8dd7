using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class SecretMaskTests
{
    [Test]
    public void Hides_keys() =>
        Assert.That(Encoding.UTF8.GetString(SecretMask.Apply("a sk-proj-12345 b key c"u8, "key"u8)), Is.EqualTo("a *** b *** c"));
}

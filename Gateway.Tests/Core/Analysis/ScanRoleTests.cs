using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

[TestFixture]
internal sealed class ScanRoleTests
{
    [Test]
    public void A_key_means_something_only_where_it_belongs()
    {
        Assert.That(ScanRoles.KeyIn(ScanRole.Root, "model"u8), Is.EqualTo(ScanKey.Model));
        Assert.That(ScanRoles.KeyIn(ScanRole.Message, "model"u8), Is.EqualTo(ScanKey.None));
        Assert.That(ScanRoles.KeyIn(ScanRole.Block, "type"u8), Is.EqualTo(ScanKey.Type));
        Assert.That(ScanRoles.KeyIn(ScanRole.Root, "type"u8), Is.EqualTo(ScanKey.None));
        Assert.That(ScanRoles.KeyIn(ScanRole.OtherObject, "stream"u8), Is.EqualTo(ScanKey.None));
    }

    [Test]
    public void Blocks_lie_in_content_at_any_depth_and_nowhere_else()
    {
        Assert.That(ScanRoles.ArrayIn(ScanRole.Message, ScanKey.Content), Is.EqualTo(ScanRole.Content));
        Assert.That(ScanRoles.ArrayIn(ScanRole.Block, ScanKey.Content), Is.EqualTo(ScanRole.Content));
        Assert.That(ScanRoles.ObjectIn(ScanRole.Content, ScanKey.None), Is.EqualTo(ScanRole.Block));
        Assert.That(ScanRoles.ObjectIn(ScanRole.Block, ScanKey.None), Is.EqualTo(ScanRole.OtherObject));
        Assert.That(ScanRoles.ArrayIn(ScanRole.OtherObject, ScanKey.Content), Is.EqualTo(ScanRole.OtherArray));
    }
}

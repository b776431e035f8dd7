using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class VendorCodesTests
{
    [TestCase(1002, true, 429)]
    [TestCase(1002, false, 401)]
    [TestCase(1008, true, 402)]
    [TestCase(1113, false, 402)]
    [TestCase(1302, false, 429)]
    [TestCase(1261, false, 400)]
    [TestCase(7, false, 0)]
    public void Says_the_status_that_means_the_same(long code, bool isMiniMax, int expected) =>
        Assert.That(VendorCodes.StatusOf(code, isMiniMax), Is.EqualTo(expected));
}

using Gateway.Http.Wire;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class RequestMethodTests
{
    [Test]
    public void Each_method_is_known_in_capitals_only([Values] RequestMethod method)
    {
        var name = method.ToString();
        var known = method == RequestMethod.Other ? RequestMethod.Other : method;
        Assert.That(RequestMethods.Identify(Heads.Bytes(name.ToUpperInvariant())), Is.EqualTo(known));
        Assert.That(RequestMethods.Identify(Heads.Bytes(name)), Is.EqualTo(RequestMethod.Other));
    }

    [TestCase("")]
    [TestCase("GE")]
    [TestCase("GETT")]
    [TestCase("PROPFIND")]
    public void Any_other_token_is_some_other_method(string name) =>
        Assert.That(RequestMethods.Identify(Heads.Bytes(name)), Is.EqualTo(RequestMethod.Other));
}

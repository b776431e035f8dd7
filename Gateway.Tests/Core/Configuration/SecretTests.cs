using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed class SecretTests
{
    private static readonly Secret Canary = new("canary-secret");

    [Test]
    public void Nothing_that_prints_it_sees_it() => Assert.Multiple(() =>
    {
        Assert.That(Canary.ToString(), Is.EqualTo("***"));
        Assert.That($"{Canary}", Is.EqualTo("***"));
        Assert.That(new ProviderConfig { Name = "p", ApiKey = Canary }.ToString(), Does.Not.Contain("canary-secret"));
        Assert.That(SecretReference.Parse("canary-secret")!.ToString(), Is.EqualTo("***"));
        Assert.That(typeof(Secret).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value, Is.EqualTo("***"));
    });

    [Test]
    public void Nothing_that_serialises_it_sees_it() => Assert.That(JsonSerializer.Serialize(Canary), Is.EqualTo("{}"));

    [Test]
    public void It_has_no_property_and_no_field_in_the_open() => Assert.That(
        typeof(Secret).GetMembers(BindingFlags.Public | BindingFlags.Instance).Where(member => member.MemberType is MemberTypes.Property or MemberTypes.Field), Is.Empty);

    [Test]
    public void The_one_who_sends_it_has_it_revealed() => Assert.That(Canary.Reveal().SequenceEqual("canary-secret"u8));

    [Test]
    public void A_scheme_may_stand_before_it() => Assert.That(Canary.Behind("Bearer "u8).Reveal().SequenceEqual("Bearer canary-secret"u8));
}

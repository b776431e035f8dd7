using System.Text.Json;
using Gateway.Core.Synthetic;

namespace Gateway.Tests.Core.Synthetic;

[TestFixture]
internal sealed class ImageTokensTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 3, 0xE8, 0, 0, 2, 0xEE, 8, 2, 0, 0, 0];
    private static readonly byte[] Gif = [.. "GIF89a"u8, 0xE8, 3, 0xEE, 2, 0, 0];

    // A picture, an application segment of 20,000 bytes with a preview's frame header in it, then the real one: 1000 x 750.
    private static readonly byte[] Jpeg =
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0x4E, 0x22, .. new byte[20_000], 0xFF, 0xC4, 0, 3, 0, 0xFF, 0xC2, 0, 17, 8, 2, 0xEE, 3, 0xE8, 3, 0, 0, 0,
    ];

    [Test]
    public void A_header_that_can_be_read_tells_the_cost()
    {
        Assert.That(Cost(Png), Is.EqualTo(1_000));
        Assert.That(Cost(Gif), Is.EqualTo(1_000));
        Assert.That(Cost(Jpeg), Is.EqualTo(1_000));
    }

    [Test]
    public void A_header_cut_off_anywhere_is_an_image_of_unknown_size()
    {
        foreach (var image in (byte[][])[Png[..24], Gif[..10], Jpeg[..^6]])
        {
            for (var length = 0; length < image.Length; length += image.Length > 1_000 && length is > 50 and < 20_000 ? 997 : 1)
            {
                Assert.That(Cost(image[..length]), Is.EqualTo(ImageTokens.Unknown), $"{length} bytes");
            }
        }
    }

    [Test]
    public void A_cost_has_its_bounds()
    {
        var png = (byte[])Png.Clone();
        png[16] = png[20] = 0x7F;
        Assert.That(Cost(png), Is.EqualTo(ImageTokens.Most));
        png.AsSpan(16, 8).Clear();
        Assert.That(Cost(png), Is.EqualTo(ImageTokens.Unknown));
        png[19] = png[23] = 1;
        Assert.That(Cost(png), Is.EqualTo(1));
    }

    [TestCase("""{"type":"url","url":"https://example.invalid/a.png"}""")]
    [TestCase("""{"type":"base64","data":"%%%%%%%%%%%%"}""")]
    [TestCase("""{"type":"base64","data":7}""")]
    [TestCase("7")]
    public void What_can_not_be_seen_has_a_price_of_its_own(string source)
    {
        using var document = JsonDocument.Parse(source);
        Assert.That(ImageTokens.Of(document.RootElement), Is.EqualTo(ImageTokens.Unknown));
    }

    private static int Cost(byte[] image)
    {
        using var document = JsonDocument.Parse($$"""{"type":"base64","data":"{{Convert.ToBase64String(image)}}"}""");
        return ImageTokens.Of(document.RootElement);
    }
}

using System.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>The head of an image tells its size, if it is whole.</summary>
[TestFixture]
internal sealed class ImageSizeTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 2, 0, 0, 0, 1, 0];
    private static readonly byte[] Gif = [.. "GIF89a"u8, 0, 2, 0, 1, 0, 0];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 11, 8, 1, 0, 2, 0, 1, 0, 0, 0];
    private static readonly byte[] Extended = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0xFF, 1, 0, 0xFF, 0, 0];
    private static readonly byte[] Lossy = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0, 0, 0, 0, 0x9D, 1, 0x2A, 0, 2, 0, 1];

    private static readonly byte[][] Images = [Png, Gif, Jpeg, Extended, Lossy];

    [TestCaseSource(nameof(Images))]
    public void Is_read(byte[] image) => Assert.That(PixelsOf(image), Is.EqualTo(512 * 256));

    [TestCaseSource(nameof(Images))]
    public void An_image_cut_at_any_byte_does_no_harm(byte[] image)
    {
        for (var length = 0; length < image.Length; length++)
        {
            Assert.That(PixelsOf(image[..length]), Is.AnyOf(0, 512 * 256), $"cut at {length}");
        }
    }

    [TestCase("")]
    [TestCase("%%%%")]
    [TestCase("AAAAAAAA")]
    public void What_is_no_image_has_no_size(string base64) => Assert.That(ImageSize.PixelsOf(Encoding.UTF8.GetBytes(base64)), Is.Zero);

    private static long PixelsOf(byte[] image)
    {
        var padded = image.Concat(new byte[(3 - (image.Length % 3)) % 3]).ToArray();
        return ImageSize.PixelsOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(padded)));
    }
}

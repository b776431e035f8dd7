using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class JsonScannerTests
{
    [TestCase("{\"a\":\"}\\\"\"}x", 11)]
    [TestCase("[1,{}]  ", 6)]
    [TestCase("{\"a\":", 5)]
    public void Finds_the_end_wherever_it_is_cut(string json, int length)
    {
        for (var cut = 0; cut <= json.Length; cut++)
        {
            var scanner = new JsonScanner();
            var taken = scanner.Take(Encoding.UTF8.GetBytes(json[..cut])) + scanner.Take(Encoding.UTF8.GetBytes(json[cut..]));
            Assert.That(taken, Is.EqualTo(length));
        }
    }
}

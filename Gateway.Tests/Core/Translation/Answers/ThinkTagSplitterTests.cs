using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ThinkTagSplitterTests
{
    [Test]
    public void Finds_tags_wherever_they_are_cut()
    {
        var text = Encoding.UTF8.GetBytes("a<think>b</think>c<thin");
        for (var cut = 0; cut <= text.Length; cut++)
        {
            var splitter = new ThinkTagSplitter();
            splitter.Add(text.AsSpan(0, cut));
            var seen = Read(splitter, isFinal: false);
            splitter.Add(text.AsSpan(cut));
            seen += Read(splitter, isFinal: true);
            Assert.That(seen, Is.EqualTo("aBc<thin"), $"{cut}");
        }
    }

    private static string Read(ThinkTagSplitter splitter, bool isFinal)
    {
        var seen = "";
        while (splitter.Next(isFinal, out var run, out var isThought))
        {
            var text = Encoding.UTF8.GetString(run);
            seen += isThought ? text.ToUpperInvariant() : text;
        }

        return seen;
    }
}

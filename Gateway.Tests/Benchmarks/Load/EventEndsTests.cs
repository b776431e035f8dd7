using System.Text;
using Gateway.Benchmarks.Load;

namespace Gateway.Tests.Benchmarks.Load;

/// <summary>Each event once, wherever the stream is cut.</summary>
internal sealed class EventEndsTests
{
    [TestCase("", 0)]
    [TestCase("event: ping\ndata: {}\n\n", 1)]
    [TestCase("event: ping\ndata: {}\n\nevent: ping\ndata: {}\n\nevent: half\n", 2)]
    public void Counts_empty_lines_behind_others(string stream, int events)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var ends = new EventEnds();
            ends.Add(bytes.AsSpan(0, cut));
            ends.Add(bytes.AsSpan(cut));
            Assert.That(ends.Count, Is.EqualTo(events), $"cut at {cut}");
        }
    }
}

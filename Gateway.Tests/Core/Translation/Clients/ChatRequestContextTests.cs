using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatRequestContextTests
{
    private readonly ChatRequestContext _context = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    [SetUp]
    public void Begin()
    {
        _output.ResetWrittenCount();
        _context.Begin(_output);
    }

    [Test]
    public void The_first_fault_stays()
    {
        _context.Message = 3;
        _context.Part = 4;
        _context.RefusePart(".x: is wrong");
        _context.RefuseMessage(".y: is wrong");
        _context.Refuse("z: is wrong");
        Assert.That(_context.Fault, Is.EqualTo("messages[3].content[4].x: is wrong"));
    }

    [Test]
    public void Another_request_has_no_faults_of_the_last()
    {
        _context.RefuseMessage(": is wrong");
        _context.Dropped.Add("seed"u8);
        _context.Begin(_output);
        Assert.That(_context.Fault, Is.Null);
        Assert.That(_context.Dropped.Span.Length + _context.Message + _context.Part, Is.Zero);
    }

    [TestCase("{\"cache_control\":{\"type\":\"ephemeral\"}}", "\"cache_control\":{\"type\":\"ephemeral\"}")]
    [TestCase("{\"cache_control\":null}", "")]
    [TestCase("{}", "")]
    public void A_mark_of_the_cache_is_copied(string json, string written)
    {
        Assert.That(_context.Tape.TryRead(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json))));
        _context.WriteCacheMark(0);
        Assert.That(Encoding.UTF8.GetString(_output.WrittenSpan), Is.EqualTo(written));
    }
}

using Gateway.Core.Selection;

namespace Gateway.Tests.Core.Selection;

[TestFixture]
internal sealed class ConversationMemoryTests
{
    private const ulong Conversation = 7;
    private const ulong Main = 1;
    private const ulong Large = 2;

    private static readonly PromptCache First = new(Provider: 11, Group: 3, Tokens: 50_000);
    private static readonly PromptCache Second = new(Provider: 12, Group: 4, Tokens: 60_000);

    private readonly ConversationMemory _memory = new();

    [TestCase(ConversationMemory.WarmMs)]
    [TestCase(ConversationMemory.LongWarmMs)]
    public void A_cache_is_warm_for_as_long_as_it_is_kept(long kept)
    {
        _memory.Note(Conversation, Main, First, nowMs: 1_000, kept);
        Assert.That(_memory.Find(Conversation, Main, 1_000 + kept - 1), Is.EqualTo(new WarmCaches(First, First)));
        Assert.That(_memory.Find(Conversation, Main, 1_000 + kept), Is.EqualTo(default(WarmCaches)));
    }

    [Test]
    public void A_conversation_that_changes_its_route_is_known_on_both()
    {
        _memory.Note(Conversation, Main, First, nowMs: 0);
        Assert.That(_memory.Find(Conversation, Large, 1), Is.EqualTo(new WarmCaches(First, default)), "it was not there yet");
        _memory.Note(Conversation, Large, Second, nowMs: 1_000);
        Assert.That(_memory.Find(Conversation, Large, 1_001), Is.EqualTo(new WarmCaches(Second, Second)));
        Assert.That(_memory.Find(Conversation, Main, 1_001), Is.EqualTo(new WarmCaches(Second, First)), "and comes back");
        Assert.That(_memory.Find(Conversation, Main, ConversationMemory.WarmMs), Is.EqualTo(new WarmCaches(Second, default)), "what it left grows cold");
        Assert.That(_memory.TryFindLast(Conversation, 1_001, out var last) && last == Second);
    }

    [Test]
    public void Nothing_is_known_of_a_conversation_once_it_is_compacted()
    {
        _memory.Note(Conversation, Main, First, nowMs: 0);
        _memory.Note(Conversation, Large, Second, nowMs: 0);
        _memory.Forget(Conversation, Main);
        Assert.That(_memory.Find(Conversation, Main, 1), Is.EqualTo(default(WarmCaches)));
    }

    [Test]
    public void What_belongs_to_no_conversation_has_no_cache()
    {
        Assert.That(_memory.Find(0, Main, 1), Is.EqualTo(default(WarmCaches)));
        Assert.That(_memory.TryFindLast(0, 1, out _), Is.False);
    }
}

using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Sockets;

/// <summary>Deadlines on a wheel whose clock is moved by hand; the reactor that owns it never runs.</summary>
[TestFixture]
internal sealed class TimerWheelTests
{
    private const int Tick = 8;

    private readonly ManualTime _time = new();
    private readonly List<object> _expired = [];
    private PortableReactor _reactor = null!;

    [SetUp]
    public void Start()
    {
        _reactor = new PortableReactor("never started", _time);
        _expired.Clear();
    }

    [TearDown]
    public void Stop() => _reactor.Dispose();

    [Test]
    public void Is_never_early_and_at_most_a_tick_late(
        [Values(0, 1, 7, 8, 9, 100, 8_191, 8_192, 8_193, 600_000)] int milliseconds, [Values(0, 3, 8_000)] int start)
    {
        Move(start);
        Make("a").Start(milliseconds);
        var due = _time.GetTimestamp() + milliseconds;
        while (_expired.Count == 0)
        {
            Move(1);
        }

        Assert.That(_time.GetTimestamp(), Is.InRange(due, due + Tick));
    }

    [Test]
    public void Expires_in_one_go_after_a_long_sleep()
    {
        Make("soon").Start(5);
        Make("later").Start(100_000);
        Move(1_000_000);
        Assert.That(_expired, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_moved_deadline_expires_only_at_its_new_time()
    {
        var deadline = Make("a");
        deadline.Start(100);
        for (var i = 0; i < 50; i++)
        {
            Move(90);
            deadline.Start(100);
        }

        Assert.That(_expired, Is.Empty);
        Move(100 + Tick);
        Assert.That(_expired, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_deadline_can_be_moved_nearer()
    {
        var deadline = Make("a");
        deadline.Start(60_000);
        deadline.Start(20);
        Move(20 + Tick);
        Assert.That(_expired, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_stopped_or_discarded_one_never_expires([Values] bool discard)
    {
        var deadline = Make("a");
        deadline.Start(50);
        if (discard)
        {
            deadline.Discard();
        }
        else
        {
            deadline.Stop();
        }

        Move(10_000);
        Assert.Multiple(() =>
        {
            Assert.That(_expired, Is.Empty);
            Assert.That(deadline.IsRunning, Is.False);
        });
    }

    [Test]
    public void A_callback_may_start_its_own_and_discard_another_deadline()
    {
        var victim = Make("victim");
        Deadline? again = null;
        again = new Deadline(
            _reactor,
            _ =>
            {
                _expired.Add("again");
                victim.Discard();
                if (_expired.Count < 3)
                {
                    again!.Start(0);
                }
            },
            this);

        // The one started last is visited first.
        victim.Start(50);
        again.Start(50);
        Move(50 + Tick);
        Move(Tick);
        Move(Tick);
        Assert.That(string.Join(" ", _expired), Is.EqualTo("again again again"));
    }

    [Test]
    public void The_loop_sleeps_until_the_next_deadline_or_without_end()
    {
        Assert.That(_reactor.Timers.NextTimeoutMs(), Is.EqualTo(-1));
        foreach (var milliseconds in new[] { 5_000, 700, 64, 1 })
        {
            Make(milliseconds).Start(milliseconds);
            Assert.That(_reactor.Timers.NextTimeoutMs(), Is.InRange(milliseconds, milliseconds + Tick));
        }
    }

    [Test]
    public void Restarting_allocates_nothing()
    {
        var deadline = Make("a");
        deadline.Start(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            deadline.Start(1_000);
            Move(3);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(allocated, Is.Zero);
    }

    private Deadline Make(object name) => new(_reactor, _expired.Add, name);

    private void Move(long milliseconds)
    {
        _time.Advance(milliseconds);
        _reactor.Timers.ReadClock();
        _reactor.Timers.Advance();
    }
}

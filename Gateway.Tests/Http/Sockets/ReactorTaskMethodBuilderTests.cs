using System.Runtime.CompilerServices;
using Gateway.Http.Sockets;

namespace Gateway.Tests.Http.Sockets;

[TestFixture]
internal sealed class ReactorTaskMethodBuilderTests
{
    [Test]
    public void A_method_that_never_waits_is_done_at_once()
    {
        var task = AddAsync(2, 3, null);
        Assert.That(task.IsCompletedSuccessfully && task.Result == 5);
    }

    [Test]
    public void A_suspended_method_continues_inside_the_pulse()
    {
        var signal = new ReactorSignal();
        var task = AddAsync(2, 3, signal);
        Assert.That(task.IsCompleted, Is.False);
        signal.Pulse();
        Assert.That(task.IsCompletedSuccessfully && task.Result == 5);
    }

    [Test]
    public void An_exception_reaches_who_awaits([Values] bool suspended)
    {
        var signal = suspended ? new ReactorSignal() : null;
        var task = FailAsync(signal);
        signal?.Pulse();
        Assert.That(async () => await task, Throws.InvalidOperationException.With.Message.EqualTo("on purpose"));
    }

    [Test]
    public void Nested_methods_without_a_result_end_from_the_inside_out()
    {
        var signal = new ReactorSignal();
        var steps = new List<string>();
        var task = OuterAsync(signal, steps);
        signal.Pulse();
        Assert.Multiple(() =>
        {
            Assert.That(task.IsCompletedSuccessfully);
            Assert.That(string.Join(" ", steps), Is.EqualTo("inner outer"));
        });
    }

#if !DEBUG
#pragma warning disable CA2012 // each is awaited once, only not at once
    [Test]
    public void A_hundred_suspended_at_once_allocate_nothing_once_warm()
    {
        // Debug builds make a class of every async method, so only Release can keep this promise.
        var signals = new ReactorSignal[100];
        var tasks = new ValueTask<int>[100];
        for (var i = 0; i < signals.Length; i++)
        {
            signals[i] = new ReactorSignal();
        }

        var sum = Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            sum += Round();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Multiple(() =>
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(sum, Is.EqualTo(101 * 5050));
        });

        int Round()
        {
            for (var i = 0; i < tasks.Length; i++)
            {
                tasks[i] = OnTopAsync(i, 1, signals[i]);
            }

            var total = 0;
            for (var i = 0; i < tasks.Length; i++)
            {
                signals[i].Pulse();
                total += tasks[i].Result;
            }

            return total;
        }
    }

#pragma warning restore CA2012

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<int> OnTopAsync(int a, int b, ReactorSignal signal) => await AddAsync(a, b, signal);
#endif

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder<>))]
    private static async ValueTask<int> AddAsync(int a, int b, ReactorSignal? signal)
    {
        if (signal is not null)
        {
            await signal.WaitAsync();
        }

        return a + b;
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private static async ValueTask FailAsync(ReactorSignal? signal)
    {
        if (signal is not null)
        {
            await signal.WaitAsync();
        }

        throw new InvalidOperationException("on purpose");
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private static async ValueTask OuterAsync(ReactorSignal signal, List<string> steps)
    {
        await InnerAsync(signal, steps);
        steps.Add("outer");
    }

    [AsyncMethodBuilder(typeof(ReactorTaskMethodBuilder))]
    private static async ValueTask InnerAsync(ReactorSignal signal, List<string> steps)
    {
        await signal.WaitAsync();
        steps.Add("inner");
    }
}

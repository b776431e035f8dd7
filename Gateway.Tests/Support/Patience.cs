using System.Runtime.CompilerServices;

namespace Gateway.Tests.Support;

/// <summary>Bounds every wait of a test: what should happen soon but does not, fails by its name instead of hanging.</summary>
internal static class Patience
{
    /// <summary>Longer than anything takes on a loaded machine.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>The result, or a failed test that says what was waited for.</summary>
    public static async Task<T> Soon<T>(this Task<T> task, [CallerArgumentExpression(nameof(task))] string awaited = "")
    {
        await ((Task)task).Soon(awaited);
        return await task;
    }

    /// <inheritdoc cref="Soon{T}(Task{T}, string)"/>
    public static async Task Soon(this Task task, [CallerArgumentExpression(nameof(task))] string awaited = "")
    {
        try
        {
            await task.WaitAsync(Longest);
        }
        catch (TimeoutException exception) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Longest.TotalSeconds} s in vain for: {awaited}", exception);
        }
    }
}

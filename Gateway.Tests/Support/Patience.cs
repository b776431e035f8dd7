namespace Gateway.Tests.Support;

/// <summary>Bounds every wait of a test: what should happen soon but does not, fails instead of hanging.</summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>The result, or a failed test.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Longest);

    /// <inheritdoc cref="Soon{T}(Task{T})"/>
    public static Task Soon(this Task task) => task.WaitAsync(Longest);
}

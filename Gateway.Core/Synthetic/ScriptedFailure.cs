namespace Gateway.Core.Synthetic;

/// <summary>An error the prompt asks for.</summary>
/// <param name="Status">HTTP status, 400 to 599.</param>
/// <param name="RetryAfterSeconds">Value of retry-after; null: none.</param>
/// <param name="ShouldRetry">Value of x-should-retry; null: none.</param>
/// <param name="Message">What it says.</param>
internal sealed record ScriptedFailure(int Status, int? RetryAfterSeconds, bool? ShouldRetry, string Message)
{
    /// <summary>A day.</summary>
    public const int MostRetryAfter = 86_400;

    private const string NoMessage = "The prompt asked for this error.";

    /// <summary>Reads <c>529 [retry-after 5] [should-retry true|false] [message]</c>; null if it is none.</summary>
    public static ScriptedFailure? Parse(CommandWords words)
    {
        if (!words.TryNumber(int.MaxValue, out var status) || status is < 400 or > 599)
        {
            return null;
        }

        int? retryAfter = null;
        if (words.TryWord("retry-after"))
        {
            if (!words.TryNumber(MostRetryAfter, out var seconds))
            {
                return null;
            }

            retryAfter = seconds;
        }

        bool? shouldRetry = words.TryWord("should-retry") ? words.Next().SequenceEqual("true") : null;
        return new ScriptedFailure(status, retryAfter, shouldRetry, words.Rest.Length > 0 ? words.Rest.ToString() : NoMessage);
    }
}

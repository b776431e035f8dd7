using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Gateway.Benchmarks.Processes;

/// <summary>A process that ends with this one, however this one ends: its keeper watches a pipe that only we hold.</summary>
internal sealed class KeptProcess : IAsyncDisposable
{
    // The process says its own id before it says anything else, and its output ends when it does. When the pipe closes, the
    // keeper asks it to end and after two seconds makes it. Ctrl-C at the terminal reaches the keeper as well, which must
    // outlive the process; that one ignores it as a job of a shell does.
    private const string Keeper =
        """
        trap '' INT
        sh -c 'echo $$; exec "$@"' sh "$@" & child=$!
        exec >/dev/null 2>&1
        read -r _
        kill -TERM $child
        ( sleep 2; kill -KILL $child ) & late=$!
        wait $child
        kill $late
        """;

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(20);

    private readonly Process _keeper;
    private readonly string _program;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Queue<string> _last = new();

    private KeptProcess(Process keeper, string program)
    {
        _keeper = keeper;
        _program = program;
    }

    /// <summary>Its number.</summary>
    public int Id { get; private set; }

    /// <summary>Starts a program, or what the runtime runs if it is a <c>.dll</c>; returns when it has been given a number.</summary>
    public static async Task<KeptProcess> StartAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        string[] command = program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", "exec", program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo("sh", ["-c", Keeper, "sh", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var kept = new KeptProcess(Process.Start(start)!, program);
        var number = await kept._keeper.StandardOutput.ReadLineAsync();
        kept.Id = int.Parse(number!, CultureInfo.InvariantCulture);
        _ = kept.CollectAsync();
        return kept;
    }

    /// <summary>The next line it prints that holds a text.</summary>
    /// <exception cref="InvalidOperationException">It ended, or the line did not come in time.</exception>
    public async Task<string> LineAsync(string text, TimeSpan within)
    {
        using var late = new CancellationTokenSource(within);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(late.Token))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what it said instead.
        }

        throw new InvalidOperationException($"{_program} did not say {text}. Its last words: {LastWords}");
    }

    /// <summary>The last lines it printed.</summary>
    public string LastWords
    {
        get
        {
            lock (_last)
            {
                return string.Join(Environment.NewLine, _last);
            }
        }
    }

    /// <summary>Waits until it ends of its own; no longer than that.</summary>
    public async Task EndAsync(TimeSpan within) => await _lines.Reader.Completion.WaitAsync(within).ContinueWith(static _ => { }, TaskScheduler.Default);

    /// <summary>Ends it and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        using var late = new CancellationTokenSource(LongestEnd);
        try
        {
            await _keeper.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            _keeper.Kill(entireProcessTree: true);
        }

        _keeper.Dispose();
    }

    private async Task CollectAsync()
    {
        await Task.WhenAll(CollectAsync(_keeper.StandardOutput), CollectAsync(_keeper.StandardError));
        _lines.Writer.Complete();
    }

    private async Task CollectAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lock (_last)
            {
                _last.Enqueue(line);
                if (_last.Count > 20)
                {
                    _last.Dequeue();
                }
            }

            _lines.Writer.TryWrite(line);
        }
    }
}

namespace Gateway.Benchmarks.Load;

/// <summary>What sends the requests of one reactor; called on its thread.</summary>
internal interface ILoadLoop
{
    /// <summary>Sends until the window closes; ends with the last answer.</summary>
    public Task RunAsync();

    /// <summary>Gives up what is still under way.</summary>
    public void Cut();
}

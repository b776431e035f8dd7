namespace Gateway.Host.Cli;

/// <summary>What the process tells its starter when it ends.</summary>
internal static class ExitCodes
{
    /// <summary>It did what it was asked.</summary>
    public const int Success = 0;

    /// <summary>It could not: a port in use, for one.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The configuration is wrong (EX_CONFIG of sysexits.h).</summary>
    public const int Configuration = 78;
}

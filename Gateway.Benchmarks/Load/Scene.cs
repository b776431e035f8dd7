namespace Gateway.Benchmarks.Load;

/// <summary>Who stands behind the gateway.</summary>
internal enum Scene
{
    /// <summary>One provider of the client's own dialect.</summary>
    Plain,

    /// <summary>The same, through TLS.</summary>
    Tls,

    /// <summary>A provider of OpenAI's dialect: requests and answers are translated.</summary>
    OpenAi,

    /// <summary>Two providers, and something is wrong with the first.</summary>
    Failover,
}

using Gateway.Benchmarks.Load;

namespace Gateway.Benchmarks.Peers;

/// <summary>Another proxy that is measured beside the gateway, if it is installed.</summary>
/// <param name="Name">As it is named on the command line.</param>
/// <param name="Program">What is started: found in the PATH, or by the option of that name.</param>
/// <param name="Configuration">Name of its configuration, under <c>Peers/Configurations</c>.</param>
/// <param name="Arguments">Its arguments, for the file of its configuration.</param>
/// <param name="VersionArgument">What makes it tell its version; null if nothing does.</param>
internal sealed record Peer(string Name, string? Program, string Configuration, Func<string, string[]> Arguments, string? VersionArgument)
{
    /// <summary>The peers there are.</summary>
    /// <param name="yarp">Where YARP's application is, or null.</param>
    public static IReadOnlyList<Peer> All(string? yarp) =>
    [
        new("nginx", Installed("nginx"), "nginx.conf", static file => ["-c", file, "-p", Path.GetDirectoryName(file)!], "-v"),
        new("haproxy", Installed("haproxy"), "haproxy.cfg", static file => ["-db", "-f", file], "-v"),
        new("yarp", File.Exists(yarp) ? yarp : null, "yarp.json", static file => [file], null),
    ];

    /// <summary>Whether it can do what a scene asks for: peers neither translate nor fail over in a way that could be compared.</summary>
    public bool Plays(Scene scene) => scene == Scene.Plain || (scene == Scene.Tls && Name != "yarp");

    private static string? Installed(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

namespace Gateway.Host.Service;

/// <summary>Makes the gateway a service of systemd, or undoes it. Configuration and state are the operator's and stay.</summary>
internal sealed class ServiceSetup
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForAll = ForOwner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>For the user's own service manager instead of the system's.</summary>
    public bool IsUser { get; init; }

    /// <summary>Only say what would be done.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>A folder that stands for the root of the file system; then no service manager is asked. Null for the root itself.</summary>
    public string? Root { get; init; }

    /// <summary>The program.</summary>
    public required string Binary { get; init; }

    /// <summary>Address and port to listen on.</summary>
    public required string Address { get; init; }

    /// <summary>The configuration file; null for the usual one.</summary>
    public string? Configuration { get; init; }

    /// <summary>Looks an environment variable up.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Runs systemctl; returns its exit code.</summary>
    public required Func<IReadOnlyList<string>, int> Systemctl { get; init; }

    /// <summary>Told of each step before it is done.</summary>
    public required Action<ServiceStep> Tell { get; init; }

    /// <summary>Writes the units, and the configuration if there is none, and starts the service; returns systemctl's exit code.</summary>
    /// <exception cref="IOException">A file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public int Install()
    {
        var units = Units();
        if (!File.Exists(InRoot(units.Configuration)))
        {
            Write(units.Configuration, ServiceUnits.FirstConfiguration(), IsUser ? ForOwner : ForAll);
        }

        foreach (var unit in ServiceUnits.Names)
        {
            Write(units.PathOf(unit), units.TextOf(unit, Binary, Address), ForAll);
        }

        var loaded = Ask("daemon-reload");
        return loaded != 0 ? loaded : Ask(["enable", "--now", .. ServiceUnits.Names]);
    }

    /// <summary>Stops the service and takes its units away; returns systemctl's exit code.</summary>
    /// <exception cref="IOException">A file can't be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be deleted.</exception>
    public int Uninstall()
    {
        var units = Units();
        _ = Ask(["disable", "--now", .. ServiceUnits.Names]);
        foreach (var path in ServiceUnits.Names.Select(units.PathOf).Select(InRoot).Where(File.Exists))
        {
            Tell(new ServiceStep("rm", path));
            if (!IsDryRun)
            {
                File.Delete(path);
            }
        }

        return Ask("daemon-reload");
    }

    private ServiceUnits Units()
    {
        var config = Variable("XDG_CONFIG_HOME") is { Length: > 0 } named ? named : Path.Combine(Variable("HOME") ?? "/", ".config");
        return IsUser
            ? new ServiceUnits(IsUser, Path.Combine(config, "systemd", "user"), Configuration ?? Path.Combine(config, "claude-gateway", "gateway.json"))
            : new ServiceUnits(IsUser, "/etc/systemd/system", Configuration ?? "/etc/claude-gateway/gateway.json");
    }

    private void Write(string path, string text, UnixFileMode mode)
    {
        path = InRoot(path);
        Tell(new ServiceStep("write", path) { Text = IsDryRun ? text : null });
        if (IsDryRun)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private int Ask(params IReadOnlyList<string> words)
    {
        if (Root is not null)
        {
            return 0;
        }

        words = IsUser ? ["--user", .. words] : words;
        Tell(new ServiceStep("systemctl", string.Join(' ', words)));
        return IsDryRun ? 0 : Systemctl(words);
    }

    private string InRoot(string path) => Root is null ? path : Path.Join(Root, path);
}

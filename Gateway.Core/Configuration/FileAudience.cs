namespace Gateway.Core.Configuration;

/// <summary>Who can read or write a file, by its mode.</summary>
public enum FileAudience : byte
{
    /// <summary>Its owner; also where there are no modes, or no file.</summary>
    Owner,

    /// <summary>Its group as well.</summary>
    Group,

    /// <summary>Everybody on the machine.</summary>
    Everybody,
}

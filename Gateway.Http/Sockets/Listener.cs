using System.Net;

namespace Gateway.Http.Sockets;

/// <summary>An open listening socket of one reactor.</summary>
public abstract class Listener
{
    /// <summary>The address that was bound; its port is the real one where 0 was asked for.</summary>
    public abstract IPEndPoint EndPoint { get; }

    /// <summary>The kernel's number of the socket; listeners of several reactors may have one together.</summary>
    internal abstract int Descriptor { get; }

    /// <summary>Stops accepting; connections that wait in the kernel's queue are accepted first.</summary>
    public abstract void Close();
}

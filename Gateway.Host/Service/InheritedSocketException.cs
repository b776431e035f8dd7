namespace Gateway.Host.Service;

/// <summary>What the process was given to listen on is not what it can, or may, serve.</summary>
internal sealed class InheritedSocketException(string message) : Exception(message);

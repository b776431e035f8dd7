using System.Reflection;

namespace Gateway.Host.Management;

/// <summary>The description of the management API that the build embeds.</summary>
internal static class OpenApi
{
    private const string ResourceName = "openapi.json";

    /// <summary>OpenAPI 3.1 in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Document { get; } = Read();

    private static byte[] Read()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}

using System.Reflection;

namespace Gateway.Host.Lifetime;

/// <summary>Which build this is.</summary>
internal static class ProductVersion
{
    /// <summary>Version number, and the commit where the build knows it.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}

using System.Text.Json;

namespace Gateway.Core.Schema;

/// <summary>Takes a configuration as it would stand in the file.</summary>
/// <param name="json">Where it goes.</param>
/// <param name="reveals">Keys are written too: for comparing, never for showing.</param>
internal sealed class ConfigWriter(Utf8JsonWriter json, bool reveals)
{
    public Utf8JsonWriter Json => json;

    public bool Reveals => reveals;
}

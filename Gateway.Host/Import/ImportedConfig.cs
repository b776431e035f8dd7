using System.Text.Json.Nodes;

namespace Gateway.Host.Import;

/// <summary>What came of an import.</summary>
/// <param name="File">Our gateway.json.</param>
/// <param name="Remarks">What could not be carried over, and what is left to do; no credential among them.</param>
internal sealed record ImportedConfig(JsonObject File, IReadOnlyList<string> Remarks);

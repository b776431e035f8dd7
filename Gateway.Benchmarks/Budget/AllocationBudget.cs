using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Benchmarks.Budget;

/// <summary>How many bytes each benchmark may allocate per operation.</summary>
internal sealed class AllocationBudget(IReadOnlyDictionary<string, long> bytes)
{
    /// <summary>Reads a budget.</summary>
    public static AllocationBudget Load(string file) => new(JsonSerializer.Deserialize(File.ReadAllText(file), BudgetJson.Default.Bytes)!);

    /// <summary>Writes a budget: what was measured, in the order of the names.</summary>
    public static void Save(string file, IReadOnlyDictionary<string, long> measured) =>
        File.WriteAllText(file, JsonSerializer.Serialize(new SortedDictionary<string, long>(measured.ToDictionary(), StringComparer.Ordinal), BudgetJson.Default.Bytes) + "\n");

    /// <summary>One line for each that allocates more than it may, has no budget, or has one and is gone.</summary>
    public IReadOnlyList<string> Broken(IReadOnlyDictionary<string, long> measured) =>
    [
        .. measured.Where(one => !bytes.ContainsKey(one.Key)).Select(static one => $"{one.Key} has no budget; it allocates {one.Value} bytes"),
        .. measured.Where(one => bytes.TryGetValue(one.Key, out var most) && one.Value > most).Select(one => $"{one.Key} allocates {one.Value} bytes, {bytes[one.Key]} are its budget"),
        .. bytes.Keys.Where(name => !measured.ContainsKey(name)).Select(static name => $"{name} has a budget and was not measured"),
    ];
}

/// <summary>The file's form.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(SortedDictionary<string, long>), TypeInfoPropertyName = "Bytes")]
internal sealed partial class BudgetJson : JsonSerializerContext;

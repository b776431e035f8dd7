using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Benchmarks.Budget;

/// <summary>How many bytes each benchmark may allocate per operation.</summary>
internal sealed class AllocationBudget(IReadOnlyDictionary<string, long> bytes)
{
    // Milliseconds.
    private const int Shortest = 40;
    private const int Longest = 4_000;

    /// <summary>Reads a budget.</summary>
    public static AllocationBudget Load(string file) => new(JsonSerializer.Deserialize(File.ReadAllText(file), BudgetJson.Default.Bytes)!);

    /// <summary>Writes a budget: what was measured, in the order of the names.</summary>
    public static void Save(string file, IReadOnlyDictionary<string, long> measured) =>
        File.WriteAllText(file, JsonSerializer.Serialize(new SortedDictionary<string, long>(measured.ToDictionary(), StringComparer.Ordinal), BudgetJson.Default.Bytes) + "\n");

    /// <summary>
    /// Measures, and what is over its budget again and longer: what the run itself allocates is much for the few operations that a busy
    /// machine has time for, and nothing for many; what an operation allocates stays.
    /// </summary>
    /// <param name="measure">Runs the benchmarks of these names, or all, for so many milliseconds each.</param>
    public IReadOnlyDictionary<string, long> Measure(Func<int, IReadOnlyCollection<string>?, IReadOnlyDictionary<string, long>> measure)
    {
        var measured = measure(Shortest, null).ToDictionary();
        for (var milliseconds = Shortest * 10; milliseconds <= Longest && Over(measured) is { Length: > 0 } over; milliseconds *= 10)
        {
            foreach (var (name, again) in measure(milliseconds, over))
            {
                measured[name] = Math.Min(measured[name], again);
            }
        }

        return measured;
    }

    /// <summary>One line for each that allocates more than it may, has no budget, or has one and is gone.</summary>
    public IReadOnlyList<string> Broken(IReadOnlyDictionary<string, long> measured) =>
    [
        .. measured.Where(one => !bytes.ContainsKey(one.Key)).Select(static one => $"{one.Key} has no budget; it allocates {one.Value} bytes"),
        .. measured.Where(one => bytes.TryGetValue(one.Key, out var most) && one.Value > most).Select(one => $"{one.Key} allocates {one.Value} bytes, {bytes[one.Key]} are its budget"),
        .. bytes.Keys.Where(name => !measured.ContainsKey(name)).Select(static name => $"{name} has a budget and was not measured"),
    ];

    private string[] Over(IReadOnlyDictionary<string, long> measured) =>
        [.. measured.Where(one => bytes.TryGetValue(one.Key, out var most) && one.Value > most).Select(static one => one.Key)];
}

/// <summary>The file's form.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(SortedDictionary<string, long>), TypeInfoPropertyName = "Bytes")]
internal sealed partial class BudgetJson : JsonSerializerContext;

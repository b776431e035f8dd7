using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Benchmarks.Results;

/// <summary>Results as files.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LoadResult), TypeInfoPropertyName = "Run")]
internal sealed partial class ResultJson : JsonSerializerContext
{
    /// <summary>Writes a file.</summary>
    public static void Save(LoadResult result, string file) => File.WriteAllText(file, JsonSerializer.Serialize(result, Default.Run) + "\n");

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no result, or of another form.</exception>
    public static LoadResult Load(string file)
    {
        try
        {
            var result = JsonSerializer.Deserialize(File.ReadAllText(file), Default.Run);
            return result is { Form: LoadResult.CurrentForm } ? result : throw new InvalidDataException($"{file} is of another form");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file} is no result of a load run: {exception.Message}", exception);
        }
    }
}

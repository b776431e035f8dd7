using System.Text;
using System.Text.Json;

namespace Gateway.Host.Service;

/// <summary>One thing that is done to make a service, or to undo it.</summary>
/// <param name="Verb"><c>write</c>, <c>rm</c> or <c>systemctl</c>.</param>
/// <param name="What">A file, or the arguments.</param>
internal sealed record ServiceStep(string Verb, string What)
{
    /// <summary>What would be written; null where it is written.</summary>
    public string? Text { get; init; }

    /// <summary>For people.</summary>
    public override string ToString() => Text is null ? $"{Verb} {What}" : $"{Verb} {What}\n{Text}";

    /// <summary>Steps for programs.</summary>
    public static string Json(IEnumerable<ServiceStep> steps)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (var step in steps)
            {
                writer.WriteStartObject();
                writer.WriteString("do"u8, step.Verb);
                writer.WriteString("what"u8, step.What);
                if (step.Text is not null)
                {
                    writer.WriteString("text"u8, step.Text);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}

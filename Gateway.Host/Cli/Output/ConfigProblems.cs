using System.Text.Json;
using Gateway.Core.Configuration;

namespace Gateway.Host.Cli.Output;

/// <summary>What is wrong with a configuration, for people and for programs.</summary>
internal static class ConfigProblems
{
    /// <summary>One line each.</summary>
    public static void Print(Surroundings around, ConfigResult result)
    {
        foreach (var error in result.Errors)
        {
            around.Remark(error.ToString());
        }
    }

    /// <summary>The member <c>errors</c> of an object that is open.</summary>
    public static void Write(Utf8JsonWriter json, ConfigResult result)
    {
        json.WriteStartArray("errors"u8);
        foreach (var error in result.Errors)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, error.Path);
            json.WriteString("found"u8, error.Found);
            json.WriteString("expected"u8, error.Expected);
            json.WriteString("file"u8, error.File);
            json.WriteNumber("line"u8, error.Line);
            json.WriteNumber("column"u8, error.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

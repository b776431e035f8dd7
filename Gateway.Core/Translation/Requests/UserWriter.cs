using System.Security.Cryptography;

namespace Gateway.Core.Translation.Requests;

/// <summary>Tells a provider which requests come from one user, without telling who: an id of more than 64 characters, such
/// as Claude Code's with its device and account, becomes its SHA-256.</summary>
internal static class UserWriter
{
    private const int LongestId = 64;

    /// <summary>Writes <c>user</c> and the key under which the provider keeps the prompt's prefix.</summary>
    public static void Write(TranslationContext context)
    {
        var id = context.Tape.Text(context.Tape.Find(context.Tape.Find(JsonTape.Root, "metadata"u8), "user_id"u8));
        if (id.IsEmpty || !context.Profile.UserField)
        {
            return;
        }

        Span<byte> hex = stackalloc byte[2 * SHA256.HashSizeInBytes];
        scoped ReadOnlySpan<byte> value = id;
        if (id.Length > LongestId)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(id, hash);
            Convert.TryToHexStringLower(hash, hex, out _);
            value = hex;
        }

        Write(context.Output, "user"u8, value);
        if (context.Profile.PromptCacheKey)
        {
            Write(context.Output, "prompt_cache_key"u8, value);
        }
    }

    private static void Write(JsonOutput output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        output.Name(name);
        output.BeginText();
        output.Escape(value);
        output.EndText();
    }
}

using System.Text;
using Microsoft.ML.Tokenizers;

namespace Gateway.Core.Translation.Requests;

/// <summary>Counts tokens of text by the vocabulary o200k. Thread-safe.</summary>
/// <remarks>No provider's own vocabulary, yet of one kind with theirs: what is left of a difference is a ratio, and learned.</remarks>
public sealed class Tokenizer
{
    // The merging of pairs takes quadratic time in what has no break: a piece bounds it. A cut through a word only counts high.
    private const int MostBytesOfAPiece = 512;

    private static readonly Lazy<Tokenizer> Loaded = new(static () => new Tokenizer());

    private readonly TiktokenTokenizer _vocabulary = TiktokenTokenizer.CreateForEncoding("o200k_base");

    private Tokenizer()
    {
    }

    /// <summary>The one of the process. The first to ask loads it: 40 MB of memory and some 200 ms.</summary>
    public static Tokenizer Shared => Loaded.Value;

    /// <summary>Counts UTF-8 text, in time linear in its length.</summary>
    public long Count(ReadOnlySpan<byte> text)
    {
        Span<char> letters = stackalloc char[MostBytesOfAPiece];
        var tokens = 0L;
        while (!text.IsEmpty)
        {
            var piece = text[..EndOfPiece(text)];
            tokens += _vocabulary.CountTokens(letters[..Encoding.UTF8.GetChars(piece, letters)]);
            text = text[piece.Length..];
        }

        return tokens;
    }

    // Before white space where there is some, as the vocabulary's words begin with theirs; never inside a character.
    private static int EndOfPiece(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MostBytesOfAPiece)
        {
            return text.Length;
        }

        var end = text[..MostBytesOfAPiece].LastIndexOfAny((byte)' ', (byte)'\n');
        if (end > 0)
        {
            return end;
        }

        end = MostBytesOfAPiece;
        while (end > MostBytesOfAPiece - 4 && (text[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return end;
    }
}

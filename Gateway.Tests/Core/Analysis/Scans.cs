using System.Text;
using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

/// <summary>Scans a text in one piece, or cut.</summary>
internal static class Scans
{
    public static RequestScanner Of(string text, int pieceBytes = int.MaxValue) => Of(Encoding.UTF8.GetBytes(text), pieceBytes);

    public static RequestScanner Of(byte[] bytes, int pieceBytes = int.MaxValue)
    {
        var scanner = new RequestScanner();
        scanner.Reset();
        for (var at = 0; at < bytes.Length; at += pieceBytes)
        {
            _ = scanner.Feed(bytes.AsSpan(at, Math.Min(pieceBytes, bytes.Length - at)));
            if (pieceBytes == int.MaxValue)
            {
                break;
            }
        }

        _ = scanner.Complete();
        return scanner;
    }

    /// <summary>Everything that was found, in one line that can be compared.</summary>
    public static string Describe(RequestScanner scanner)
    {
        var found = scanner.Result;
        return $"{scanner.Error}@{scanner.ErrorOffset} {Encoding.UTF8.GetString(found.Model)} {found.ModelShape} {found.ModelOffset}+{found.ModelLength} {found.IsModelRepeated} "
            + $"{found.MessagesShape} {found.Messages} {found.SystemShape} {found.MaxTokensShape} {found.MaxTokens} {found.StreamShape} {found.Thinking} {found.ThinkingBudget} "
            + $"{found.Tools} {found.ServerTools} {found.HasToolChoice} {found.WantsJson} {found.Images} {found.Documents} {found.Bytes}";
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Gateway.Core.Translation;

/// <summary>What a provider wants back of its reasoning, carried by the client in <c>thinking.signature</c>:
/// <c>gw1.</c> and the base64url of a JSON object that starts with the provider's name.</summary>
public static class ReasoningSignature
{
    private static ReadOnlySpan<byte> Prefix => "gw1."u8;

    /// <summary>Tells whether a gateway wrote this signature, for whichever provider.</summary>
    public static bool IsOurs(ReadOnlySpan<byte> signature) => signature.StartsWith(Prefix);

    /// <summary>Packs members of a JSON object (<c>"a":1,"b":2</c>, may be empty) under a provider's name.</summary>
    public static void Pack(ReadOnlySpan<byte> providerName, ReadOnlySpan<byte> detailsJsonObjectMembers, IBufferWriter<byte> output)
    {
        var name = JsonEncodedText.Encode(providerName);
        var length = Opening.Length + name.EncodedUtf8Bytes.Length + detailsJsonObjectMembers.Length + 3;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var at = Append(rented, 0, Opening);
            at = Append(rented, at, name.EncodedUtf8Bytes);
            at = Append(rented, at, detailsJsonObjectMembers.IsEmpty ? "\""u8 : "\","u8);
            at = Append(rented, at, detailsJsonObjectMembers);
            at = Append(rented, at, "}"u8);
            output.Write(Prefix);
            var encoded = Base64Url.GetEncodedLength(at);
            Base64Url.EncodeToUtf8(rented.AsSpan(0, at), output.GetSpan(encoded), out _, out _);
            output.Advance(encoded);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Writes the JSON object of a signature packed for this provider; false, and nothing written, for any other.</summary>
    public static bool TryUnpack(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> providerName, IBufferWriter<byte> json)
    {
        if (!IsOurs(signature))
        {
            return false;
        }

        var encoded = signature[Prefix.Length..];
        var rented = ArrayPool<byte>.Shared.Rent(encoded.Length + 1);
        try
        {
            var status = Base64Url.DecodeFromUtf8(encoded, rented, out _, out var written);
            var unpacked = rented.AsSpan(0, written);
            if (status != OperationStatus.Done || !IsFor(unpacked, providerName))
            {
                return false;
            }

            json.Write(unpacked);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static ReadOnlySpan<byte> Opening => "{\"provider\":\""u8;

    private static int Append(byte[] target, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target.AsSpan(at));
        return at + bytes.Length;
    }

    // The client may have sent anything: the whole object is read, so that who splices parts of it splices JSON.
    private static bool IsFor(ReadOnlySpan<byte> json, ReadOnlySpan<byte> providerName)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var ours = reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("provider"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(providerName);
            while (ours && reader.Read())
            {
            }

            return ours;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Core.Telemetry;

namespace Gateway.Host.Capture;

/// <summary>A captured exchange as a line of JSON: sizes, shapes and times, and what was said only where that was asked for. Not thread-safe.</summary>
internal sealed class CaptureLine : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>A line with nothing on it.</summary>
    public CaptureLine() => _json = new Utf8JsonWriter(_line);

    /// <summary>Writes the line, its line feed included; valid until the next.</summary>
    /// <param name="record">The exchange.</param>
    /// <param name="trail">Its answer.</param>
    /// <param name="endedAt">When it ended.</param>
    public ReadOnlySpan<byte> Write(in ExchangeRecord record, AnswerTrail trail, DateTimeOffset endedAt)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("at_us"u8, MicrosecondsOf(endedAt) - Math.Max(0, record.TotalMicroseconds));
        _json.WriteNumber("status"u8, record.Status);
        _json.WriteBoolean("stream"u8, trail.IsStreaming);
        _json.WriteNumber("messages"u8, trail.Messages);
        _json.WriteNumber("tools"u8, trail.Tools);
        _json.WriteNumber("request_bytes"u8, record.BytesIn);
        _json.WriteNumber("answer_bytes"u8, record.BytesOut);
        _json.WriteNumber("attempts"u8, record.Attempts);
        _json.WriteNumber("events"u8, record.Events);
        _json.WriteNumber("total_us"u8, record.TotalMicroseconds);
        WritePieces(trail);
        WriteBody("request"u8, trail.Request);
        WriteBody("answer"u8, trail.Answer);
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
        return _line.WrittenSpan;
    }

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();

    private static long MicrosecondsOf(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    // By turns: the gap before a piece, and its bytes.
    private void WritePieces(AnswerTrail trail)
    {
        _json.WriteStartArray("pieces"u8);
        foreach (var piece in trail.Pieces)
        {
            _json.WriteNumberValue(piece.GapMicroseconds);
            _json.WriteNumberValue(piece.Bytes);
        }

        _json.WriteEndArray();
        if (trail.Beyond > 0)
        {
            _json.WriteNumber("pieces_beyond"u8, trail.Beyond);
        }
    }

    // Through a string: what is no UTF-8, or was cut inside a character, must not break the line.
    private void WriteBody(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        if (!body.IsEmpty)
        {
            _json.WriteString(name, Encoding.UTF8.GetString(body));
        }
    }
}

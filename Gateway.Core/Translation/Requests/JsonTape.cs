using System.Buffers;
using System.Text.Json;

namespace Gateway.Core.Translation.Requests;

/// <summary>What a node of the tape is.</summary>
internal enum TapeKind : byte
{
    /// <summary>There is no such node.</summary>
    None,

    /// <summary>An object: name and value by turns.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A name of a member; its value is the next node.</summary>
    Name,

    /// <summary>A string.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True.</summary>
    True,

    /// <summary>False.</summary>
    False,

    /// <summary>Null.</summary>
    Null,
}

/// <summary>A JSON body as one row of nodes in document order, without an object per node: each knows its bytes and where
/// the row goes on behind it. A node is an index; -1 is none, and every question about it has an answer.</summary>
internal sealed class JsonTape
{
    /// <summary>Deepest nesting; what the gateway's scanner lets pass is not deeper.</summary>
    public const int MaxDepth = 512;

    /// <summary>No node.</summary>
    public const int None = -1;

    /// <summary>The body's own object.</summary>
    public const int Root = 0;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    private readonly int[] _open = new int[MaxDepth + 1];
    private byte[] _body = [];
    private Node[] _nodes = [];
    private byte[] _unescaped = [];
    private int _count;

    private struct Node
    {
        public int Start;
        public int Length;
        public int Next;
        public TapeKind Kind;
        public bool IsEscaped;
    }

    /// <summary>Reads a body; false if it isn't one JSON object.</summary>
    public bool TryRead(in ReadOnlySequence<byte> body)
    {
        Release();
        var length = checked((int)body.Length);
        _body = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        body.CopyTo(_body);
        _nodes = ArrayPool<Node>.Shared.Rent(Math.Max(length / 16, 256));
        var start = _body.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            ReadNodes(start, length);
            return Kind(Root) == TapeKind.Object;
        }
        catch (JsonException)
        {
            _count = 0;
            return false;
        }
    }

    /// <summary>What the node is.</summary>
    public TapeKind Kind(int node) => (uint)node < (uint)_count ? _nodes[node].Kind : TapeKind.None;

    /// <summary>The node behind this one and all it holds.</summary>
    public int Next(int node) => _nodes[node].Next;

    /// <summary>Its bytes: of a string or name what stands between the quotes, as escaped as it came.</summary>
    public ReadOnlySpan<byte> Raw(int node) =>
        (uint)node < (uint)_count ? _body.AsSpan(_nodes[node].Start, _nodes[node].Length) : default;

    /// <summary>Its bytes as a JSON value, a string with its quotes.</summary>
    public ReadOnlySpan<byte> RawValue(int node) => Kind(node) is TapeKind.String or TapeKind.Name
        ? _body.AsSpan(_nodes[node].Start - 1, _nodes[node].Length + 2)
        : Raw(node);

    /// <summary>A string as escaped as it came, fit for a part of another; empty for anything else.</summary>
    public ReadOnlySpan<byte> Escaped(int node) => Kind(node) == TapeKind.String ? Raw(node) : default;

    /// <summary>A string without escapes, UTF-8; empty for anything else. Valid until asked again.</summary>
    public ReadOnlySpan<byte> Text(int node) => Kind(node) is not (TapeKind.String or TapeKind.Name) ? default
        : _nodes[node].IsEscaped ? Unescape(node)
        : Raw(node);

    /// <summary>Whether the node is this string.</summary>
    public bool Is(int node, ReadOnlySpan<byte> text) => Kind(node) == TapeKind.String && Text(node).SequenceEqual(text);

    /// <summary>The value of an object's member; of two with one name the last, as everywhere in JSON.</summary>
    public int Find(int node, ReadOnlySpan<byte> name)
    {
        var found = None;
        if (Kind(node) == TapeKind.Object)
        {
            for (var member = node + 1; member < Next(node); member = Next(member + 1))
            {
                if (Text(member).SequenceEqual(name))
                {
                    found = member + 1;
                }
            }
        }

        return found;
    }

    /// <summary>The first node inside; together with <see cref="Next"/> and <see cref="End"/> a walk over the elements.</summary>
    public static int First(int node) => node + 1;

    /// <summary>Where the walk over an array's elements ends; for what is no array it ends before it starts.</summary>
    public int End(int node) => Kind(node) == TapeKind.Array ? Next(node) : node + 1;

    /// <summary>Where the walk over an object's members (<c>member = Next(member + 1)</c>) ends.</summary>
    public int EndOfMembers(int node) => Kind(node) == TapeKind.Object ? Next(node) : node + 1;

    /// <summary>A string with at least one byte.</summary>
    public bool HasText(int node) => Kind(node) == TapeKind.String && _nodes[node].Length > 0;

    /// <summary>Gives the buffers back.</summary>
    public void Release()
    {
        _count = 0;
        Return(ref _body);
        Return(ref _nodes);
        Return(ref _unescaped);
    }

    private static void Return<T>(ref T[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
            array = [];
        }
    }

    private void ReadNodes(int start, int length)
    {
        var reader = new Utf8JsonReader(_body.AsSpan(start, length - start), ReaderOptions);
        var depth = 0;
        while (reader.Read())
        {
            var at = start + (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _open[depth++] = _count;
                    Add(reader.TokenType == JsonTokenType.StartObject ? TapeKind.Object : TapeKind.Array, at, 0, false);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    ref var opened = ref _nodes[_open[--depth]];
                    opened.Length = at + 1 - opened.Start;
                    opened.Next = _count;
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    var kind = reader.TokenType == JsonTokenType.String ? TapeKind.String : TapeKind.Name;
                    Add(kind, at + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
                    break;
                default:
                    Add(KindOf(reader.TokenType), at, reader.ValueSpan.Length, false);
                    break;
            }
        }
    }

    private static TapeKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.Number => TapeKind.Number,
        JsonTokenType.True => TapeKind.True,
        JsonTokenType.False => TapeKind.False,
        _ => TapeKind.Null,
    };

    private void Add(TapeKind kind, int start, int length, bool isEscaped)
    {
        if (_count == _nodes.Length)
        {
            var larger = ArrayPool<Node>.Shared.Rent(_count * 2);
            _nodes.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<Node>.Shared.Return(_nodes);
            _nodes = larger;
        }

        _nodes[_count] = new Node { Start = start, Length = length, Next = _count + 1, Kind = kind, IsEscaped = isEscaped };
        _count++;
    }

    private ReadOnlySpan<byte> Unescape(int node)
    {
        var value = RawValue(node);
        if (_unescaped.Length < value.Length)
        {
            Return(ref _unescaped);
            _unescaped = ArrayPool<byte>.Shared.Rent(value.Length);
        }

        try
        {
            var reader = new Utf8JsonReader(value);
            reader.Read();
            return _unescaped.AsSpan(0, reader.CopyString(_unescaped));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair has no UTF-8; the client may send it, and it is text all the same.
            return Raw(node);
        }
    }
}

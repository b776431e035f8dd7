using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Gateway.Host.Cli;
using Gateway.Http.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.EndToEnd;

/// <summary>Traffic is recorded as sizes and times, and what was said only where somebody asked for it.</summary>
[TestFixture(TransportKind.Epoll), TestFixture(TransportKind.Sockets)]
internal sealed class CaptureTests(TransportKind kind)
{
    private const string Secret = "what only the two of us know";

    private static readonly string[] Answer =
    [
        .. Enumerable.Range(0, 5).Select(static number =>
            "event: content_block_delta\ndata: "
            + $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{number}}}"}}""" + "\n\n"),
    ];

    private static readonly byte[] Request = Encoding.UTF8.GetBytes(
        $$$"""{"model":"claude-x","max_tokens":100,"stream":true,"tools":[{"name":"t","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"{{{Secret}}}"}]}""");

    private DirectoryInfo _directory = null!;

    private string CaptureFile => Path.Combine(_directory.FullName, "traffic.jsonl");

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("gateway-capture");

    [TearDown]
    public void RemoveDirectory() => _directory.Delete(recursive: true);

    [Test]
    public async Task A_line_tells_sizes_and_times_and_nothing_of_what_was_said()
    {
        await CaptureAsync("");

        var text = await File.ReadAllTextAsync(CaptureFile);
        using var line = JsonDocument.Parse(text);
        var root = line.RootElement;
        var pieces = root.GetProperty("pieces").EnumerateArray().Select(static value => value.GetInt64()).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Not.Contain(Secret).And.Not.Contain("claude-x").And.Not.Contain("text_delta").And.Not.Contain("user"));
            Assert.That((root.GetProperty("status").GetInt32(), root.GetProperty("stream").GetBoolean()), Is.EqualTo((200, true)));
            Assert.That((root.GetProperty("messages").GetInt32(), root.GetProperty("tools").GetInt32()), Is.EqualTo((1, 1)));
            Assert.That((root.GetProperty("request_bytes").GetInt64(), root.GetProperty("answer_bytes").GetInt64()), Is.EqualTo((Request.Length, string.Concat(Answer).Length)));
            Assert.That(pieces, Has.Length.GreaterThanOrEqualTo(Answer.Length * 2));
            Assert.That(pieces.Where(static (_, i) => i % 2 == 1).Sum(), Is.EqualTo(string.Concat(Answer).Length));
            Assert.That(pieces.Where(static (_, i) => i % 2 == 0).Sum(), Is.InRange(1, root.GetProperty("total_us").GetInt64()));
        });
    }

    [Test]
    public async Task What_was_said_is_kept_where_that_is_asked_for()
    {
        await CaptureAsync(", \"bodies\": true");

        using var line = JsonDocument.Parse(await File.ReadAllTextAsync(CaptureFile));
        Assert.That(
            (line.RootElement.GetProperty("request").GetString(), line.RootElement.GetProperty("answer").GetString()),
            Is.EqualTo((Encoding.UTF8.GetString(Request), string.Concat(Answer))));
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public async Task Only_its_owner_can_read_it()
    {
        await CaptureAsync("");

        Assert.That(File.GetUnixFileMode(CaptureFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_file_that_cannot_be_made_stops_the_start_by_the_name_of_its_field()
    {
        await using var gateway = GatewayProcess.Start(
            $$"""{ "claude_gateway": { "capture": { "file": "{{_directory.FullName}}/no/such/folder.jsonl" } } }""");

        Assert.That(await gateway.LineAsync("$.claude_gateway.capture.file"), Does.Contain("expected a file that can be written"));
        Assert.That(await gateway.ExitAsync(), Is.EqualTo(ExitCodes.Configuration));
    }

    // Each piece is read before the next is sent: none can leave together with another.
    private async Task CaptureAsync(string members)
    {
        using var isRead = new SemaphoreSlim(0);
        await using var provider = new ScriptedProvider
        {
            Otherwise = async exchange =>
            {
                await exchange.BeginStreamAsync();
                foreach (var piece in Answer)
                {
                    await exchange.SendChunkAsync(piece);
                    await isRead.WaitAsync().Soon();
                }

                await exchange.EndChunksAsync();
            },
        };
        var config = $$"""
            { "claude_gateway": { "capture": { "file": "{{CaptureFile}}"{{members}} } }, "default_provider": "p",
              "providers": { "p": { "base_url": "{{provider.Url}}", "auth": "none" } } }
            """;
        await using var gateway = new TestGateway(kind, config);
        using var client = await gateway.ConnectAsync();
        client.WhenBodyBytes(Answer[0].Length, Next);
        _ = await client.PostAsync(Request);

        void Next()
        {
            isRead.Release();
            client.WhenBodyBytes(Answer[0].Length, Next);
        }
    }
}

using Gateway.Benchmarks.Processes;

namespace Gateway.Tests.Benchmarks.Processes;

/// <summary>Stacks as <c>perf script</c> writes them: each case is the area that one sample counts for.</summary>
internal sealed class StackReaderTests
{
    [TestCase("Gateway.Http/Wire", "7f01 Gateway_Http_Gateway_Http_Wire_HeaderTable__Add (/opt/claude-gateway)")]
    [TestCase("Gateway.Core/Telemetry", "7f01 S_P_CoreLib_System_SpanHelpers__Memmove (/opt/claude-gateway)", "7f02 Gateway_Core_Gateway_Core_Telemetry_LogLine__Append (/opt/claude-gateway)", "7f03 Gateway_Http_Gateway_Http_Proxying_ExchangeFinish__End (/opt/claude-gateway)")]
    [TestCase("Gateway.Host/Logging", "7f01 __memmove_avx (/usr/lib/libc.so.6)", "7f02 claude_gateway_Gateway_Host_Logging_LineLane__TryAdd (/opt/claude-gateway)")]
    [TestCase("Gateway.Http/Server", "7ffe01 __vdso_clock_gettime ([vdso])", "7f02 Gateway_Http_Gateway_Http_Server_Exchange__Begin (/opt/claude-gateway)")]
    [TestCase("libcrypto", "7f01 aesni_gcm_encrypt (/usr/lib/libcrypto.so.3)", "7f02 Gateway_Http_Gateway_Http_Sockets_TlsConnection__SendAsync (/opt/claude-gateway)")]
    [TestCase("claude-gateway", "7f01 RhpNewFast (/opt/claude-gateway)")]
    [TestCase("nginx", "55d0 ngx_http_parse_header_line (/usr/sbin/nginx)", "55d1 [unknown] (/usr/sbin/nginx)")]
    public void The_programs_own_time_counts_for_the_part_that_asked_for_it(string area, params string[] frames) => Assert.That(AreaOf(frames), Is.EqualTo(area));

    [TestCase("kernel: sendmsg", "ffffffff81b69d34 _copy_from_iter ([kernel.kallsyms])", "ffffffff81e2f4fb __sys_sendmsg ([kernel.kallsyms])", "ffffffff821ecc51 do_syscall_64 ([kernel.kallsyms])")]
    [TestCase("kernel: recvfrom", "ffffffff81b69d34 tcp_recvmsg ([kernel.kallsyms])", "ffffffff81e2f4fb __sys_recvfrom ([kernel.kallsyms])", "ffffffff81e2f4fc __x64_sys_recvfrom ([kernel.kallsyms])")]
    [TestCase("kernel: readv", "ffffffff81b69d34 vfs_readv ([kernel.kallsyms])", "ffffffff81e2f4fb do_readv ([kernel.kallsyms])", "7f02 Gateway_Http_Gateway_Http_Sockets_SocketCalls__Receive (/opt/claude-gateway)")]
    [TestCase("kernel: epoll_pwait", "ffff800080010000 ep_poll ([kernel.kallsyms])", "ffff800080010001 __arm64_sys_epoll_pwait ([kernel.kallsyms])")]
    [TestCase("kernel: switching to others", "ffffffff81b69d34 __schedule ([kernel.kallsyms])", "ffffffff81b69d35 exit_to_user_mode_loop ([kernel.kallsyms])", "ffffffff821ecc51 do_syscall_64 ([kernel.kallsyms])")]
    [TestCase("kernel: entering calls", "ffffffff821ecc51 do_syscall_64 ([kernel.kallsyms])", "ffffffff81000130 entry_SYSCALL_64_after_hwframe ([kernel.kallsyms])")]
    [TestCase("kernel: interrupts", "ffffffff81b69d34 handle_softirqs ([kernel.kallsyms])", "ffffffff81000e06 asm_sysvec_apic_timer_interrupt ([kernel.kallsyms])")]
    public void The_kernels_time_counts_for_the_call_that_asked_for_it(string area, params string[] frames) => Assert.That(AreaOf(frames), Is.EqualTo(area));

    [Test]
    public void Samples_are_counted_and_the_greatest_share_comes_first()
    {
        const string Nginx = "55d0 ngx_palloc (/usr/sbin/nginx)\n";
        const string Write = "ffffffff81b69d34 vfs_writev ([kernel.kallsyms])\nffffffff81b69d35 do_writev ([kernel.kallsyms])\n";
        var shares = StackReader.Read(new StringReader($"{Nginx}\n\n\n{Write}\n{Write}\n{Write}"));
        Assert.That(shares.Select(static one => (one.Area, one.Share)), Is.EqualTo((IEnumerable<(string, double)>)[("kernel: writev", 0.75), ("nginx", 0.25)]));
    }

    [TestCase("")]
    [TestCase("perf: a line that is no frame\n\n")]
    public void Nothing_that_can_be_read_is_no_share(string script) => Assert.That(StackReader.Read(new StringReader(script)), Is.Empty);

    private static string AreaOf(string[] frames) => StackReader.Read(new StringReader(string.Join('\n', frames) + "\n\n")).Single().Area;
}

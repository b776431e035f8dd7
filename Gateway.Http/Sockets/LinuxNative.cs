using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>The system calls of the epoll reactor (Linux man-pages section 2), x86-64 and arm64.</summary>
internal static unsafe partial class LinuxNative
{
    public const int EPOLLIN = 0x001;
    public const int EPOLLOUT = 0x004;
    public const int EPOLLERR = 0x008;
    public const int EPOLLHUP = 0x010;
    public const int EPOLLRDHUP = 0x2000;
    public const uint EPOLLEXCLUSIVE = 1u << 28;
    public const uint EPOLLET = 1u << 31;

    public const int EPOLL_CTL_ADD = 1;
    public const int EPOLL_CTL_DEL = 2;

    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int EMFILE = 24;
    public const int ENFILE = 23;
    public const int ENOBUFS = 105;
    public const int ENOMEM = 12;
    public const int EINPROGRESS = 115;

    public const int MSG_NOSIGNAL = 0x4000;

    private const int EpollCloseOnExec = 0x80000;
    private const int EventFdFlags = 0x80000 | 0x800;
    private const int SocketFlags = 1 | 0x80000 | 0x800; // SOCK_STREAM, close on exec, non-blocking
    private const int AcceptFlags = 0x80000 | 0x800;

    private const int SOL_SOCKET = 1;
    private const int SO_REUSEADDR = 2;
    private const int SO_ERROR = 4;
    private const int SO_LINGER = 13;
    private const int SO_REUSEPORT = 15;
    private const int SO_ACCEPTCONN = 30;
    private const int SO_PROTOCOL = 38;
    private const int SO_DOMAIN = 39;
    private const int SO_TYPE = 3;
    private const int AF_UNIX = 1;
    private const int SOCK_STREAM = 1;
    private const int F_DUPFD = 0;
    private const int F_SETFD = 2;
    private const int F_SETFL = 4;
    private const int FD_CLOEXEC = 1;
    private const int O_APPEND = 0x400;
    private const int IPPROTO_TCP = 6;
    private const int TCP_NODELAY = 1;
    private const int TCP_NOTSENT_LOWAT = 25;

    /// <summary>errno of the last call on this thread; to be read before anything else runs.</summary>
    public static int Errno => *ErrnoLocation();

    public static int EpollCreate() => epoll_create1(EpollCloseOnExec);

    public static int EventFd() => eventfd(0, EventFdFlags);

    public static int CreateSocket(int addressFamily) => socket(addressFamily, SocketFlags, IPPROTO_TCP);

    public static int Accept(int listener) => accept4(listener, null, null, AcceptFlags);

    public static int Add(int epoll, int fd, uint events, ulong cookie)
    {
        // The kernel packs the structure on x86-64 only (uapi/linux/eventpoll.h).
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            var packed = new PackedEvent { Events = events, Cookie = cookie };
            return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &packed);
        }

        var aligned = new AlignedEvent { Events = events, Cookie = cookie };
        return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &aligned);
    }

    public static int Remove(int epoll, int fd) => epoll_ctl(epoll, EPOLL_CTL_DEL, fd, null);

    public static void SetNoDelay(int fd) => SetOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);

    /// <summary>A socket takes no more bytes while so many have not been sent; one that is no TCP socket stays as it is.</summary>
    public static void LimitUnsent(int fd, int bytes) => _ = SetOption(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, bytes);

    public static int AllowAddressReuse(int fd) => SetOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);

    public static int AllowPortSharing(int fd) => SetOption(fd, SOL_SOCKET, SO_REUSEPORT, 1);

    /// <summary>Makes the coming close a reset: the peer learns that what it got is not whole.</summary>
    public static void ResetOnClose(int fd)
    {
        var linger = stackalloc int[2] { 1, 0 };
        _ = setsockopt(fd, SOL_SOCKET, SO_LINGER, linger, 2 * sizeof(int));
    }

    /// <summary>The outcome of a connect that was in progress: 0 or an errno.</summary>
    public static int PendingError(int fd) => GetOption(fd, SO_ERROR) is var error and >= 0 ? error : Errno;

    /// <summary>True for a TCP socket that listens; false for any other file, and for none.</summary>
    public static bool IsListeningStream(int fd) =>
        GetOption(fd, SO_ACCEPTCONN) == 1 && (GetOption(fd, SO_PROTOCOL) == IPPROTO_TCP || (GetOption(fd, SO_DOMAIN) == AF_UNIX && GetOption(fd, SO_TYPE) == SOCK_STREAM));

    /// <summary>Keeps a descriptor from the programs this process starts.</summary>
    public static void CloseOnExec(int fd) => _ = fcntl(fd, F_SETFD, FD_CLOEXEC);

    /// <summary>Lets the programs this process starts have a descriptor.</summary>
    public static void KeepOnExec(int fd) => _ = fcntl(fd, F_SETFD, 0);

    /// <summary>Another descriptor of the same file, which the programs this process starts will have; negative with errno set.</summary>
    public static int DuplicateForExec(int fd) => fcntl(fd, F_DUPFD, 3);

    /// <summary>Puts each write to a file at its end.</summary>
    public static int AppendAlways(int fd) => fcntl(fd, F_SETFL, O_APPEND);

    private static int GetOption(int fd, int name)
    {
        int value;
        var length = sizeof(int);
        return getsockopt(fd, SOL_SOCKET, name, &value, &length) == 0 ? value : -1;
    }

    private static int SetOption(int fd, int level, int name, int value) => setsockopt(fd, level, name, &value, sizeof(int));

    [LibraryImport("libc", EntryPoint = "__errno_location")]
    [SuppressGCTransition]
    private static partial int* ErrnoLocation();

    [LibraryImport("libc")]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc")]
    private static partial int epoll_ctl(int epoll, int operation, int fd, void* registration);

    [LibraryImport("libc")]
    public static partial int epoll_wait(int epoll, void* events, int capacity, int timeoutMs);

    [LibraryImport("libc")]
    private static partial int eventfd(uint value, int flags);

    [LibraryImport("libc")]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc")]
    public static partial int bind(int fd, byte* address, int length);

    [LibraryImport("libc")]
    public static partial int listen(int fd, int backlog);

    [LibraryImport("libc")]
    public static partial int connect(int fd, byte* address, int length);

    [LibraryImport("libc")]
    private static partial int accept4(int fd, void* address, void* length, int flags);

    [LibraryImport("libc")]
    public static partial int getsockname(int fd, byte* address, int* length);

    [LibraryImport("libc")]
    public static partial int getpeername(int fd, byte* address, int* length);

    [LibraryImport("libc")]
    private static partial int setsockopt(int fd, int level, int name, void* value, int length);

    [LibraryImport("libc")]
    private static partial int getsockopt(int fd, int level, int name, void* value, int* length);

    // Variadic in C, but these commands take one int, which both architectures pass like any other argument.
    [LibraryImport("libc")]
    private static partial int fcntl(int fd, int command, int argument);

    [LibraryImport("libc")]
    public static partial int madvise(void* address, nint length, int advice);

    [LibraryImport("libc")]
    public static partial nint recv(int fd, byte* buffer, nint length, int flags);

    [LibraryImport("libc")]
    public static partial nint readv(int fd, IoVector* vectors, int count);

    [LibraryImport("libc")]
    public static partial nint send(int fd, byte* buffer, nint length, int flags);

    [LibraryImport("libc")]
    public static partial nint sendmsg(int fd, MessageHeader* message, int flags);

    [LibraryImport("libc")]
    public static partial int shutdown(int fd, int how);

    [LibraryImport("libc")]
    public static partial int close(int fd);

    [LibraryImport("libc")]
    public static partial nint read(int fd, void* buffer, nint length);

    [LibraryImport("libc")]
    public static partial nint write(int fd, void* buffer, nint length);

    /// <summary>struct epoll_event on x86-64.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    public struct PackedEvent
    {
        public uint Events;
        public ulong Cookie;
    }

    /// <summary>struct epoll_event elsewhere.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct AlignedEvent
    {
        public uint Events;
        public ulong Cookie;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public byte* Start;
        public nint Length;
    }

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nint VectorCount;
        public void* Control;
        public nint ControlLength;
        public int Flags;
    }
}

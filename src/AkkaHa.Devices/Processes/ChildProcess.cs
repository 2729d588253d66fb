using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AkkaHa.Devices.Processes;

/// <summary>Where a child's input comes from and its output goes.</summary>
public abstract record ChildStream
{
    /// <summary>Nowhere: <c>/dev/null</c>.</summary>
    public static ChildStream Null { get; } = new ToFile("/dev/null", false);

    /// <summary>A pipe to this process.</summary>
    public static ChildStream Pipe { get; } = new ToPipe();

    /// <summary>Where this process's own goes.</summary>
    public static ChildStream Inherit { get; } = new Inherited();

    /// <summary>Appended to a file.</summary>
    public static ChildStream AppendTo(string path) => new ToFile(path, true);

    internal sealed record ToFile(string Path, bool Append) : ChildStream;

    internal sealed record ToPipe : ChildStream;

    internal sealed record Inherited : ChildStream;
}

/// <summary>How a child is started.</summary>
/// <param name="Program">Program name or path.</param>
/// <param name="Arguments">Its arguments; everybody on the machine can read them, so never a secret.</param>
public sealed record ChildOptions(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables to set, or to remove if null, on top of this process's environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where it runs; this process's own directory if null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Its standard input.</summary>
    public ChildStream Input { get; init; } = ChildStream.Null;

    /// <summary>Its standard output.</summary>
    public ChildStream Output { get; init; } = ChildStream.Null;

    /// <summary>Its standard error.</summary>
    public ChildStream Error { get; init; } = ChildStream.Null;
}

/// <summary>
/// A child process in a session of its own: no terminal's signal reaches it, it outlives this process, and everything it starts can be
/// found again by the session.
/// </summary>
public sealed class ChildProcess : IDisposable
{
    private ChildProcess(WatchedProcess process, Stream? input, Stream? output, Stream? error)
    {
        Process = process;
        Input = input;
        Output = output;
        Error = error;
    }

    /// <summary>The process, to watch and to kill.</summary>
    public WatchedProcess Process { get; }

    /// <summary>Writes to its standard input, if that is a pipe.</summary>
    public Stream? Input { get; }

    /// <summary>Reads its standard output, if that is a pipe.</summary>
    public Stream? Output { get; }

    /// <summary>Reads its standard error, if that is a pipe.</summary>
    public Stream? Error { get; }

    /// <summary>Starts a child.</summary>
    /// <exception cref="ToolMissingException">The program is not installed.</exception>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static ChildProcess Start(ChildOptions options)
    {
        var path = ToolPath.Require(options.Program);
        using var input = Wire.Of(options.Input, childReads: true);
        using var output = Wire.Of(options.Output, childReads: false);
        using var error = Wire.Of(options.Error, childReads: false);
        var pid = Spawn(path, options, input, output, error);
        var watched = WatchedProcess.OfChild(pid);
        return new ChildProcess(watched, input.TakeOurs(), output.TakeOurs(), error.TakeOurs());
    }

    /// <summary>Kills the child with everything it started.</summary>
    public void KillTree()
    {
        ProcessTree.Kill(Process.Id);
        Process.Kill();
    }

    /// <summary>Closes the pipes; the child lives on.</summary>
    public void Dispose()
    {
        Input?.Dispose();
        Output?.Dispose();
        Error?.Dispose();
    }

    private static unsafe int Spawn(string path, ChildOptions options, Wire input, Wire output, Wire error)
    {
        // Larger than posix_spawnattr_t, posix_spawn_file_actions_t and sigset_t of any C library for Linux.
        const int OpaqueSize = 1024;
        var attributes = stackalloc byte[OpaqueSize];
        var actions = stackalloc byte[OpaqueSize];
        var signals = stackalloc byte[OpaqueSize];

        var arguments = new NativeStrings([path, .. options.Arguments]);
        var environment = new NativeStrings(EnvironmentOf(options));
        LibC.SpawnAttributesInit(attributes);
        LibC.FileActionsInit(actions);
        try
        {
            LibC.SpawnAttributesSetFlags(attributes, LibC.SpawnSetSession | LibC.SpawnSetSigMask | LibC.SpawnSetSigDefault);
            LibC.SigEmptySet(signals);
            LibC.SpawnAttributesSetSigMask(attributes, signals);
            // An ignored signal stays ignored across exec, and .NET ignores SIGPIPE: tools expect to die of it.
            foreach (var signal in (ReadOnlySpan<int>)[2, 3, 13, 15, 17])
                LibC.SigAddSet(signals, signal);
            LibC.SpawnAttributesSetSigDefault(attributes, signals);
            input.Connect(actions, 0);
            output.Connect(actions, 1);
            error.Connect(actions, 2);
            if (options.WorkingDirectory is { } directory)
                LibC.FileActionsAddChdir(actions, directory);
            var errno = LibC.PosixSpawn(out var pid, path, actions, attributes, arguments.Pointer, environment.Pointer);
            return errno == 0 ? pid : throw new Win32Exception(errno, $"'{path}' could not be started: {LibC.Describe(errno)}");
        }
        finally
        {
            LibC.FileActionsDestroy(actions);
            LibC.SpawnAttributesDestroy(attributes);
            arguments.Free();
            environment.Free();
        }
    }

    private static List<string> EnvironmentOf(ChildOptions options)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        variables["PATH"] = ToolPath.SearchPath;
        foreach (var (name, value) in options.Environment)
        {
            if (value is null)
                variables.Remove(name);
            else
                variables[name] = value;
        }
        return [.. variables.Select(variable => $"{variable.Key}={variable.Value}")];
    }

    /// <summary>One of the three standard streams while the child is started: the child's end and ours.</summary>
    private sealed unsafe class Wire : IDisposable
    {
        private readonly ChildStream _kind;
        private readonly bool _childReads;
        private int _theirs = -1;
        private int _ours = -1;

        private Wire(ChildStream kind, bool childReads)
        {
            _kind = kind;
            _childReads = childReads;
        }

        public static Wire Of(ChildStream kind, bool childReads)
        {
            var wire = new Wire(kind, childReads);
            if (kind is ChildStream.ToPipe)
            {
                var ends = stackalloc int[2];
                if (LibC.Pipe2(ends, LibC.OCloseOnExec) != 0)
                    throw new Win32Exception(Marshal.GetLastPInvokeError(), "The kernel refused a pipe");
                (wire._theirs, wire._ours) = childReads ? (ends[0], ends[1]) : (ends[1], ends[0]);
            }
            return wire;
        }

        public void Connect(byte* actions, int descriptor)
        {
            switch (_kind)
            {
                case ChildStream.ToPipe:
                    LibC.FileActionsAddDup2(actions, _theirs, descriptor);
                    break;
                case ChildStream.ToFile file:
                    var flags = _childReads ? LibC.OReadOnly : LibC.OWriteOnly | LibC.OCreate | (file.Append ? LibC.OAppend : 0);
                    LibC.FileActionsAddOpen(actions, descriptor, file.Path, flags, 0x1A0 /* 0640 */);
                    break;
                default:
                    break;
            }
        }

        public Stream? TakeOurs()
        {
            if (_ours < 0)
                return null;
            var handle = new SafePipeHandle(_ours, ownsHandle: true);
            _ours = -1;
            return new AnonymousPipeClientStream(_childReads ? PipeDirection.Out : PipeDirection.In, handle);
        }

        public void Dispose()
        {
            if (_theirs >= 0)
                LibC.Close(_theirs);
            if (_ours >= 0)
                LibC.Close(_ours);
        }
    }

    /// <summary>A NULL-terminated array of C strings.</summary>
    private sealed unsafe class NativeStrings
    {
        private readonly int _count;

        public NativeStrings(IReadOnlyList<string> texts)
        {
            _count = texts.Count;
            Pointer = (byte**)NativeMemory.Alloc((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < texts.Count; i++)
                Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
            Pointer[texts.Count] = null;
        }

        public byte** Pointer { get; }

        public void Free()
        {
            for (var i = 0; i < _count; i++)
                Marshal.FreeCoTaskMem((nint)Pointer[i]);
            NativeMemory.Free(Pointer);
        }
    }
}

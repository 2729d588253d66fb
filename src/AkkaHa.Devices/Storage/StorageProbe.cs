using System.Globalization;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Storage;

/// <summary>
/// Writes and reads a small record on a storage, past the caches where the file system allows it, in a process of its own: a mount that
/// hangs holds that process and nothing else. While one still hangs, no further is started.
/// </summary>
public sealed class StorageProbe(StorageDefinition storage, NodeName node, IToolRunner tools, TimeProvider time) : IStorageProbe
{
    private const int RecordLength = 4096;

    // dd is on every host, starts in a millisecond, and knows O_DIRECT. Its errors name file and cause.
    private const string Script = """
        file=$1/.akkaha/probe-$2
        mkdir -p "$1/.akkaha" || exit 1
        record=$3
        write() { printf '%s' "$record" | dd of="$file" bs=4096 count=1 conv=notrunc,fsync iflag=fullblock oflag="$1" status=none; }
        flag=direct
        error=$(write $flag 2>&1) || case $error in
            *'Invalid argument'*) flag=nocache; write $flag || exit 1 ;;
            *) echo "$error" >&2; exit 1 ;;
        esac
        [ "$(dd if="$file" bs=4096 count=1 iflag=$flag status=none)" = "$record" ] || { echo "what is read back from $file is not what was written" >&2; exit 1; }
        stat -f -c '%S %b %f' "$1"
        """;

    // Block storages have no place for a record that is nobody's disk: a device is read past the caches, a folder of devices is looked at.
    private const string BlockScript = """
        if [ -d "$1" ]; then ls "$1" > /dev/null || exit 1
        else dd if="$1" of=/dev/null bs=4096 count=1 iflag=direct status=none || exit 1
        fi
        """;

    private WatchedProcess? _hanging;
    private long _count;

    /// <inheritdoc />
    public StorageDefinition Storage => storage;

    /// <inheritdoc />
    public async Task<ProbeResult> ProbeAsync(TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        if (_hanging is { HasExited: false } hanging)
            return new ProbeResult(false, TimeSpan.Zero, $"{storage.Name} ({storage.Path}): an earlier probe still hangs (process {hanging.Id}).");
        if (Mounts.Problem(storage) is { } problem)
            return new ProbeResult(false, TimeSpan.Zero, $"{storage.Name}: {problem}.");
        var started = time.GetTimestamp();
        var record = string.Create(CultureInfo.InvariantCulture, $"{node} {++_count} {started}").PadRight(RecordLength, '.');
        try
        {
            var result = await tools.RunAsync(new ToolCommand("sh", ["-c", storage.HasFiles ? Script : BlockScript, "storage-probe", storage.Path, node.Value, record], deadline), cancellationToken)
                .ConfigureAwait(false);
            _hanging = result.LeftBehind;
            if (result.TimedOut)
                return new ProbeResult(false, result.Elapsed, FormattableString.Invariant($"{storage.Name} ({storage.Path}) did not answer within {deadline.TotalSeconds:0.#} s."));
            return result.Succeeded
                ? WithSpace(new ProbeResult(true, result.Elapsed), result.Output)
                : new ProbeResult(false, result.Elapsed, $"{storage.Name} ({storage.Path}) failed: {result.LastWords}");
        }
        catch (ToolMissingException e)
        {
            return new ProbeResult(false, time.GetElapsedTime(started), $"{storage.Name}: {e.Message}");
        }
    }

    // "%S %b %f": fragment size, blocks, free blocks
    private static ProbeResult WithSpace(ProbeResult probe, string output)
    {
        var numbers = output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        return numbers is [> 0 and var size, >= 0 and var blocks, >= 0 and var free]
            ? probe with { TotalBytes = size * blocks, UsedBytes = size * (blocks - free) }
            : probe;
    }
}

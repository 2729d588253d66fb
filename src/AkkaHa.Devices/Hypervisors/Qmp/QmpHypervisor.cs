using System.Collections.Concurrent;
using System.ComponentModel;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qmp;

/// <summary>
/// Runs guests that are processes and speak QMP. Death is learnt from the kernel (pidfd), events and commands go over the guest's socket,
/// and guests of an earlier daemon are found in the process table.
/// </summary>
public abstract class QmpHypervisor : IHypervisor, IGuestControl
{
    private static readonly TimeSpan LastEventsWait = TimeSpan.FromMilliseconds(30);

    private readonly IGuestProgram _program;
    private readonly string _runDirectory;
    private readonly QmpTimeouts _timeouts;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, LiveGuest> _guests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<object, Action<GuestExit>> _watchers = new();

    private readonly GuestCgroup? _cgroup;

    private protected QmpHypervisor(IGuestProgram program, string runDirectory, QmpTimeouts timeouts, TimeProvider time, GuestCgroup? cgroup = null)
    {
        _cgroup = cgroup;
        _program = program;
        _runDirectory = Path.GetFullPath(runDirectory);
        _timeouts = timeouts;
        _time = time;
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(_runDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <inheritdoc />
    public string Kind => _program.Kind;

    /// <inheritdoc />
    public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default) =>
        _program.CapabilitiesAsync(cancellationToken);

    /// <inheritdoc />
    public Task<StartOutcome> SpawnPausedAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default) =>
        SpawnAsync(definition, token, [], cancellationToken);

    private protected Task<StartOutcome> SpawnAsync(
        VmDefinition definition, Token token, IReadOnlyList<string> furtherArguments, CancellationToken cancellationToken)
    {
        var files = FilesOf(definition.Id);
        if (files.Problem is { } problem)
            return Failed(definition, problem + ".");
        if (_program.Refusal(definition) is { } refusal)
            return Failed(definition, refusal);
        if (Find(definition.Id) is { } there)
            return AlreadyThereAsync(definition, there, cancellationToken);
        try
        {
            var logged = File.Exists(files.Log) ? new FileInfo(files.Log).Length : 0;
            // One that is left of an earlier guest would pass for an agent that is silent.
            File.Delete(files.Agent);
            var command = _program.Command(definition, files);
            using var child = ChildProcess.Start(command with
            {
                Arguments = [.. command.Arguments, .. furtherArguments],
                Output = ChildStream.AppendTo(files.Log),
                Error = ChildStream.AppendTo(files.Log),
                Environment = new Dictionary<string, string?>(command.Environment) { [GuestToken.Variable] = GuestToken.Format(token) },
            });
            // While it is paused, so that the guest never runs without; what cannot be bound is told where the guest's own words go.
            if (_cgroup?.Bound(definition, child.Process.Id) is { } unbound)
                File.AppendAllText(files.Log, unbound + "\n");
            var guest = new LiveGuest(files, definition.Uuid, child.Process, _time);
            return SpawnedAsync(definition, guest, logged, cancellationToken);
        }
        catch (Exception e) when (e is ToolMissingException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            return Failed(definition, e.Message);
        }
    }

    /// <inheritdoc />
    public async Task<StartOutcome> ContinueAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        if (Find(id) is not { } guest)
            return new StartOutcome(StartVerdict.Failed, $"{id} cannot be continued: it does not live on this node.");
        try
        {
            await guest.ExecuteAsync("cont", null, _timeouts.Command, cancellationToken).ConfigureAwait(false);
            return new StartOutcome(StartVerdict.Started, $"{id} runs (process {guest.Process.Id}).", Report(guest, RunState.Running));
        }
        catch (OperationCanceledException)
        {
            await KillAsync(guest, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        catch (QmpException e)
        {
            // Whether it runs is not known, and a start that failed must leave nothing: the caller may go elsewhere with it.
            var killed = await KillAsync(guest, CancellationToken.None).ConfigureAwait(false);
            return new StartOutcome(StartVerdict.Failed, $"{id} could not be continued: {e.Message} {killed.Detail}", LeftBehind(guest, killed));
        }
    }

    /// <inheritdoc />
    public async Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (Find(id) is not { } guest)
            return new StopOutcome(StopVerdict.NotRunning, $"{id} does not live on this node.");
        var started = _time.GetTimestamp();
        guest.StopAsked = true;
        while (!guest.Process.HasExited && _time.GetElapsedTime(started) < timeout)
        {
            try
            {
                await guest.ExecuteAsync("system_powerdown", null, Shorter(_timeouts.Command, timeout), cancellationToken).ConfigureAwait(false);
            }
            catch (QmpException)
            {
                // A guest that does not listen is killed when its time is over.
            }
            var left = timeout - _time.GetElapsedTime(started);
            if (left > TimeSpan.Zero)
                await guest.Process.Exited.IsCompletedWithinAsync(Shorter(left, _timeouts.PowerButtonAgain), _time, cancellationToken).ConfigureAwait(false);
        }
        if (guest.Process.HasExited)
            return new StopOutcome(StopVerdict.Stopped, $"{id} shut down by itself.");
        var killed = await KillAsync(guest, cancellationToken).ConfigureAwait(false);
        return killed with { Detail = $"{id} did not shut down within {FormattableString.Invariant($"{timeout.TotalSeconds:0.#}")} s. {killed.Detail}" };
    }

    /// <inheritdoc />
    public async Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default) =>
        Find(id) is { } guest
            ? await KillAsync(guest, cancellationToken).ConfigureAwait(false)
            : new StopOutcome(StopVerdict.NotRunning, $"{id} does not live on this node.");

    /// <inheritdoc />
    public async Task<string?> ResetAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        if (Find(id) is not { } guest)
            return $"{id} does not live on this node";
        try
        {
            await guest.ExecuteAsync("system_reset", null, _timeouts.Command, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (QmpException e)
        {
            return $"{id} cannot be reset: {e.Message}";
        }
    }

    /// <inheritdoc />
    public Task<AgentAnswer> PingAgentAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Find(id) is { } guest ? GuestAgent.PingAsync(guest.Files.Agent, timeout, _time, cancellationToken) : Task.FromResult(AgentAnswer.NoChannel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default)
    {
        Adopt();
        var reports = await Task.WhenAll(_guests.Values.Select(async guest =>
            Report(guest, await guest.StateAsync(_timeouts.Command, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return [.. reports.Where(report => _guests.TryGetValue(report.Name, out var guest) && !guest.Process.HasExited)
            .OrderBy(report => report.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public IDisposable Watch(Action<GuestExit> onExit)
    {
        var key = new object();
        _watchers[key] = onExit;
        return new Watching(() => _watchers.TryRemove(key, out _));
    }

    /// <summary>Hangs up; the guests live on.</summary>
    public ValueTask DisposeAsync()
    {
        _watchers.Clear();
        foreach (var guest in _guests.Values)
            guest.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static Task<StartOutcome> Failed(VmDefinition definition, string detail) =>
        Task.FromResult(new StartOutcome(StartVerdict.Failed, $"{definition.Id} was not started: {detail}"));

    private static RunningGuest Report(LiveGuest guest, RunState state) =>
        new(guest.Files.Name, guest.Uuid, guest.Process.Id, state)
        {
            Token = GuestToken.OfProcess(guest.Process.Id),
            Uptime = ProcessStat.Read(guest.Process.Id)?.Uptime() ?? TimeSpan.Zero,
        };

    private static RunningGuest? LeftBehind(LiveGuest guest, StopOutcome killed)
    {
        if (killed.IsGone)
            return null;
        guest.IsAnnounced = true;
        return Report(guest, RunState.Unknown);
    }

    private GuestFiles FilesOf(ResourceId id) => new(_runDirectory, VmDefinition.NameOf(id));

    private async Task<StartOutcome> AlreadyThereAsync(VmDefinition definition, LiveGuest guest, CancellationToken cancellationToken)
    {
        if (guest.Uuid != definition.Uuid)
            return new StartOutcome(StartVerdict.Failed, $"{definition.Id} was not started: a guest of that name runs here with another identity ({guest.Uuid}, expected {definition.Uuid}).", Report(guest, RunState.Unknown));
        if (guest.KillSent)
            return new StartOutcome(StartVerdict.Failed, $"{definition.Id} was not started: its process {guest.Process.Id} was killed and is still there; its storage may hang.", Report(guest, RunState.Unknown));
        var state = await guest.StateAsync(_timeouts.Command, cancellationToken).ConfigureAwait(false);
        return new StartOutcome(StartVerdict.AlreadyRunning, $"{definition.Id} already lives here (process {guest.Process.Id}).", Report(guest, state));
    }

    private async Task<StartOutcome> SpawnedAsync(VmDefinition definition, LiveGuest guest, long logged, CancellationToken cancellationToken)
    {
        // In the table before the first await: a kill that comes meanwhile finds it.
        _guests[guest.Files.Name] = guest;
        _ = ReportExitAsync(guest, logged);
        try
        {
            var state = await guest.StateAsync(_timeouts.Spawn, cancellationToken).ConfigureAwait(false);
            guest.IsAnnounced = state is RunState.Prelaunch or RunState.Incoming;
            if (guest is { IsAnnounced: true, Process.HasExited: false })
                return new StartOutcome(StartVerdict.Started, $"{definition.Id} is spawned and paused (process {guest.Process.Id}).", Report(guest, state));
        }
        catch (OperationCanceledException)
        {
            await KillAsync(guest, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        var endedByItself = guest.Process.HasExited
            || await guest.Process.Exited.IsCompletedWithinAsync(TimeSpan.FromMilliseconds(200), _time, CancellationToken.None).ConfigureAwait(false);
        var killed = await KillAsync(guest, CancellationToken.None).ConfigureAwait(false);
        if (!killed.IsGone)
            return new StartOutcome(StartVerdict.Failed, killed.Detail, LeftBehind(guest, killed));
        var words = LastWords(guest.Files, logged);
        if (!endedByItself)
            return new StartOutcome(StartVerdict.Failed, $"{definition.Id} did not get ready within {FormattableString.Invariant($"{_timeouts.Spawn.TotalSeconds:0.#}")} s and was killed. {words}");
        var verdict = guest.KillSent && words.Length == 0 ? StartVerdict.Failed : _program.Judge(words);
        return new StartOutcome(verdict, verdict == StartVerdict.DiskLocked
            ? $"{definition.Id} was not started: a disk is held by another process, here or on another node. {words}"
            : $"{definition.Id} did not start: {(words.Length > 0 ? words : "its process ended without a word.")}");
    }

    private async Task<StopOutcome> KillAsync(LiveGuest guest, CancellationToken cancellationToken)
    {
        var id = guest.Files.Name;
        if (!guest.Process.HasExited)
            guest.KillSent = true;
        guest.Process.Kill();
        return await guest.Process.Exited.IsCompletedWithinAsync(_timeouts.Death, _time, cancellationToken).ConfigureAwait(false)
            ? new StopOutcome(StopVerdict.Killed, $"The process {guest.Process.Id} of {id} is gone.")
            : new StopOutcome(StopVerdict.Failed, $"The process {guest.Process.Id} of {id} was sent SIGKILL and is still there after "
                + FormattableString.Invariant($"{_timeouts.Death.TotalSeconds:0.#} s (kernel state {ProcessStat.Read(guest.Process.Id)?.State}): its storage may hang. It must be taken for running."));
    }

    private protected LiveGuest? Find(ResourceId id)
    {
        var name = VmDefinition.NameOf(id);
        if (!_guests.TryGetValue(name, out var guest) || guest.Process.HasExited)
        {
            Adopt();
            _guests.TryGetValue(name, out guest);
        }
        return guest is { Process.HasExited: false } ? guest : null;
    }

    private void Adopt()
    {
        foreach (var found in GuestProcess.FindAll(_runDirectory))
        {
            if (_guests.TryGetValue(found.Name, out var known) && known.Process.Id == found.Id)
                continue;
            if (WatchedProcess.Open(found.Id) is not { } process)
                continue;
            var guest = new LiveGuest(new GuestFiles(_runDirectory, found.Name), found.Uuid, process, _time);
            guest.IsAnnounced = true;
            if (_guests.TryAdd(found.Name, guest))
                _ = ReportExitAsync(guest, long.MaxValue);
        }
    }

    private async Task ReportExitAsync(LiveGuest guest, long logged)
    {
        var exit = await guest.Process.Exited.ConfigureAwait(false);
        _guests.TryRemove(KeyValuePair.Create(guest.Files.Name, guest));
        // What it said last may still be in the socket, and tells a shutdown from a crash.
        await guest.ConnectionClosed.IsCompletedWithinAsync(LastEventsWait, _time).ConfigureAwait(false);
        var reason = guest.ExitReason;
        _cgroup?.Remove(guest.Files.Name);
        guest.Dispose();
        if (!guest.IsAnnounced)
            return;
        var words = reason == GuestExitReason.Crashed ? LastWords(guest.Files, logged) : "";
        var detail = $"The process {guest.Process.Id} of {guest.Files.Name} {exit}" + reason switch
        {
            GuestExitReason.Killed => ": this node killed it.",
            GuestExitReason.Stopped => ": it was asked to shut down.",
            GuestExitReason.GuestShutdown => ": the guest switched itself off.",
            GuestExitReason.MigratedAway => ": the guest runs on another node now.",
            _ => words.Length > 0 ? $" unexpectedly: {words}" : " unexpectedly.",
        };
        foreach (var watcher in _watchers.Values)
            watcher(new GuestExit(guest.Files.Name, guest.Uuid, guest.Process.Id, reason, detail));
    }

    private static string LastWords(GuestFiles files, long from)
    {
        try
        {
            using var log = new FileStream(files.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (log.Length <= from)
                return "";
            // The end tells the cause; a program that floods its log is cut.
            log.Seek(Math.Max(from, log.Length - 4096), SeekOrigin.Begin);
            using var reader = new StreamReader(log);
            return string.Join(' ', reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

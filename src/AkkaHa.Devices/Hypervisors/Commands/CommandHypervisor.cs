using System.Collections.Concurrent;
using System.ComponentModel;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Commands;

/// <summary>
/// Runs guests by commands of the host: an operator's own, or an OCF resource agent. Such a command cannot spawn a guest paused, so the spawn only
/// takes it into the records, and the start itself is the continuation, which the VM host begins under its gate's lock.
/// </summary>
public sealed class CommandHypervisor : IHypervisor
{
    private readonly GuestCommands _commands;
    private readonly CommandSettings _settings;
    private readonly IToolRunner _tools;
    private readonly TimeProvider _time;
    private readonly GuestRecords _records;
    private readonly ConcurrentDictionary<ResourceId, Turn> _turns = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _monitoring;
    private Action<GuestExit>? _onExit;

    /// <summary>Makes the driver; it finds the guests of an earlier daemon in the records.</summary>
    public CommandHypervisor(GuestCommands commands, CommandSettings settings, IToolRunner tools, TimeProvider time)
    {
        _commands = commands;
        _settings = settings;
        _tools = tools;
        _time = time;
        _records = new GuestRecords(settings.RunDirectory);
        _monitoring = MonitorAsync();
    }

    /// <inheritdoc />
    public string Kind => _commands.Kind;

    /// <inheritdoc />
    public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new HypervisorCapabilities(LiveMigration: false, AcpiShutdown: true, _commands.Description));

    /// <inheritdoc />
    public async Task<StartOutcome> SpawnPausedAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default)
    {
        using var turn = await TurnAsync(definition.Id, cancellationToken).ConfigureAwait(false);
        var known = _records.Find(definition.Id);
        var record = known ?? new GuestRecord(definition, token);
        var (status, problem) = await StatusAsync(record, cancellationToken).ConfigureAwait(false);
        switch (status)
        {
            case GuestStatus.Unknown:
                return new StartOutcome(StartVerdict.Failed, $"{definition.Id} is not started: whether it runs already cannot be told. {problem}", Guest(record, RunState.Unknown));
            case GuestStatus.Running when known is null:
                return new StartOutcome(StartVerdict.Failed, $"{definition.Id} already runs here, and not by AkkaHa's hand; stop it first.", Guest(record, RunState.Running));
            case GuestStatus.Running when known.Definition.Uuid != definition.Uuid:
                return new StartOutcome(StartVerdict.Failed, $"{definition.Id} already runs here under another identity ({known.Definition.Uuid}).", Guest(record, RunState.Running));
            case GuestStatus.Running:
                return new StartOutcome(StartVerdict.AlreadyRunning, $"{definition.Id} already runs here.", Guest(record, RunState.Running));
        }

        try
        {
            record = new GuestRecord(definition, token);
            _records.Write(record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new StartOutcome(StartVerdict.Failed, $"{definition.Id} is not started: its record cannot be written ({e.Message}).");
        }

        return new StartOutcome(StartVerdict.Started, $"{definition.Id} is ready to be started.", Guest(record, RunState.Paused));
    }

    /// <inheritdoc />
    public async Task<StartOutcome> ContinueAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        using var turn = await TurnAsync(id, cancellationToken).ConfigureAwait(false);
        if (_records.Find(id) is not { } record)
            return new StartOutcome(StartVerdict.Failed, $"{id} is not started: nothing is known of it here.");
        var start = turn.BeginStart(cancellationToken);
        string failure;
        try
        {
            var (result, problem) = await CallAsync(GuestAction.Start, record, _settings.StartTimeout, start).ConfigureAwait(false);
            var (status, doubt) = await StatusAsync(record, start).ConfigureAwait(false);
            if (result is { Succeeded: true } && status == GuestStatus.Running)
            {
                turn.Runs = true;
                return new StartOutcome(StartVerdict.Started, $"{id} runs.", Guest(record, RunState.Running));
            }

            failure = result is { Succeeded: true } ? $"The start was reported as done, but the guest does not run. {doubt}".TrimEnd() : problem;
        }
        catch (OperationCanceledException)
        {
            failure = "The start was broken off.";
        }

        // Half a start may have left it running.
        var gone = await EndAsync(record, GuestAction.Kill, _settings.KillTimeout).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return gone.IsGone
            ? new StartOutcome(StartVerdict.Failed, $"{id} did not start. {failure}")
            : new StartOutcome(StartVerdict.Failed, $"{id} did not start, and it is not certain that nothing of it runs. {failure} {gone.Detail}", Guest(record, RunState.Unknown));
    }

    /// <inheritdoc />
    public async Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var turn = await TurnAsync(id, cancellationToken).ConfigureAwait(false);
        if (_records.Find(id) is not { } record)
            return new StopOutcome(StopVerdict.NotRunning, $"{id} does not run here.");
        var wasRunning = turn.Runs;
        var stopped = await EndAsync(record, GuestAction.Stop, timeout).ConfigureAwait(false);
        var outcome = stopped.IsGone
            ? stopped
            : await EndAsync(record, GuestAction.Kill, _settings.KillTimeout).ConfigureAwait(false) is { IsGone: true } killed
                ? killed with { Detail = FormattableString.Invariant($"{id} did not shut down within {timeout.TotalSeconds:0.#} s and was killed.") }
                : stopped;
        return Ended(record, turn, wasRunning, outcome);
    }

    /// <inheritdoc />
    public async Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        if (_turns.TryGetValue(id, out var starting))
            starting.BreakStart();
        using var turn = await TurnAsync(id, cancellationToken).ConfigureAwait(false);
        if (_records.Find(id) is not { } record)
            return new StopOutcome(StopVerdict.NotRunning, $"{id} does not run here.");
        var wasRunning = turn.Runs;
        return Ended(record, turn, wasRunning, await EndAsync(record, GuestAction.Kill, _settings.KillTimeout).ConfigureAwait(false));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default)
    {
        var states = await Task.WhenAll(_records.All().Select(async record => (record, (await StatusAsync(record, cancellationToken).ConfigureAwait(false)).Status)))
            .ConfigureAwait(false);
        foreach (var (record, status) in states)
        {
            if (status == GuestStatus.Running)
                Turn(record.Definition.Id).Runs = true;
        }

        // What is being started may run at any moment; what is recorded, does not run and is not being started has ended, and the monitor tells so.
        return [.. states.Where(s => s.Status != GuestStatus.NotRunning || Turn(s.record.Definition.Id).IsStarting)
            .Select(s => Guest(s.record, s.Status == GuestStatus.Running ? RunState.Running : RunState.Unknown))];
    }

    /// <inheritdoc />
    public IDisposable Watch(Action<GuestExit> onExit)
    {
        Action<GuestExit>? before, after;
        do
        {
            before = _onExit;
            after = before + onExit;
        }
        while (Interlocked.CompareExchange(ref _onExit, after, before) != before);
        return new Watcher(this, onExit);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _monitoring.ConfigureAwait(false);
        _onExit = null;
    }

    private async Task MonitorAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            await Task.Delay(_settings.MonitorInterval, _time, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (id, turn) in _turns)
            {
                if (!turn.Runs || !turn.TryTake())
                    continue;
                using (turn)
                {
                    if (turn.Runs && _records.Find(id) is { } record
                        && await StatusOrUnknownAsync(record).ConfigureAwait(false) == GuestStatus.NotRunning)
                    {
                        turn.Runs = false;
                        _records.Remove(id);
                        Tell(record, GuestExitReason.Crashed, $"{id} does not run any more, says its command.");
                    }
                }
            }
        }
    }

    private async Task<GuestStatus> StatusOrUnknownAsync(GuestRecord record)
    {
        try
        {
            return (await StatusAsync(record, _disposed.Token).ConfigureAwait(false)).Status;
        }
        catch (OperationCanceledException)
        {
            return GuestStatus.Unknown;
        }
    }

    private async Task<StopOutcome> EndAsync(GuestRecord record, GuestAction action, TimeSpan timeout)
    {
        var (_, problem) = await CallAsync(action, record, timeout, CancellationToken.None).ConfigureAwait(false);
        var (status, doubt) = await StatusAsync(record, CancellationToken.None).ConfigureAwait(false);
        if (status != GuestStatus.NotRunning)
            return new StopOutcome(StopVerdict.Failed, $"{record.Definition.Id} must be taken for running. {problem} {doubt}".TrimEnd());
        _records.Remove(record.Definition.Id);
        return new StopOutcome(action == GuestAction.Stop ? StopVerdict.Stopped : StopVerdict.Killed, $"{record.Definition.Id} does not run any more.");
    }

    private StopOutcome Ended(GuestRecord record, Turn turn, bool wasRunning, StopOutcome outcome)
    {
        if (!outcome.IsGone)
            return outcome;
        turn.Runs = false;
        if (wasRunning)
            Tell(record, outcome.Verdict == StopVerdict.Killed ? GuestExitReason.Killed : GuestExitReason.Stopped, outcome.Detail);
        return outcome;
    }

    private void Tell(GuestRecord record, GuestExitReason reason, string detail) =>
        _onExit?.Invoke(new GuestExit(record.Name, record.Definition.Uuid, 0, reason, detail));

    private async Task<(GuestStatus Status, string Problem)> StatusAsync(GuestRecord record, CancellationToken cancellationToken)
    {
        var (result, problem) = await CallAsync(GuestAction.Status, record, _settings.StatusTimeout, cancellationToken).ConfigureAwait(false);
        var status = result is null ? GuestStatus.Unknown : _commands.StatusOf(result);
        return (status, status == GuestStatus.Unknown ? problem : "");
    }

    private async Task<(ToolResult? Result, string Problem)> CallAsync(
        GuestAction action, GuestRecord record, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var command = _commands.Call(action, record, timeout);
        try
        {
            var result = await _tools.RunAsync(command, cancellationToken).ConfigureAwait(false);
            var ended = result.TimedOut
                ? FormattableString.Invariant($"did not end within {timeout.TotalSeconds:0.#} s and was killed")
                : $"ended with {result.Exit}";
            return (result, result.Succeeded ? "" : $"'{command.Program} {string.Join(' ', command.Arguments)}' {ended}{(result.LastWords.Length > 0 ? $" ({result.LastWords})" : "")}.");
        }
        catch (Exception e) when (e is ToolMissingException or Win32Exception)
        {
            return (null, $"'{command.Program}' cannot be run. {e.Message}");
        }
    }

    private static RunningGuest Guest(GuestRecord record, RunState state) =>
        new(record.Name, record.Definition.Uuid, 0, state) { Token = record.Token };

    private Turn Turn(ResourceId id) => _turns.GetOrAdd(id, _ => new Turn());

    private async Task<Turn> TurnAsync(ResourceId id, CancellationToken cancellationToken)
    {
        var turn = Turn(id);
        await turn.TakeAsync(cancellationToken).ConfigureAwait(false);
        return turn;
    }

    private sealed class Watcher(CommandHypervisor owner, Action<GuestExit> onExit) : IDisposable
    {
        public void Dispose()
        {
            Action<GuestExit>? before, after;
            do
            {
                before = owner._onExit;
                after = before - onExit;
            }
            while (Interlocked.CompareExchange(ref owner._onExit, after, before) != before);
        }
    }
}

using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Fencing.Sbd;

/// <summary>
/// Orders a node through its mailbox on shared disks to switch itself off. A message hastens the death of a node that can still read its
/// disks; it proves nothing, for nobody answers (the self-fence bound, or a new boot, is the proof).
/// </summary>
public sealed class SbdDevice : IFenceDevice
{
    private readonly SbdSettings _settings;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<SbdDisk> _disks;

    /// <summary>Makes the device; no disk is touched before the first use.</summary>
    public SbdDevice(SbdSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _disks = [.. settings.Disks.Select(path => new SbdDisk(path, settings.IoTimeout, time))];
    }

    /// <inheritdoc />
    public string Name => _settings.Name;

    /// <inheritdoc />
    public string Kind => "sbd";

    /// <inheritdoc />
    public bool ProvesOff => false;

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyCollection<NodeName> nodes, CancellationToken cancellationToken = default)
    {
        var problems = new List<string>();
        SbdHeader? first = null;
        foreach (var (disk, result) in await OnEachAsync(Read, cancellationToken).ConfigureAwait(false))
        {
            if (result.Value is not ({ } header, { } slots))
            {
                problems.Add($"SBD device '{Name}': {result.Problem}");
                continue;
            }
            problems.AddRange(nodes.Where(node => !slots.Any(slot => slot.Node.Equals(node.Value, StringComparison.OrdinalIgnoreCase)))
                .Select(node => $"SBD device '{Name}': {disk.Path} has no slot for {node}; it is taken when the daemon of {node} starts."));
            if (header.MessageWait < 2 * header.Watchdog)
                problems.Add(FormattableString.Invariant($"SBD device '{Name}': {disk.Path} has msgwait {header.MessageWait.TotalSeconds:0} s, less than twice its watchdog timeout of {header.Watchdog.TotalSeconds:0} s."));
            first ??= header;
            if ((header.Watchdog, header.MessageWait, header.Loop) != (first.Watchdog, first.MessageWait, first.Loop))
                problems.Add($"SBD device '{Name}': the timeouts of {disk.Path} differ from those of {_disks[0].Path}; create them alike.");
        }
        return problems;

        static async Task<(SbdHeader Header, IReadOnlyList<SbdSlot> Slots)> Read(SbdDisk disk, CancellationToken cancellation) =>
            (await disk.ReadHeaderAsync(cancellation).ConfigureAwait(false), await disk.ListAsync(cancellation).ConfigureAwait(false));
    }

    /// <inheritdoc />
    public async Task<PowerReading> StatusAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        var found = await OnEachAsync((disk, cancellation) => disk.FindAsync(node.Value, cancellation), cancellationToken).ConfigureAwait(false);
        var texts = found.Select(answer => answer.Result.Problem
            ?? $"{answer.Disk.Path}: {(answer.Result.Value is { } slot ? $"mailbox {slot.Message.Command.ToString().ToLowerInvariant()}" : "no slot")}");
        return PowerReading.Unknown($"{node}: SBD device '{Name}' cannot read power. {string.Join("; ", texts)}");
    }

    /// <inheritdoc />
    public async Task<FenceOutcome> OffAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        var sent = await OnEachAsync((disk, cancellation) => SendAsync(disk, node, _settings.FenceCommand, cancellation), cancellationToken).ConfigureAwait(false);
        var headers = sent.Select(answer => answer.Result.Value).OfType<SbdHeader>().ToList();
        var problems = string.Join(" ", sent.Select(answer => answer.Result.Problem).OfType<string>());
        if (headers.Count < _settings.Majority)
        {
            return new FenceOutcome(PowerState.Off, FenceVerdict.Failed, false,
                $"{node}: only {headers.Count} of {_disks.Count} disks of SBD device '{Name}' took the message, {_settings.Majority} must. {problems}".TrimEnd(), _time.GetElapsedTime(started));
        }
        await Task.Delay(headers.Max(header => header.MessageWait), _time, cancellationToken).ConfigureAwait(false);
        return new FenceOutcome(PowerState.Off, FenceVerdict.Claimed, false,
            $"{node} was told to {_settings.FenceCommand.ToString().ToLowerInvariant()} on {headers.Count} of {_disks.Count} disks of SBD device '{Name}', and msgwait has passed: no proof. {problems}".TrimEnd(),
            _time.GetElapsedTime(started));
    }

    /// <summary>Clears the node's mailbox, so that it is not ordered off again when it comes up; switching it on is for its power device or a person.</summary>
    public async Task<FenceOutcome> OnAsync(NodeName node, CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        var sent = await OnEachAsync((disk, cancellation) => SendAsync(disk, node, SbdCommand.Clear, cancellation), cancellationToken).ConfigureAwait(false);
        var taken = sent.Count(answer => answer.Result.Value is not null);
        var problems = string.Join(" ", sent.Select(answer => answer.Result.Problem).OfType<string>());
        return taken >= _settings.Majority
            ? new FenceOutcome(PowerState.On, FenceVerdict.Claimed, false, $"{node}: its mailbox is clear; SBD device '{Name}' cannot switch it on. {problems}".TrimEnd(), _time.GetElapsedTime(started))
            : new FenceOutcome(PowerState.On, FenceVerdict.Failed, false, $"{node}: its mailbox could not be cleared on {_settings.Majority} disks of SBD device '{Name}'. {problems}".TrimEnd(), _time.GetElapsedTime(started));
    }

    private async Task<SbdHeader?> SendAsync(SbdDisk disk, NodeName node, SbdCommand command, CancellationToken cancellationToken)
    {
        var header = await disk.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        var slot = await disk.FindAsync(node.Value, cancellationToken).ConfigureAwait(false)
            ?? throw new IOException($"{disk.Path} has no slot for {node}: its daemon never watched this disk.");
        await disk.SendAsync(slot.Index, new SbdMessage(command, _settings.Self.Value), cancellationToken).ConfigureAwait(false);
        return header;
    }

    private async Task<IReadOnlyList<(SbdDisk Disk, (T? Value, string? Problem) Result)>> OnEachAsync<T>(
        Func<SbdDisk, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        return await Task.WhenAll(_disks.Select(async disk => (disk, await OneAsync(disk).ConfigureAwait(false)))).ConfigureAwait(false);

        async Task<(T? Value, string? Problem)> OneAsync(SbdDisk disk)
        {
            try
            {
                return (await work(disk, cancellationToken).ConfigureAwait(false), null);
            }
            catch (Exception e) when (e is IOException or TimeoutException)
            {
                return (default, e.Message);
            }
        }
    }
}

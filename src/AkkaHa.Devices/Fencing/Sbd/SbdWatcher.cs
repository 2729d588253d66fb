namespace AkkaHa.Devices.Fencing.Sbd;

/// <summary>Something a node's watcher saw on its SBD disks.</summary>
public abstract record SbdSight
{
    /// <summary>The own mailbox orders something. A deadly order is to be obeyed at once; the watcher does not clear it.</summary>
    public sealed record Ordered(SbdMessage Message, string Disk) : SbdSight;

    /// <summary>How many disks could be read in the last round changed.</summary>
    /// <param name="Readable">Disks that were read.</param>
    /// <param name="HasMajority">Whether they are a strict majority; without one a node cannot be reached through its disks.</param>
    /// <param name="Problems">One sentence for each disk that could not be read.</param>
    public sealed record Health(int Readable, bool HasMajority, IReadOnlyList<string> Problems) : SbdSight;
}

/// <summary>
/// Watches the own mailbox on every disk, as each node does for its life. What was ordered before this boot is cleared at the start,
/// unless guests of this boot live here already (a restarted daemon): then it is obeyed.
/// </summary>
public sealed class SbdWatcher(SbdSettings settings, TimeProvider time, Action<SbdSight> onSight)
{
    private static readonly TimeSpan PauseWithoutHeader = TimeSpan.FromSeconds(1);

    private readonly Lock _telling = new();
    private readonly Dictionary<string, string?> _problems = new(StringComparer.Ordinal);
    private string? _told;

    /// <summary>Watches until cancelled. What is seen is told on the watcher's own tasks; the callback must only pass it on.</summary>
    /// <param name="guestsLive">Whether guests of this boot live here; asked once for each disk, when it is first read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task RunAsync(Func<bool> guestsLive, CancellationToken cancellationToken) =>
        // Each disk at its own pace: one that hangs must not delay a message on another.
        Task.WhenAll(settings.Disks.Select(path => WatchAsync(new SbdDisk(path, settings.IoTimeout, time), guestsLive, cancellationToken)));

    private async Task WatchAsync(SbdDisk disk, Func<bool> guestsLive, CancellationToken cancellationToken)
    {
        var pause = PauseWithoutHeader;
        int? slotIndex = null;
        var isFirst = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // Header, slot and mailbox are read anew each time: a disk may be replaced, or created again.
                pause = (await disk.ReadHeaderAsync(cancellationToken).ConfigureAwait(false)).Loop;
                var slot = await OwnSlotAsync(disk, slotIndex, cancellationToken).ConfigureAwait(false);
                slotIndex = slot.Index;
                await ActAsync(disk, slot, isFirst && !(slot.Message.IsDeadly && guestsLive()), cancellationToken).ConfigureAwait(false);
                isFirst = false;
                Tell(disk, null);
            }
            catch (Exception e) when (e is IOException or TimeoutException)
            {
                Tell(disk, e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<SbdSlot> OwnSlotAsync(SbdDisk disk, int? slotIndex, CancellationToken cancellationToken) =>
        slotIndex is { } index
        && await disk.ReadSlotAsync(index, cancellationToken).ConfigureAwait(false) is { } known
        && known.Node.Equals(settings.Self.Value, StringComparison.OrdinalIgnoreCase)
            ? known
            : await disk.AllocateAsync(settings.Self.Value, cancellationToken).ConfigureAwait(false);

    private async Task ActAsync(SbdDisk disk, SbdSlot slot, bool isStale, CancellationToken cancellationToken)
    {
        if (slot.Message.Command == SbdCommand.Clear)
            return;
        if (!isStale)
            onSight(new SbdSight.Ordered(slot.Message, disk.Path));
        if (isStale || !slot.Message.IsDeadly)
            await disk.SendAsync(slot.Index, new SbdMessage(SbdCommand.Clear, settings.Self.Value), cancellationToken).ConfigureAwait(false);
    }

    private void Tell(SbdDisk disk, string? problem)
    {
        SbdSight.Health health;
        lock (_telling)
        {
            _problems[disk.Path] = problem;
            var problems = _problems.Values.OfType<string>().ToList();
            var all = string.Join('\n', problems);
            if (_problems.Count < settings.Disks.Count || all == _told)
                return;
            _told = all;
            var readable = settings.Disks.Count - problems.Count;
            health = new SbdSight.Health(readable, readable >= settings.Majority, problems);
        }
        onSight(health);
    }
}

using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Tests;

/// <summary>Migrations without processes: the test says what the hypervisor answers.</summary>
internal sealed partial class FakeVmHost : IMigrationHost, ILiveMigration
{
    public const string Address = "tcp:127.0.0.1:49152";

    /// <summary>What a copy waits for; ended already unless the test sets another.</summary>
    public TaskCompletionSource CopyGate { get; set; } = Ended();

    /// <summary>Where the migration away stands.</summary>
    public MigrationStage Stage { get; set; } = MigrationStage.None;

    /// <summary>How a copy, and then a hand-over, ends.</summary>
    public Queue<MigrationStage> Next { get; } = new();

    public ILiveMigration Migration => this;

    public Task<IncomingOutcome> PrepareIncomingAsync(VmDefinition definition, Token token, string listen, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"receive {definition.Id}");
        if (Refuse?.Invoke(definition) is { } refused)
            return Task.FromResult(new IncomingOutcome(refused));
        var guest = new RunningGuest(definition.GuestName, definition.Uuid, ++NewestProcess, RunState.Incoming);
        _guests[definition.Id] = guest;
        return Task.FromResult(new IncomingOutcome(new StartOutcome(StartVerdict.Started, "it waits", guest), Address));
    }

    public Task<StartOutcome> ContinueIncomingAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default)
    {
        var id = definition.Id;
        Calls.Enqueue($"continue {id}");
        var guest = _guests[id] with { State = RunState.Running };
        _guests[id] = guest;
        return Task.FromResult(new StartOutcome(StartVerdict.Started, "it runs", guest));
    }

    public async Task<MigrationOutcome> CopyToSwitchOverAsync(
        ResourceId id, string address, MigrationLimits limits, Action<MigrationProgress> onProgress, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"send {id} to {address}");
        await CopyGate.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return To(Next.Dequeue());
    }

    public Task<MigrationOutcome> CompleteAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"complete {id}");
        return Task.FromResult(To(Next.Dequeue()));
    }

    public Task<MigrationOutcome> CancelMigrationAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue($"cancel {id}");
        return Task.FromResult(To(MigrationStage.Failed));
    }

    public Task<MigrationOutcome> MigrationAsync(ResourceId id, CancellationToken cancellationToken = default) => Task.FromResult(To(Stage));

    /// <summary>All of the guest has arrived here.</summary>
    public void Arrive(ResourceId id) => _guests[id] = _guests[id] with { State = RunState.Paused };

    private MigrationOutcome To(MigrationStage stage) => new(Stage = stage, $"the migration is {stage}");
}

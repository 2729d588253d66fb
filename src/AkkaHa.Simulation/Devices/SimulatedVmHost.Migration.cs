using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Simulation.Devices;

/// <summary>
/// Live migration, as QEMU does it: the guest's process copies by itself, whatever becomes of the daemon; it stands still at the switch-over;
/// when handing over fails it runs on by itself.
/// </summary>
internal sealed partial class SimulatedVmHost : IMigrationHost, ILiveMigration
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public ILiveMigration Migration => this;

    public Task<IncomingOutcome> PrepareIncomingAsync(VmDefinition definition, Token token, string listen, CancellationToken cancellationToken = default)
    {
        if (!IsGateOpen)
            return Task.FromResult(new IncomingOutcome(new StartOutcome(StartVerdict.GateClosed, $"{definition.Id} is not received: the gate is closed.")));
        if (machine.Guests.TryGetValue(definition.Id, out var known))
            return Task.FromResult(new IncomingOutcome(new StartOutcome(StartVerdict.Failed, $"{definition.Id}: a process of it is there already.", Seen(known))));
        return process.Run(async () =>
        {
            var opening = _opening;
            var guest = machine.Spawn(definition, token);
            guest.State = RunState.Incoming;
            await process.Delay(machine.Chance.Span(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(400)));
            if (!IsStill(guest))
                return new IncomingOutcome(new StartOutcome(StartVerdict.Failed, $"{definition.Id} ended before it could receive."));
            if (!IsGateOpen || opening != _opening || cancellationToken.IsCancellationRequested)
            {
                machine.EndGuest(guest, GuestExitReason.Killed, "it is not to be received any more");
                return new IncomingOutcome(new StartOutcome(StartVerdict.GateClosed, $"{definition.Id} is not received: the gate closed meanwhile."));
            }

            return new IncomingOutcome(new StartOutcome(StartVerdict.Started, $"{definition.Id} waits.", Seen(guest)), $"{machine.Name}:{guest.ProcessId}");
        });
    }

    public Task<StartOutcome> ContinueIncomingAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default)
    {
        var id = definition.Id;
        if (!IsGateOpen)
            return Task.FromResult(new StartOutcome(StartVerdict.GateClosed, $"{id} is not continued: the gate is closed."));
        if (!machine.Guests.TryGetValue(id, out var guest))
            return Task.FromResult(new StartOutcome(StartVerdict.Failed, $"{id} is not here."));
        if (guest.State == RunState.Paused)
            machine.Continue(guest);
        return Task.FromResult(guest.State == RunState.Running
            ? new StartOutcome(StartVerdict.Started, $"{id} runs.", Seen(guest))
            : new StartOutcome(StartVerdict.Failed, $"{id} has not arrived.", Seen(guest)));
    }

    public Task<MigrationOutcome> CopyToSwitchOverAsync(
        ResourceId id, string address, MigrationLimits limits, Action<MigrationProgress> onProgress, CancellationToken cancellationToken = default)
    {
        if (!machine.Guests.TryGetValue(id, out var guest) || guest.State != RunState.Running)
            return Task.FromResult(StageOf(id));
        guest.Stage = MigrationStage.Copying;
        guest.SendsTo = address;
        var length = machine.Chance.Span(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5));
        var fails = World.BehaviourOf(id).FailsMigration(machine.Name);
        World.Trace.Add(machine.Name.Value, $"{id} is being copied to {address}");
        _ = World.Loop.Run(() => Copy(guest, length, fails));
        return process.Run(async () =>
        {
            while (IsStill(guest) && guest.Stage == MigrationStage.Copying)
            {
                await process.Delay(Poll);
                if (cancellationToken.IsCancellationRequested && IsStill(guest) && guest.Stage is MigrationStage.Copying or MigrationStage.AtSwitchOver)
                    RunOn(guest);
            }

            return StageOf(id);
        });
    }

    public Task<MigrationOutcome> CompleteAsync(ResourceId id, CancellationToken cancellationToken = default) => process.Run(async () =>
    {
        if (!machine.Guests.TryGetValue(id, out var guest) || guest.Stage != MigrationStage.AtSwitchOver)
            return StageOf(id);
        if (!guest.IsHandingOver)
        {
            guest.IsHandingOver = true;
            World.Loop.After(machine.Chance.Span(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(300)), () => HandOver(guest));
        }

        while (IsStill(guest) && guest.Stage == MigrationStage.AtSwitchOver)
            await process.Delay(Poll);
        return StageOf(id);
    });

    public Task<MigrationOutcome> CancelMigrationAsync(ResourceId id, CancellationToken cancellationToken = default)
    {
        if (machine.Guests.TryGetValue(id, out var guest) && guest.Stage is MigrationStage.Copying or MigrationStage.AtSwitchOver)
            RunOn(guest!);
        return Task.FromResult(StageOf(id));
    }

    public Task<MigrationOutcome> MigrationAsync(ResourceId id, CancellationToken cancellationToken = default) => Task.FromResult(StageOf(id));

    private async Task Copy(Guest guest, TimeSpan length, bool fails)
    {
        for (var end = World.Elapsed + length; World.Elapsed < end;)
        {
            await World.Loop.Delay(Poll);
            if (!IsStill(guest) || guest.Stage != MigrationStage.Copying)
                return;
            if (Receiver(guest) is null)
            {
                RunOn(guest);
                return;
            }
        }

        if (fails)
        {
            RunOn(guest);
            return;
        }

        guest.Stage = MigrationStage.AtSwitchOver;
        guest.State = RunState.Paused;
        World.Trace.Add(machine.Name.Value, $"{guest.Id} stands still at the switch-over");
    }

    private void HandOver(Guest guest)
    {
        guest.IsHandingOver = false;
        if (!IsStill(guest) || guest.Stage != MigrationStage.AtSwitchOver)
            return;
        // The last state may arrive although the source never hears of it.
        var receiver = Receiver(guest) ?? (machine.Chance.Is(0.3) ? Receiver(guest, isReached: false) : null);
        var isHeard = Receiver(guest) is not null;
        if (receiver is not null)
            receiver.State = RunState.Paused;
        if (receiver is null || !isHeard)
        {
            RunOn(guest);
            return;
        }

        guest.Stage = MigrationStage.Completed;
        guest.State = RunState.Stopped;
        World.Trace.Add(machine.Name.Value, $"{guest.Id} is handed over to {guest.SendsTo}");
    }

    /// <summary>The copy that waits at the other end, as long as it can be reached.</summary>
    private Guest? Receiver(Guest guest, bool isReached = true)
    {
        var parts = guest.SendsTo!.Split(':');
        var other = World.Machine(new NodeName(parts[0]));
        if (isReached && (!other.IsOn || World.Links.IsCut(machine.Name, other.Name) || World.Links.IsCut(other.Name, machine.Name)))
            return null;
        return other.Guests.TryGetValue(guest.Id, out var copy) && copy.State == RunState.Incoming
            && copy.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture) == parts[1] ? copy : null;
    }

    private void RunOn(Guest guest)
    {
        var stoodStill = guest.State != RunState.Running;
        guest.Stage = MigrationStage.Failed;
        World.Trace.Add(machine.Name.Value, $"the migration of {guest.Id} failed");
        if (stoodStill)
            machine.Continue(guest);
    }

    private MigrationOutcome StageOf(ResourceId id)
    {
        var stage = machine.Guests.TryGetValue(id, out var guest) ? guest.Stage : MigrationStage.Unknown;
        return new MigrationOutcome(stage, $"the migration of {id} is {stage}");
    }
}

using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;

namespace AkkaHa.Cluster.Lrm;

/// <summary>The guest's part in a live migration, on either side (DESIGN §10).</summary>
internal sealed partial class ResourceActor
{
    /// <summary>How often a destination looks whether the guest has arrived whole before its copy is ended: ten seconds.</summary>
    private const int ArrivalLooks = 100;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private CancellationTokenSource? _sending;
    private string? _address;

    private IMigrationHost? Host => _node.VmHost as IMigrationHost;

    private ILiveMigration? Migration => Host?.Migration;

    /// <inheritdoc />
    protected override void PostStop()
    {
        _sending?.Cancel();
        _sending?.Dispose();
    }

    private void ReceiveGuest(Order.Receive order)
    {
        switch (_stand)
        {
            case GuestState.Running or GuestState.AtSwitchOver:
                Ordered(_process, _stand, $"{_id} lives on {_node.Self} already and is not received");
                break;
            case GuestState.Incoming:
                Kill(gone => Prepare(order), left => Ordered(_process, GuestState.StopFailed, left));
                break;
            default:
                Prepare(order);
                break;
        }
    }

    private string ListenAddress()
    {
        var host = _node.MigrationHost ?? _node.Nodes[_node.Self].Host!;
        return host.Contains(':', StringComparison.Ordinal) ? $"tcp:[{host}]:0" : $"tcp:{host}:0";
    }

    private void Prepare(Order.Receive order)
    {
        if (Host is not { } host)
        {
            Ordered(null, GuestState.Failed, $"the VM host of {_node.Self} does not receive guests");
            return;
        }

        Then(
            host.PrepareIncomingAsync(Definition(order.Definition), order.Token, ListenAddress(), _stopped),
            incoming =>
            {
                var process = incoming.Outcome.Guest?.ProcessId;
                _address = incoming.Address;
                if (incoming.Address is not null)
                    Ordered(process, GuestState.Incoming, null);
                else
                    Ordered(process, process is null ? GuestState.Failed : GuestState.StopFailed, incoming.Outcome.Detail);
            },
            CleanUp);
    }

    private void SendGuest(Order.Send order)
    {
        if (_stand != GuestState.Running || Migration is not { } migration)
        {
            Ordered(_process, _stand, Migration is null ? $"the hypervisor of {_node.Self} does not migrate" : null);
            return;
        }

        _sending = CancellationTokenSource.CreateLinkedTokenSource(_stopped);
        Then(
            migration.CopyToSwitchOverAsync(_id, order.Address, _node.Migration, _ => { }, _sending.Token),
            outcome => Sent(outcome.Stage == MigrationStage.AtSwitchOver, outcome.Detail),
            cause => Sent(false, cause));
    }

    private void Sent(bool atSwitchOver, string detail)
    {
        _sending?.Dispose();
        _sending = null;
        if (atSwitchOver)
            Ordered(_process, GuestState.AtSwitchOver, null);
        else
            RunOn(detail);
    }

    private void HandOver()
    {
        if (Migration is not { } migration || _stand is not (GuestState.AtSwitchOver or GuestState.Running))
        {
            Ordered(_process, _stand, null);
            return;
        }

        Then(migration.CompleteAsync(_id, _stopped), outcome => Settle(outcome, HandOver), cause => Again(HandOver));
    }

    /// <summary>The guest runs on here, unless the destination has it already: only the hypervisor knows.</summary>
    /// <param name="reason">Why the migration did not come to its end; null if it was told to end.</param>
    private void RunOn(string? reason)
    {
        if (Migration is not { } migration || _stand is not (GuestState.AtSwitchOver or GuestState.Running))
        {
            Ordered(_process, _stand, reason);
            return;
        }

        Then(
            migration.MigrationAsync(_id, _stopped),
            outcome =>
            {
                if (outcome.Stage is MigrationStage.Copying or MigrationStage.AtSwitchOver)
                    Then(migration.CancelMigrationAsync(_id, _stopped), gaveUp => Settle(gaveUp, () => RunOn(reason), reason), cause => Again(() => RunOn(reason)));
                else
                    Settle(outcome, () => RunOn(reason), reason);
            },
            cause => Again(() => RunOn(reason)));
    }

    /// <summary>The migration has come to an end, or whether it has must be looked at again.</summary>
    private void Settle(MigrationOutcome outcome, Action again, string? reason = null)
    {
        switch (outcome.Stage)
        {
            case MigrationStage.Completed when _stand == GuestState.AtSwitchOver:
                // What is left is a shell that never runs again by itself; whether it can be killed changes nothing about that.
                Kill(gone => Ordered(null, GuestState.Departed, null), left => Ordered(_process, GuestState.Departed, left));
                break;
            // A guest that arrived by a migration still knows of that one.
            case MigrationStage.None or MigrationStage.Failed or MigrationStage.Completed:
                Ordered(_process, GuestState.Running, reason ?? (outcome.Stage == MigrationStage.Failed ? outcome.Detail : null));
                break;
            case MigrationStage.Unknown when _process is { } process && _endedMeanwhile.ContainsKey(process):
                Ordered(_process, GuestState.Stopped, outcome.Detail);
                break;
            case MigrationStage.Unknown or MigrationStage.Copying or MigrationStage.AtSwitchOver:
                Again(again);
                break;
            default:
                throw new Core.InvariantViolation($"the stage {outcome.Stage} of a migration is not known");
        }
    }

    /// <summary>
    /// Lets a guest that arrived run. The source's answer may come before its last state is read in here; what a dead source left incomplete
    /// never gets there, and is ended.
    /// </summary>
    private void LetArrivedRun(Order.Continue order, int looks)
    {
        if (Host is not { } host || _stand is GuestState.Running)
        {
            Ordered(_process, _stand, null);
            return;
        }

        Then(
            _node.VmHost.ListAsync(_stopped),
            guests =>
            {
                switch (guests.FirstOrDefault(g => g.Id == _id))
                {
                    case null:
                        Ordered(null, GuestState.Failed, $"the copy of {_id} that waited on {_node.Self} is gone");
                        break;
                    case { State: RunState.Paused or RunState.Running }:
                        Then(
                            host.ContinueIncomingAsync(Definition(order.Definition), order.Token, _stopped),
                            outcome =>
                            {
                                _cause = CauseOf(outcome.Verdict);
                                Ordered(
                                    outcome.Guest?.ProcessId,
                                    outcome.Runs ? GuestState.Running : outcome.Guest is null ? GuestState.Failed : GuestState.StopFailed,
                                    outcome.Runs ? null : outcome.Detail);
                            },
                            CleanUp);
                        break;
                    case { State: RunState.Incoming or RunState.Unknown } when looks > 0:
                        Again(() => LetArrivedRun(order, looks - 1));
                        break;
                    default:
                        CleanUp($"{_id} did not arrive whole on {_node.Self}.");
                        break;
                }
            },
            cause => Again(() => LetArrivedRun(order, looks - 1)));
    }

    /// <summary>Tries a step again, unless a newer order has come meanwhile.</summary>
    private void Again(Action step)
    {
        if (_waiting is not null)
            Ordered(_process, _stand, null);
        else
            Timers.StartSingleTimer("again", new Step(() => (_waiting is null ? step : () => Ordered(_process, _stand, null))()), LookAgain);
    }
}

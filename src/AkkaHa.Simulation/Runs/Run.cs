using System.Collections.Immutable;
using AkkaHa.Core;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;
using AkkaHa.Simulation.Faults;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Runs;

/// <summary>
/// Carries a plan out: a phase in which faults happen and the safety rules must hold, then everything is healed and every VM must run
/// within a bound (L1).
/// </summary>
public sealed class Run
{
    private const int VmMemoryMib = 512;

    /// <summary>From the healing until everything runs: boots, a grace for who rejoins, growing pauses of retries.</summary>
    private static readonly TimeSpan LivenessBound = TimeSpan.FromSeconds(240);

    private static readonly TimeSpan FirstAdd = TimeSpan.FromSeconds(10);

    /// <summary>The group that some VMs are restricted to.</summary>
    private static readonly ResourceGroup Restricted = new(
        new GroupName("few"), ImmutableSortedDictionary<NodeName, int>.Empty.Add(new NodeName(Swarm.Node(1)), 1))
    {
        Restricted = true,
    };

    private static readonly TimeSpan RetryCommand = TimeSpan.FromSeconds(5);

    private readonly RunPlan _plan;
    private readonly SimulatedWorld _world;
    private readonly FaultInjector _faults;
    private readonly OperatorClient _operator;
    private readonly Chance _chance;
    private string _missing = "";

    private Run(RunPlan plan, Action<string>? sink, string? actorLogLevel)
    {
        _plan = plan;
        _chance = new Chance(plan.Seed, "operator");
        _world = new SimulatedWorld(
            new WorldSettings
            {
                Seed = plan.Seed,
                Nodes = [.. Enumerable.Range(1, plan.Nodes + (plan.HasArbiter ? 1 : 0)).Select(n => new NodeName(Swarm.Node(n)))],
                Arbiters = plan.HasArbiter ? [new NodeName(Swarm.Node(plan.Nodes + 1))] : [],
                HasBmcs = plan.HasBmcs,
                MemoryMib = plan.VmsPerMachine * VmMemoryMib,
                NodeConfiguration = plan.Configuration,
                RepairAfter = TimeSpan.FromSeconds(plan.RepairSeconds),
                ActorLogLevel = actorLogLevel,
                HashSteps = sink is not null,
            },
            sink);
        foreach (var machine in _world.Machines.Values)
            machine.Bmc.HasOwnPower = plan.BmcsHaveOwnPower;
        _faults = new FaultInjector(_world);
        _operator = new OperatorClient(_world);
    }

    /// <summary>Carries a plan out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="sink">Gets every line of the trace; null for none. With a sink the hash counts every step, too.</param>
    /// <param name="actorLogLevel">What the actors log from this level on stands in the trace; null for nothing.</param>
    public static RunResult Of(RunPlan plan, Action<string>? sink = null, string? actorLogLevel = null) => new Run(plan, sink, actorLogLevel).Carry();

    /// <summary>Carries a plan out with a mistake made on purpose.</summary>
    internal static RunResult Of(RunPlan plan, KnownBadVariant variant)
    {
        KnownBad.Make(variant);
        try
        {
            return Of(plan);
        }
        finally
        {
            KnownBad.Make(KnownBadVariant.None);
        }
    }

    private RunResult Carry()
    {
        foreach (var fault in _plan.Faults)
            _faults.Schedule(fault);
        foreach (var step in _plan.Operator)
            _world.Loop.After(TimeSpan.FromSeconds(step.AtSeconds), () => Give(step));
        if (_plan.RestrictedVms > 0)
            Insist(() => new PutGroup(Restricted) { AllowOffline = true }, FirstAdd, () => _world.Oracles.Log.Groups.ContainsKey(Restricted.Name));
        for (var n = 1; n <= _plan.Vms; n++)
            Add(ResourceId.Vm(100 + n), n <= _plan.RestrictedVms);
        ClearErrors();
        _world.PowerOn();
        double? settled = null;
        if (_world.RunFor(TimeSpan.FromSeconds(_plan.SafetySeconds)))
        {
            _faults.Heal();
            var healed = _world.Elapsed;
            if (_world.RunUntil(IsSettled, LivenessBound))
                settled = (_world.Elapsed - healed).TotalSeconds;
            else
                _world.Oracles.Violated("L1", FormattableString.Invariant($"{LivenessBound.TotalSeconds} s after everything was healed {_missing}"));
        }

        foreach (var machine in _world.Machines.Values)
            machine.Daemon?.Kill();
        return new RunResult
        {
            Plan = _plan,
            Violation = _world.Oracles.Violation,
            SimulatedSeconds = _world.Elapsed.TotalSeconds,
            Steps = _world.Environment.Steps,
            Checks = _world.Oracles.Checks,
            Commits = _world.Oracles.Log.CommittedEntries.Count,
            Proofs = _world.Oracles.Log.Proofs,
            Epochs = _world.Oracles.Log.Epochs,
            Acknowledged = _operator.Acknowledged,
            Faults = _faults.Injected.ToImmutableSortedDictionary(),
            OutageSeconds = [.. _world.Oracles.Outages.Seconds],
            SettledAfterSeconds = settled,
            Tail = [.. _world.Trace.Tail],
            Hash = _world.Trace.Hash,
        };
    }

    /// <summary>Every resource stands as it is requested, on the machines and in the words of the CRM alike (L1).</summary>
    private bool IsSettled()
    {
        var node = _chance.Of([.. _world.Machines.Keys]);
        if (_operator.Status(node) is not { IsStale: false } status)
        {
            _missing = $"{node} has no answer of an acting CRM: {_operator.Status(node)?.WaitsFor}.";
            return false;
        }

        foreach (var (id, requested) in _world.Oracles.Log.Requested)
        {
            var told = status.Resources.Find(r => r.Id == id);
            var runs = _world.RunningOn(id);
            var isRight = requested switch
            {
                RequestedState.Started => told is { Actual: "started" } && runs is [var on] && told.Node == on,
                RequestedState.Stopped => told is { Actual: "stopped" } && runs.IsEmpty,
                _ => true,
            };
            if (isRight && told?.Requested == requested.ToString().ToLowerInvariant())
                continue;
            _missing = $"{id} is requested {requested} and {told?.Actual ?? "is not known"} on {told?.Node?.ToString() ?? "no node"} ({told?.Reason}); it runs on [{string.Join(", ", runs)}].";
            return false;
        }

        return true;
    }

    private void Add(ResourceId id, bool isRestricted)
    {
        var definition = OperatorClient.Definition(id, VmMemoryMib) with { Group = isRestricted ? Restricted.Name : null };
        Insist(() => new AddResource(definition, RequestedState.Started), FirstAdd, () => _world.Oracles.Log.Requested.ContainsKey(id));
    }

    private void Give(OperatorStep step)
    {
        var id = ResourceId.Parse(step.Resource);
        LogCommand command = step.Verb switch
        {
            "remove" => new RemoveResource(id),
            "migrate" => new MoveResource(id, new NodeName(step.To!), MoveKind.Migrate, "an operator asked for it"),
            "relocate" => new MoveResource(id, new NodeName(step.To!), MoveKind.Relocate, "an operator asked for it"),
            _ => new SetRequested(id, Enum.Parse<RequestedState>(step.Verb, ignoreCase: true)),
        };
        _operator.Submit(new NodeName(step.Node), command);
    }

    /// <summary>Gives a command through any node again and again until it is committed.</summary>
    private void Insist(Func<LogCommand> command, TimeSpan after, Func<bool> isDone) => _world.Loop.After(after, () =>
    {
        if (isDone())
            return;
        _operator.Submit(_chance.Of([.. _world.Machines.Keys]), command());
        Insist(command, RetryCommand, isDone);
    });

    // An operator looks every now and then and clears what is in error.
    private void ClearErrors() => _world.Loop.After(TimeSpan.FromSeconds(20), () =>
    {
        var node = _chance.Of([.. _world.Machines.Keys]);
        _operator.Ask(node, status =>
        {
            foreach (var resource in status.Resources.Where(r => r.Actual == "error"))
                _operator.Submit(node, new ClearError(resource.Id));
        });
        ClearErrors();
    });
}

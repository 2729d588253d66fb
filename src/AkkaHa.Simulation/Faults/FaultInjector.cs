using Akka.Remote.Embedded;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Simulation.Devices;
using AkkaHa.Simulation.Persistence;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Faults;

/// <summary>Does faults to a world, ends them, and heals everything at the end of the safety phase.</summary>
internal sealed class FaultInjector(SimulatedWorld world)
{
    private static readonly LinkQuality Late = LinkQuality.Lan with
    {
        MinimumDelay = TimeSpan.FromMilliseconds(50),
        MaximumDelay = TimeSpan.FromMilliseconds(900),
    };

    private bool _healed;

    /// <summary>The part of all frames that <see cref="FaultKind.Loss"/> loses, from 0 to 1.</summary>
    public double LossOfLinks { get; init; } = 0.3;

    /// <summary>How often each kind was injected.</summary>
    public SortedDictionary<FaultKind, int> Injected { get; } = [];

    public void Schedule(Fault fault) => world.Loop.After(TimeSpan.FromSeconds(fault.AtSeconds), () =>
    {
        if (_healed)
            return;
        world.Trace.Add("FAULT", fault.ToString());
        Injected[fault.Kind] = Injected.GetValueOrDefault(fault.Kind) + 1;
        var end = Begin(fault);
        world.Loop.After(TimeSpan.FromSeconds(fault.LastsSeconds), () =>
        {
            if (_healed)
                return;
            if (end is not null)
                world.Trace.Add("FAULT", $"{fault.Kind} {string.Join(",", fault.Nodes)} ends");
            end?.Invoke();
        });
    });

    /// <summary>Ends every fault; what is off is switched on.</summary>
    public void Heal()
    {
        _healed = true;
        world.Trace.Add("FAULT", "all is healed");
        world.Links.MendAll();
        foreach (var machine in world.Machines.Values)
        {
            machine.Disk.Health = DiskHealth.Sound;
            machine.Bmc.Health = BmcHealth.Sound;
            machine.StartsFail = machine.StopsHang = machine.DaemonHeld = false;
            machine.Thaw();
            machine.RestoreMains();
            machine.PowerOn();
            machine.StartDaemon();
        }
    }

    private Action? Begin(Fault fault)
    {
        var nodes = fault.Nodes.Select(n => new NodeName(n)).ToList();
        var machine = world.Machine(nodes[0]);
        switch (fault.Kind)
        {
            case FaultKind.PowerCut:
                machine.CutMains();
                return machine.RestoreMains;
            case FaultKind.Reset:
                machine.Reset("its kernel panics");
                return null;
            case FaultKind.DaemonCrash:
                machine.CrashDaemon(TimeSpan.FromSeconds(fault.LastsSeconds));
                return null;
            case FaultKind.DaemonRestart:
                machine.Daemon?.Stop(TimeSpan.FromSeconds(fault.LastsSeconds));
                return null;
            case FaultKind.Freeze:
                machine.Freeze();
                return machine.Thaw;
            case FaultKind.Partition:
                return CutAll(from one in nodes from other in world.Machines.Keys.Except(nodes) from way in Both(one, other) select way);
            case FaultKind.OneWay:
                return CutAll(nodes.Count > 1 ? [(nodes[0], nodes[1])] : world.Machines.Keys.Where(n => n != nodes[0]).Select(n => (nodes[0], n)));
            case FaultKind.LinkCut:
                return CutAll(Both(nodes[0], nodes[1]));
            case FaultKind.Flap:
                Flap(nodes[0], nodes[1], world.Elapsed + TimeSpan.FromSeconds(fault.LastsSeconds));
                return null;
            case FaultKind.Loss:
                return Degrade(nodes[0], LinkQuality.Lan with { Loss = LossOfLinks });
            case FaultKind.Delay:
                return Degrade(nodes[0], Late);
            case FaultKind.BrokenConnections:
                foreach (var other in world.Machines.Keys.Where(n => n != nodes[0]))
                    world.Network.BreakWithLateFrames(nodes[0].Value, other.Value, world.Chance.Span(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(3)));
                return null;
            case FaultKind.DiskSlow:
                return Disk(machine, DiskHealth.Slow);
            case FaultKind.DiskFull:
                return Disk(machine, DiskHealth.Full);
            case FaultKind.DiskBroken:
                return Disk(machine, DiskHealth.Broken);
            case FaultKind.BmcSlow:
                return PowerDevice(machine, BmcHealth.Slow);
            case FaultKind.BmcDead:
                return PowerDevice(machine, BmcHealth.Dead);
            case FaultKind.BmcLate:
                return PowerDevice(machine, BmcHealth.Late);
            case FaultKind.BmcLying:
                return PowerDevice(machine, BmcHealth.Lying);
            case FaultKind.GuestCrash:
                foreach (var guest in machine.Guests.Values.ToList())
                    machine.EndGuest(guest, GuestExitReason.Crashed, "it crashed");
                return null;
            case FaultKind.StartsFail:
                machine.StartsFail = true;
                return () => machine.StartsFail = false;
            case FaultKind.StopsHang:
                machine.StopsHang = true;
                return () => machine.StopsHang = false;
            case FaultKind.ClockJump:
                machine.Daemon?.ShiftWallClock(TimeSpan.FromSeconds(world.Chance.Between(-7200, 7200)));
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "a kind of fault that is not known");
        }
    }

    private static IEnumerable<(NodeName From, NodeName To)> Both(NodeName one, NodeName other) => [(one, other), (other, one)];

    private Action CutAll(IEnumerable<(NodeName From, NodeName To)> ways)
    {
        var cut = ways.ToList();
        foreach (var (from, to) in cut)
            world.Links.Cut(from, to);
        return () =>
        {
            foreach (var (from, to) in cut)
                world.Links.Mend(from, to);
        };
    }

    private Action Degrade(NodeName node, LinkQuality quality)
    {
        void Set(LinkQuality now)
        {
            foreach (var other in world.Machines.Keys.Where(n => n != node))
            {
                world.Links.Degrade(node, other, now);
                world.Links.Degrade(other, node, now);
            }
        }

        Set(quality);
        return () => Set(LinkQuality.Lan);
    }

    private void Flap(NodeName one, NodeName other, TimeSpan until)
    {
        if (_healed || world.Elapsed >= until)
            return;
        var mend = CutAll(Both(one, other));
        world.Loop.After(world.Chance.Span(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(5)), () =>
        {
            mend();
            world.Loop.After(world.Chance.Span(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(5)), () => Flap(one, other, until));
        });
    }

    private static Action Disk(Machine machine, DiskHealth health)
    {
        machine.Disk.Health = health;
        return () => machine.Disk.Health = DiskHealth.Sound;
    }

    private static Action PowerDevice(Machine machine, BmcHealth health)
    {
        machine.Bmc.Health = health;
        return () => machine.Bmc.Health = BmcHealth.Sound;
    }
}

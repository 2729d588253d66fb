using AkkaHa.Core;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Simulation.Devices;
using AkkaHa.Simulation.Persistence;

namespace AkkaHa.Simulation.World;

/// <summary>A machine: power, boots, the processes of guests, a disk, a power device, and the node's daemon.</summary>
internal sealed class Machine
{
    private int _boots;
    private int _daemons;
    private int _processIds = 100;
    private TimeSpan _bootedAt;
    private long _lastBoottime;
    private Action? _onDaemonEnded;

    public Machine(SimulatedWorld world, NodeName name)
    {
        World = world;
        Name = name;
        Chance = new Chance(world.Settings.Seed, $"machine {name}");
        Disk = new SimulatedDisk(name.Value, new Chance(world.Settings.Seed, $"disk {name}"), world.Trace)
        {
            Durable = e => world.Oracles.Durable(this, e),
        };
        Bmc = new Bmc(this, world.Loop);
    }

    public SimulatedWorld World { get; }

    public NodeName Name { get; }

    public Chance Chance { get; }

    public SimulatedDisk Disk { get; }

    public Bmc Bmc { get; }

    public SortedDictionary<ResourceId, Guest> Guests { get; } = [];

    /// <summary>Its daemon's process; null where none runs.</summary>
    public Daemon? Daemon { get; private set; }

    public bool IsOn { get; private set; }

    /// <summary>It has no mains: whoever presses its power button presses in vain, and a power device without own power is dead.</summary>
    public bool MainsCut { get; private set; }

    /// <summary>It is switched off by its power device or by an operator, and stays so until it is switched on.</summary>
    public bool StaysOff { get; private set; }

    /// <summary>An operator does not want its daemon to run.</summary>
    public bool DaemonHeld { get; set; }

    public bool StartsFail { get; set; }

    public bool StopsHang { get; set; }

    public Boot Boot => new(Name, new BootId(KnownBad.Is(KnownBadVariant.AdmissionPerDaemonStart)
        ? FormattableString.Invariant($"b{_boots}-{_daemons}-{Name}")
        : FormattableString.Invariant($"b{_boots}-{Name}")));

    /// <summary>The end of this boot's lease on CLOCK_BOOTTIME; survives its daemon.</summary>
    public TimeSpan LeaseUntil { get; set; }

    /// <summary>The disarming under which this boot's guests need no lease; survives its daemon, too.</summary>
    public long? LeaseFreeSince { get; set; }

    /// <summary>Grows with every call within a boot, as CLOCK_BOOTTIME in nanoseconds does between two processes.</summary>
    public long BoottimeNanos() => _lastBoottime = Math.Max(_lastBoottime + 1, (World.Elapsed - _bootedAt).Ticks * 100);

    public void PowerOn()
    {
        StaysOff = false;
        if (IsOn || MainsCut)
            return;
        IsOn = true;
        _boots++;
        _bootedAt = World.Elapsed;
        _lastBoottime = 0;
        LeaseUntil = TimeSpan.Zero;
        LeaseFreeSince = null;
        World.Network.PowerOn(Name.Value);
        World.Oracles.TopologyChanged();
        var boot = _boots;
        World.Trace.Add(Name.Value, $"power on, boot {boot}");
        // No two machines are equally fast.
        World.Loop.After(World.Settings.BootTime * (0.9 + 0.2 * Chance.NextDouble()), () =>
        {
            if (IsOn && _boots == boot)
                StartDaemon();
        });
    }

    public void PowerOff(string why)
    {
        StaysOff = true;
        CutPower(why);
        // Somebody comes, looks, and switches it on again.
        if (World.Settings.RepairAfter is { } repair)
        {
            World.Loop.After(repair * (0.5 + Chance.NextDouble()), () =>
            {
                if (StaysOff)
                    PowerOn();
            });
        }
    }

    public void CutMains()
    {
        MainsCut = true;
        CutPower("its mains are cut");
    }

    public void RestoreMains()
    {
        if (!MainsCut)
            return;
        MainsCut = false;
        if (!StaysOff)
            PowerOn();
    }

    /// <summary>The kernel starts over without warning (a watchdog, a panic).</summary>
    public void Reset(string why)
    {
        if (!IsOn)
            return;
        CutPower(why);
        PowerOn();
    }

    public void StartDaemon()
    {
        if (!IsOn || Daemon is not null || DaemonHeld)
            return;
        _daemons++;
        Daemon = new Daemon(this);
        World.Trace.Add(Name.Value, "daemon starts");
        World.Oracles.TopologyChanged();
        Daemon.Start();
    }

    /// <summary>The daemon is stopped in good order and not started again before it is wanted.</summary>
    public void HoldDaemon()
    {
        DaemonHeld = true;
        Daemon?.Stop(restartAfter: null);
    }

    /// <summary>The host goes down in good order: its daemon first, then what still runs. A reboot comes up again, else it stays off.</summary>
    public void Shutdown(bool isReboot)
    {
        World.Trace.Add(Name.Value, isReboot ? "reboots" : "shuts down");
        DaemonHeld = true;
        void GoDown()
        {
            DaemonHeld = false;
            PowerOff("it shut down");
            if (isReboot)
                PowerOn();
        }

        if (Daemon is not { } daemon)
        {
            GoDown();
            return;
        }

        _onDaemonEnded = GoDown;
        daemon.Stop(restartAfter: null);
    }

    /// <summary>The daemon's process dies; its guests live on, and it is started again after a while.</summary>
    public void CrashDaemon(TimeSpan restartAfter)
    {
        if (Daemon is null)
            return;
        World.Trace.Add(Name.Value, "daemon killed");
        Daemon.Kill();
        Daemon = null;
        Disk.Interrupt();
        World.Network.Kill(Name.Value);
        World.Oracles.TopologyChanged();
        RestartDaemonAfter(restartAfter);
    }

    /// <summary>The daemon's process ended by itself.</summary>
    public void DaemonEnded(Daemon daemon, TimeSpan? restartAfter)
    {
        if (Daemon != daemon)
            return;
        World.Trace.Add(Name.Value, "daemon ended");
        daemon.Kill();
        Daemon = null;
        World.Network.Kill(Name.Value);
        World.Oracles.TopologyChanged();
        if (restartAfter is { } pause)
            RestartDaemonAfter(pause);
        var then = _onDaemonEnded;
        _onDaemonEnded = null;
        then?.Invoke();
    }

    /// <summary>The daemon's process stands still.</summary>
    public void Freeze()
    {
        Daemon?.Freeze();
        World.Oracles.TopologyChanged();
    }

    public void Thaw()
    {
        if (Daemon is not { IsFrozen: true })
            return;
        World.Oracles.Thawed(Name);
        Daemon.Thaw();
        World.Oracles.TopologyChanged();
    }

    public Guest Spawn(VmDefinition definition, Token token)
    {
        var guest = new Guest(definition, token, ++_processIds, World.Elapsed);
        Guests.Add(definition.Id, guest);
        return guest;
    }

    public void Continue(Guest guest)
    {
        guest.State = RunState.Running;
        World.Trace.Add(Name.Value, $"{guest.Id} runs");
        World.Oracles.GuestRuns(this, guest);
    }

    public void EndGuest(Guest guest, GuestExitReason reason, string detail)
    {
        if (!Guests.Remove(guest.Id))
            return;
        World.Trace.Add(Name.Value, $"{guest.Id} ended: {detail}");
        World.Oracles.GuestEnds(this, guest);
        Daemon?.VmHost.Tell(new GuestExit(guest.Definition.GuestName, guest.Definition.Uuid, guest.ProcessId, reason, $"{guest.Id}: {detail}"));
    }

    private void RestartDaemonAfter(TimeSpan pause)
    {
        var boot = _boots;
        World.Loop.After(pause, () =>
        {
            if (_boots == boot)
                StartDaemon();
        });
    }

    private void CutPower(string why)
    {
        if (!IsOn)
            return;
        IsOn = false;
        World.Trace.Add(Name.Value, $"power off: {why}");
        Daemon?.Kill();
        Daemon = null;
        Disk.Interrupt();
        World.Network.PowerOff(Name.Value);
        foreach (var guest in Guests.Values)
            World.Oracles.GuestEnds(this, guest);
        Guests.Clear();
        World.Oracles.TopologyChanged();
    }
}

using System.Collections.Immutable;

namespace AkkaHa.Simulation.Faults;

/// <summary>What can be done to a cluster.</summary>
public enum FaultKind
{
    /// <summary>The mains of a machine are cut; they come back at the end.</summary>
    PowerCut,

    /// <summary>A machine's kernel starts over without warning.</summary>
    Reset,

    /// <summary>A daemon's process is killed; its guests live on. It starts again at the end.</summary>
    DaemonCrash,

    /// <summary>A daemon is stopped in good order and started again at the end.</summary>
    DaemonRestart,

    /// <summary>A daemon's process stands still (SIGSTOP, a long pause); its guests run on.</summary>
    Freeze,

    /// <summary>The nodes named are cut off from all others.</summary>
    Partition,

    /// <summary>What the first node sends does not reach the second one, or nobody if there is no second one.</summary>
    OneWay,

    /// <summary>The link between two nodes is cut.</summary>
    LinkCut,

    /// <summary>The link between two nodes is cut and mended over and over.</summary>
    Flap,

    /// <summary>A part of what a node sends and gets is lost and sent again.</summary>
    Loss,

    /// <summary>All that a node sends and gets is late.</summary>
    Delay,

    /// <summary>Connections break; what was under way arrives late, behind newer frames.</summary>
    BrokenConnections,

    /// <summary>Each write of a node's journal takes seconds.</summary>
    DiskSlow,

    /// <summary>A node's journal has no space left.</summary>
    DiskFull,

    /// <summary>A node's journal can be neither written nor read.</summary>
    DiskBroken,

    /// <summary>A node's power device takes many seconds.</summary>
    BmcSlow,

    /// <summary>A node's power device does not answer.</summary>
    BmcDead,

    /// <summary>A node's power device does as told later, and does not say so.</summary>
    BmcLate,

    /// <summary>A node's power device says that it has switched, and has not.</summary>
    BmcLying,

    /// <summary>The guests of a machine end by themselves.</summary>
    GuestCrash,

    /// <summary>Guests cannot be started on a machine.</summary>
    StartsFail,

    /// <summary>The guests of a machine do not shut down when they are asked.</summary>
    StopsHang,

    /// <summary>A node's wall clock jumps.</summary>
    ClockJump,
}

/// <summary>Something that is done to the cluster.</summary>
/// <param name="Kind">What.</param>
/// <param name="AtSeconds">When it begins, in simulated seconds from the start.</param>
/// <param name="LastsSeconds">How long it lasts, where it does.</param>
/// <param name="Nodes">To which nodes; the first one counts where there is one.</param>
public sealed record Fault(FaultKind Kind, double AtSeconds, double LastsSeconds, ImmutableArray<string> Nodes)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Kind} {string.Join(",", Nodes)} for {LastsSeconds:0.0} s");
}

using System.Collections.Immutable;
using Akka.Actor;
using Akka.Embedded;
using Akka.Remote.Embedded;
using AkkaHa.Cluster;
using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Node;
using AkkaHa.Simulation.Devices;
using AkkaHa.Simulation.Persistence;

namespace AkkaHa.Simulation.World;

/// <summary>
/// The process of a node's daemon: the real actors in one actor system after the other, as <see cref="NodeDaemon"/> runs them, on simulated
/// devices.
/// </summary>
internal sealed class Daemon
{
    private static readonly TimeSpan IncarnationPause = TimeSpan.FromMilliseconds(300);

    private readonly Machine _machine;
    private readonly SimulatedNode _environment;
    private readonly Coroutines _process;
    private readonly SimulatedLeaseGuard _leaseGuard;
    private ActorSystem? _system;
    private IActorRef? _operator;
    private bool _stopping;

    public Daemon(Machine machine)
    {
        _machine = machine;
        _environment = machine.World.Environment.CreateNode(machine.Name.Value);
        _process = new Coroutines(_environment);
        VmHost = new SimulatedVmHost(machine, _process);
        var lease = machine.World.Configuration.SettingsOf(machine.Name).Lease;
        _leaseGuard = new SimulatedLeaseGuard(machine, VmHost, _process, new LeaseTerms(lease.NodeTtl, TimeSpan.Zero, IsArmed: false));
    }

    public SimulatedVmHost VmHost { get; }

    public bool IsFrozen => _environment.IsFrozen;

    public bool IsDead => _environment.IsDead;

    public void Start() => _process.Post(_ => StartIncarnation(), null);

    public void Kill() => _environment.Kill();

    public void Freeze() => _environment.Freeze();

    public void Thaw() => _environment.Thaw();

    public void ShiftWallClock(TimeSpan by) => _environment.ShiftWallClock(by);

    /// <summary>Ends in good order, as after SIGTERM; the guests live on.</summary>
    /// <param name="restartAfter">When it is started again; never if null.</param>
    public void Stop(TimeSpan? restartAfter)
    {
        if (_stopping)
            return;
        _stopping = true;
        _machine.World.Trace.Add(_machine.Name.Value, "daemon stops");
        _process.Post(
            _ =>
            {
                var ended = _system is null ? Task.CompletedTask : CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClrExitReason.Instance);
                ended.ContinueWith(
                    _ => _machine.World.Loop.Post(_ => _machine.DaemonEnded(this, restartAfter), null),
                    CancellationToken.None, TaskContinuationOptions.None, _environment.TaskScheduler);
            },
            null);
    }

    /// <summary>Gives the node's gateway a message as an operator's client does.</summary>
    /// <returns>False if nobody listens there now.</returns>
    public bool Ask(object request, Action<object> onReply)
    {
        if (_operator is null || IsDead)
            return false;
        _operator.Tell(new OperatorEndpoint.Request(request, onReply));
        return true;
    }

    private void StartIncarnation()
    {
        if (_stopping)
            return;
        var world = _machine.World;
        var node = NodeContexts.Of(world.Configuration.SettingsOf(_machine.Name), new NodeMachine(
            _machine.Boot, _machine.BoottimeNanos, $"machine-{_machine.Name}", VmHost, _leaseGuard, "simulated", FenceLevels(),
            _machine.Chance.NextGuid, () => (long)(_machine.Chance.NextBits() >> 1))) with
        { MigratesLive = true };
        try
        {
            var setup = BootstrapSetup.Create().WithConfig(world.Configuration.Of(_machine.Name))
                .And(new NodeSetup(node))
                .And(new RuntimeEnvironmentSetup(_environment))
                .And(new RemoteNetworkSetup(world.Network.Node(_machine.Name.Value, _environment)))
                .And(new SimulatedDiskSetup(_machine.Disk, _process))
                .And(new TraceSetup(world.Trace, _machine.Name.Value));
            _system = ActorSystem.Create(AkkaConfiguration.SystemName, setup);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            world.Trace.Add(_machine.Name.Value, $"no actor system: {e.Message}");
            _process.After(IncarnationPause, StartIncarnation);
            return;
        }

        world.Trace.Add(_machine.Name.Value, "actor system starts");
        var system = _system;
        NodeActors.Start(system, node);
        _operator = system.ActorOf(Props.Create(() => new OperatorEndpoint()), "operator");
        system.WhenTerminated.ContinueWith(
            _ => Ended(system), CancellationToken.None, TaskContinuationOptions.None, _environment.TaskScheduler);
    }

    private void Ended(ActorSystem system)
    {
        if (_system != system)
            return;
        _machine.World.Trace.Add(_machine.Name.Value, "actor system ended");
        _operator = null;
        _system = null;
        _process.After(IncarnationPause, StartIncarnation);
    }

    private ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>> FenceLevels() =>
        _machine.World.Settings.HasBmcs
            ? _machine.World.Settings.Nodes.ToImmutableSortedDictionary(
                n => n, n => ImmutableList.Create(ImmutableList.Create<IFenceDevice>(new SimulatedPowerDevice(_machine.World, _machine, n))))
            : ImmutableSortedDictionary<NodeName, ImmutableList<ImmutableList<IFenceDevice>>>.Empty;
}

using Akka.Actor;
using Akka.Actor.Setup;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Persistence;

/// <summary>Gives the plugins of an actor system the disk of its machine.</summary>
internal sealed class SimulatedDiskSetup(SimulatedDisk disk, Coroutines process) : Setup
{
    public SimulatedDisk Disk => disk;

    /// <summary>Waits on the time of the process that writes: a frozen one finishes no write.</summary>
    public Coroutines Process => process;

    public static SimulatedDiskSetup Of(ActorSystem system) =>
        system.Settings.Setup.Get<SimulatedDiskSetup>() is { HasValue: true, Value: var setup }
            ? setup
            : throw new InvalidOperationException("The simulated journal works only on a machine of a simulation.");
}

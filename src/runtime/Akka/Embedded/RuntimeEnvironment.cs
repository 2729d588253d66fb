using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Embedded;

/// <summary>
/// One place for time, threads and chance. Real by default; a simulation passes its own with <see cref="RuntimeEnvironmentSetup"/>.
/// </summary>
public abstract class RuntimeEnvironment
{
    /// <summary>The environment of a production process: system clock, thread pool, operating-system entropy.</summary>
    public static RuntimeEnvironment Real { get; } = new RealEnvironment();

    /// <summary>The clock: <see cref="TimeProvider.GetTimestamp"/> is monotonic, <see cref="TimeProvider.GetUtcNow"/> is wall-clock time.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Where continuations of tasks run.</summary>
    public abstract TaskScheduler TaskScheduler { get; }

    /// <summary>True when everything runs on one thread in an order that a seed decides.</summary>
    public abstract bool IsDeterministic { get; }

    /// <summary>The environment in which an actor system lives.</summary>
    /// <param name="system">A running actor system.</param>
    public static RuntimeEnvironment Of(ActorSystem system)
        => system is ActorSystemImpl impl ? impl.Environment : Real;

    /// <summary>A source of chance, seeded under simulation.</summary>
    /// <param name="purpose">What it is for; two purposes get independent sequences.</param>
    public abstract Random CreateRandom(string purpose);

    /// <summary>A positive number for the incarnation of an actor or an actor system, never 0.</summary>
    public abstract int NextUid();

    /// <summary>Runs <paramref name="work"/> soon: on the thread pool, or on the one loop of a simulation. No order is promised between two calls.</summary>
    /// <param name="work">What to run; an exception it throws is not caught.</param>
    public abstract void Execute(Action work);

    /// <summary>Like <see cref="Execute(Action)"/>, without a closure for each call.</summary>
    internal virtual void Execute(IThreadPoolWorkItem work, bool preferLocal) => Execute(work.Execute);

    /// <summary>Runs a loop of its own until it returns: on a thread of that name, or as one step of the simulation's loop.</summary>
    internal abstract void ExecuteLong(string name, Action work);

    /// <summary>The environment of the actor that runs on this thread, or of the loop that owns it; the real one otherwise.</summary>
    internal static RuntimeEnvironment Ambient => InternalCurrentActorCellKeeper.Current?.SystemImpl.Environment ?? DeterministicEnvironment.OfThisThread ?? Real;
}

using Akka.Actor;
using Akka.Embedded;

namespace Akka.Coordination.Stores;

/// <summary>The time, the threads and the chance that a lease uses.</summary>
/// <param name="Time">Monotonic time and timers.</param>
/// <param name="RunBlocking">Runs something that may block, on a thread of that name.</param>
/// <param name="Run">Runs something short soon.</param>
/// <param name="NewToken">A number that no other acquisition has.</param>
/// <param name="IsDeterministic">Whether all of it happens on one thread.</param>
internal sealed record LeasePlace(TimeProvider Time, Action<string, Action> RunBlocking, Action<Action> Run, Func<long> NewToken, bool IsDeterministic)
{
    public static LeasePlace Of(ActorSystem system)
    {
        var environment = RuntimeEnvironment.Of(system);
        return new LeasePlace(
            environment.Time,
            // A simulation has one thread, so there it is that one which waits for the database or the disk.
            environment.IsDeterministic ? (_, work) => environment.Execute(work) : environment.ExecuteLong,
            environment.Execute,
            () => ((long)environment.NextUid() << 32) | (uint)environment.NextUid(),
            environment.IsDeterministic);
    }
}

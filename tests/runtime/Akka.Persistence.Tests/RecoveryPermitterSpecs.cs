using Akka.Actor;
using Akka.TestKit;

namespace Akka.Persistence.Tests;

public sealed class RecoveryPermitterSpecs : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly IActorRef _permitter;
    private readonly TestProbe[] _actors;

    public RecoveryPermitterSpecs()
    {
        _permitter = Sys.ActorOf(RecoveryPermitter.Props(2));
        _actors = [.. Enumerable.Range(0, 5).Select(_ => CreateTestProbe())];
    }

    [Fact]
    public void Only_so_many_recover_at_once_and_the_others_follow_in_order()
    {
        foreach (var actor in _actors) _permitter.Tell(RequestRecoveryPermit.Instance, actor.Ref);
        _actors[0].ExpectMsg<RecoveryPermitGranted>(Patience);
        _actors[1].ExpectMsg<RecoveryPermitGranted>(Patience);
        _actors[2].ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _permitter.Tell(ReturnRecoveryPermit.Instance, _actors[1].Ref);
        _actors[2].ExpectMsg<RecoveryPermitGranted>(Patience);
        _permitter.Tell(ReturnRecoveryPermit.Instance, _actors[2].Ref);
        _actors[3].ExpectMsg<RecoveryPermitGranted>(Patience);
        _actors[4].ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_actor_that_ends_gives_its_permit_back()
    {
        foreach (var actor in _actors.Take(3)) _permitter.Tell(RequestRecoveryPermit.Instance, actor.Ref);
        _actors[1].ExpectMsg<RecoveryPermitGranted>(Patience);
        Sys.Stop(_actors[0].Ref);
        _actors[2].ExpectMsg<RecoveryPermitGranted>(Patience);
    }

    [Fact]
    public void An_actor_that_ends_while_it_waits_gets_none()
    {
        foreach (var actor in _actors.Take(4)) _permitter.Tell(RequestRecoveryPermit.Instance, actor.Ref);
        Watch(_actors[2].Ref);
        Sys.Stop(_actors[2].Ref);
        ExpectTerminated(_actors[2].Ref, Patience);
        _actors[0].ExpectMsg<RecoveryPermitGranted>(Patience);
        _permitter.Tell(ReturnRecoveryPermit.Instance, _actors[0].Ref);
        _actors[3].ExpectMsg<RecoveryPermitGranted>(Patience);
    }

    [Fact]
    public void An_actor_that_asks_again_while_it_waits_is_in_the_queue_once()
    {
        foreach (var actor in _actors.Take(3)) _permitter.Tell(RequestRecoveryPermit.Instance, actor.Ref);
        _permitter.Tell(RequestRecoveryPermit.Instance, _actors[2].Ref);
        _permitter.Tell(RequestRecoveryPermit.Instance, _actors[3].Ref);
        _permitter.Tell(ReturnRecoveryPermit.Instance, _actors[0].Ref);
        _actors[2].ExpectMsg<RecoveryPermitGranted>(Patience);
        _permitter.Tell(ReturnRecoveryPermit.Instance, _actors[1].Ref);
        _actors[3].ExpectMsg<RecoveryPermitGranted>(Patience);
        _actors[2].ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Who_returns_a_permit_that_he_does_not_hold_frees_none()
    {
        foreach (var actor in _actors.Take(3)) _permitter.Tell(RequestRecoveryPermit.Instance, actor.Ref);
        _permitter.Tell(ReturnRecoveryPermit.Instance, _actors[4].Ref);
        // Whoever waits and gives up leaves the queue, and no place becomes free by that either.
        _permitter.Tell(ReturnRecoveryPermit.Instance, _actors[2].Ref);
        _permitter.Tell(RequestRecoveryPermit.Instance, _actors[3].Ref);
        _permitter.Tell(ReturnRecoveryPermit.Instance, _actors[0].Ref);
        _actors[3].ExpectMsg<RecoveryPermitGranted>(Patience);
        _actors[2].ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_actor_that_restarts_in_its_recovery_keeps_its_permit()
    {
        _permitter.Tell(RequestRecoveryPermit.Instance, _actors[0].Ref);
        _actors[0].ExpectMsg<RecoveryPermitGranted>(Patience);
        _permitter.Tell(RequestRecoveryPermit.Instance, _actors[0].Ref);
        _actors[0].ExpectMsg<RecoveryPermitGranted>(Patience);
        _permitter.Tell(RequestRecoveryPermit.Instance, _actors[1].Ref);
        _actors[1].ExpectMsg<RecoveryPermitGranted>(Patience);
    }
}

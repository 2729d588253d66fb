using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>The actor behind <see cref="TestKitBase.TestActor"/>: queues what it gets for the test to look at.</summary>
internal sealed class InternalTestActor : ActorBase
{
    private readonly TestMessageQueue _queue;
    private readonly TaskCompletionSource _started;
    private readonly DelegatingSupervisorStrategy _supervisorStrategy = new();
    private TestActor.Ignore? _ignore;
    private AutoPilot _pilot = AutoPilot.NoAutoPilot;

    public InternalTestActor(TestMessageQueue queue, TaskCompletionSource started)
    {
        _queue = queue;
        _started = started;
    }

    /// <summary>A watch that tells the test when it stands; <see cref="TestActor.Watch"/> does not answer.</summary>
    internal sealed record WatchAndConfirm(IActorRef Subject, bool On, TaskCompletionSource Done) : INoSerializationVerificationNeeded;

    protected override SupervisorStrategy SupervisorStrategy() => _supervisorStrategy;

    protected override void PreStart() => _started.TrySetResult();

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case WatchAndConfirm watch:
                if (watch.On)
                    Context.Watch(watch.Subject);
                else
                    Context.Unwatch(watch.Subject);
                watch.Done.TrySetResult();
                return true;
            case TestActor.Watch watch:
                Context.Watch(watch.Actor);
                return true;
            case TestActor.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                return true;
            case TestActor.SetIgnore set:
                _ignore = set.Ignore;
                return true;
            case TestActor.SetAutoPilot set:
                _pilot = set.AutoPilot;
                return true;
            case TestActor.Spawn spawn:
                var child = spawn.Apply(Context);
                if (spawn._supervisorStrategy.HasValue)
                    _supervisorStrategy.Update(child, spawn._supervisorStrategy.Value);
                Sender.Tell(child, Self);
                return true;
            default:
                Fly(message);
                if (_ignore is null || !_ignore(message))
                    _queue.Enqueue(new RealMessageEnvelope(message, Sender));
                return true;
        }
    }

    private void Fly(object message)
    {
        if (_pilot is NoAutoPilot)
            return;
        var next = _pilot.Run(Sender, message);
        if (next is not KeepRunning)
            _pilot = next;
    }
}

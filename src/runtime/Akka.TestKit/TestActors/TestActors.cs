using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Takes every message and does nothing with it.</summary>
public class BlackHoleActor : ActorBase
{
    /// <summary>Made by its props.</summary>
    public BlackHoleActor()
    {
    }

    /// <summary>What it is made from.</summary>
    public static Props Props { get; } = Props.Create<BlackHoleActor>();

    /// <inheritdoc/>
    protected override bool Receive(object message) => true;
}

/// <summary>Sends every message back to its sender and to the test actor.</summary>
public class EchoActor : ReceiveActor
{
    /// <summary>Echoes to the test actor of <paramref name="testkit"/>, and to the sender unless told otherwise.</summary>
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true)
    {
        ReceiveAny(message =>
        {
            var sender = Sender;
            var testActor = testkit.TestActor;
            if (echoBackToSenderAsWell && !testActor.Equals(sender))
                sender.Tell(message);
            testActor.Tell(message, Sender);
        });
    }

    /// <summary>What it is made from.</summary>
    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) =>
        Actor.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));
}

/// <summary>Sends every message back to its sender.</summary>
public class SimpleEchoActor : ReceiveActor
{
    /// <summary>Made by its props.</summary>
    public SimpleEchoActor() => ReceiveAny(message => Sender.Tell(message));

    /// <summary>What it is made from.</summary>
    public static Props Props() => Actor.Props.Create<SimpleEchoActor>();
}

/// <summary>Forwards every message to one actor.</summary>
public class ForwardActor : ReceiveActor
{
    /// <summary>Forwards to <paramref name="target"/>.</summary>
    public ForwardActor(IActorRef target) => ReceiveAny(target.Forward);

    /// <summary>What it is made from.</summary>
    public static Props Props(IActorRef target) => Actor.Props.Create(() => new ForwardActor(target));
}

/// <summary>Handles no message.</summary>
public class UnhandledMessageActor : ReceiveActor
{
    /// <summary>Made by its props.</summary>
    public UnhandledMessageActor()
    {
    }
}

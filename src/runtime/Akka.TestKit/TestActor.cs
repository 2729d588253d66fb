using Akka.Actor;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>The messages that steer a test actor. They are not queued for the test.</summary>
public static class TestActor
{
    /// <summary>Says whether a message is thrown away instead of queued.</summary>
    public delegate bool Ignore(object message);

    /// <summary>Ends the automatic reactions.</summary>
    public static AutoPilot NoAutoPilot => AutoPilot.NoAutoPilot;

    /// <summary>Keeps the pilot that returned it.</summary>
    public static AutoPilot KeepRunning => AutoPilot.KeepRunning;

    /// <summary>Stands for "nothing arrived".</summary>
    public static NullMessageEnvelope NullMessage => NullMessageEnvelope.Instance;

    /// <summary>Sets which messages are thrown away; null queues all again.</summary>
    public class SetIgnore : INoSerializationVerificationNeeded
    {
        /// <summary>Carries the predicate.</summary>
        public SetIgnore(Ignore? ignore) => Ignore = ignore;

        /// <summary>The predicate, or null.</summary>
        public Ignore? Ignore { get; }
    }

    /// <summary>Makes the test actor watch another actor.</summary>
    public class Watch : INoSerializationVerificationNeeded
    {
        /// <summary>Names the actor to watch.</summary>
        public Watch(IActorRef actorToWatch) => Actor = actorToWatch;

        /// <summary>The actor to watch.</summary>
        public IActorRef Actor { get; }
    }

    /// <summary>Makes the test actor stop watching another actor.</summary>
    public class Unwatch : INoSerializationVerificationNeeded
    {
        /// <summary>Names the actor that is no longer watched.</summary>
        public Unwatch(IActorRef actorToUnwatch) => Actor = actorToUnwatch;

        /// <summary>The actor that is no longer watched.</summary>
        public IActorRef Actor { get; }
    }

    /// <summary>Sets the pilot.</summary>
    public class SetAutoPilot : INoSerializationVerificationNeeded
    {
        /// <summary>Carries the pilot.</summary>
        public SetAutoPilot(AutoPilot autoPilot) => AutoPilot = autoPilot;

        /// <summary>The pilot.</summary>
        public AutoPilot AutoPilot { get; }
    }

    /// <summary>Makes the test actor start a child and send its reference to the sender.</summary>
    public class Spawn : INoSerializationVerificationNeeded
    {
        /// <summary>What the child is made from.</summary>
        public readonly Props _props;

        /// <summary>The name of the child, if it matters.</summary>
        public readonly Option<string> _name;

        /// <summary>How failures of the child are handled, if not in the default way.</summary>
        public readonly Option<SupervisorStrategy> _supervisorStrategy;

        /// <summary>Describes the child.</summary>
        public Spawn(Props props, Option<string> name, Option<SupervisorStrategy> supervisorStrategy)
        {
            _props = props;
            _name = name;
            _supervisorStrategy = supervisorStrategy;
        }

        /// <summary>Starts the child below <paramref name="context"/>.</summary>
        public IActorRef Apply(IActorRefFactory context) =>
            _name.HasValue ? context.ActorOf(_props, _name.Value) : context.ActorOf(_props);
    }
}


namespace Akka.Actor;

/// <summary>The types that state machines share.</summary>
public abstract class FSMBase : ActorBase
{
    /// <summary>What a subscriber gets first: the present state of the machine.</summary>
    public sealed class CurrentState<TS>
    {
        /// <summary>Names the machine and its state.</summary>
        public CurrentState(IActorRef fsmRef, TS state)
        {
            FsmRef = fsmRef;
            State = state;
        }

        /// <summary>The machine.</summary>
        public IActorRef FsmRef { get; }

        /// <summary>Its state.</summary>
        public TS State { get; }
    }

    /// <summary>What a subscriber gets at each transition.</summary>
    public sealed class Transition<TS>
    {
        /// <summary>Names the machine and both states.</summary>
        public Transition(IActorRef fsmRef, TS from, TS to)
        {
            FsmRef = fsmRef;
            From = from;
            To = to;
        }

        /// <summary>The machine.</summary>
        public IActorRef FsmRef { get; }

        /// <summary>The state it left.</summary>
        public TS From { get; }

        /// <summary>The state it entered.</summary>
        public TS To { get; }

        /// <inheritdoc/>
        public override string ToString() => $"Transition({From} -> {To} of {FsmRef})";
    }

    /// <summary>Subscribes an actor to the transitions of a machine.</summary>
    public sealed class SubscribeTransitionCallBack
    {
        /// <summary>Names the subscriber.</summary>
        public SubscribeTransitionCallBack(IActorRef actorRef) => ActorRef = actorRef;

        /// <summary>The subscriber.</summary>
        public IActorRef ActorRef { get; }
    }

    /// <summary>Ends a subscription.</summary>
    public sealed class UnsubscribeTransitionCallBack
    {
        /// <summary>Names the subscriber.</summary>
        public UnsubscribeTransitionCallBack(IActorRef actorRef) => ActorRef = actorRef;

        /// <summary>The subscriber.</summary>
        public IActorRef ActorRef { get; }
    }

    /// <summary>Why a machine stops.</summary>
    public abstract class Reason
    {
        /// <summary>For the reasons below.</summary>
        protected Reason()
        {
        }
    }

    /// <summary>It stopped itself.</summary>
    public sealed class Normal : Reason
    {
        private Normal()
        {
        }

        /// <summary>The one instance.</summary>
        public static Normal Instance { get; } = new();
    }

    /// <summary>It was stopped from outside.</summary>
    public sealed class Shutdown : Reason
    {
        private Shutdown()
        {
        }

        /// <summary>The one instance.</summary>
        public static Shutdown Instance { get; } = new();
    }

    /// <summary>It stopped itself because something failed.</summary>
    public sealed class Failure : Reason
    {
        /// <summary>Says what failed.</summary>
        public Failure(object cause) => Cause = cause;

        /// <summary>What failed: an exception or a text.</summary>
        public object Cause { get; }

        /// <inheritdoc/>
        public override string ToString() => $"Failure({Cause})";
    }

    /// <summary>The event of a state that got no message for as long as it may wait.</summary>
    public sealed class StateTimeout
    {
        private StateTimeout()
        {
        }

        /// <summary>The one instance.</summary>
        public static StateTimeout Instance { get; } = new();
    }

    /// <summary>A message together with the data of the state that gets it.</summary>
    public readonly struct Event<TD> : INoSerializationVerificationNeeded
    {
        /// <summary>Pairs them.</summary>
        public Event(object fsmEvent, TD stateData)
        {
            FsmEvent = fsmEvent;
            StateData = stateData;
        }

        /// <summary>The message.</summary>
        public object FsmEvent { get; }

        /// <summary>The data.</summary>
        public TD StateData { get; }

        /// <inheritdoc/>
        public override string ToString() => $"Event({FsmEvent}, {StateData})";
    }

    /// <summary>What a termination handler gets.</summary>
    public sealed class StopEvent<TS, TD> : INoSerializationVerificationNeeded
    {
        /// <summary>Says why, in which state and with which data.</summary>
        public StopEvent(Reason reason, TS terminatedState, TD stateData)
        {
            Reason = reason;
            TerminatedState = terminatedState;
            StateData = stateData;
        }

        /// <summary>Why it stops.</summary>
        public Reason Reason { get; }

        /// <summary>The last state.</summary>
        public TS TerminatedState { get; }

        /// <summary>The last data.</summary>
        public TD StateData { get; }
    }

    /// <summary>A state, its data, and what is to happen when it is entered. Immutable.</summary>
    public sealed class State<TS, TD> : IEquatable<State<TS, TD>>
    {
        /// <summary>Describes a state.</summary>
        public State(TS stateName, TD stateData, TimeSpan? timeout = null, Reason? stopReason = null, IReadOnlyList<object>? replies = null, bool notifies = true)
        {
            StateName = stateName;
            StateData = stateData;
            Timeout = timeout;
            StopReason = stopReason;
            Replies = replies ?? [];
            Notifies = notifies;
        }

        /// <summary>Which state.</summary>
        public TS StateName { get; }

        /// <summary>Its data.</summary>
        public TD StateData { get; }

        /// <summary>How long it waits for a message this time; null for what is set for the state, negative for ever.</summary>
        public TimeSpan? Timeout { get; }

        /// <summary>Why the machine stops; null if it does not.</summary>
        public Reason? StopReason { get; }

        /// <summary>What the sender is answered.</summary>
        public IReadOnlyList<object> Replies { get; }

        internal bool Notifies { get; }

        /// <summary>With a wait of its own; <see cref="TimeSpan.MaxValue"/> and negative values wait for ever.</summary>
        public State<TS, TD> ForMax(TimeSpan timeout) => new(StateName, StateData, timeout == TimeSpan.MaxValue ? System.Threading.Timeout.InfiniteTimeSpan : timeout, StopReason, Replies, Notifies);

        /// <summary>With one answer more.</summary>
        public State<TS, TD> Replying(object replyValue) => new(StateName, StateData, Timeout, StopReason, [.. Replies, replyValue], Notifies);

        /// <summary>With other data.</summary>
        public State<TS, TD> Using(TD nextStateData) => new(StateName, nextStateData, Timeout, StopReason, Replies, Notifies);

        internal State<TS, TD> WithStopReason(Reason reason) => new(StateName, StateData, Timeout, reason, Replies, Notifies);

        internal State<TS, TD> WithNotification(bool notifies) => new(StateName, StateData, Timeout, StopReason, Replies, notifies);

        /// <inheritdoc/>
        public bool Equals(State<TS, TD>? other) =>
            other is not null
            && EqualityComparer<TS>.Default.Equals(StateName, other.StateName)
            && EqualityComparer<TD>.Default.Equals(StateData, other.StateData)
            && Timeout == other.Timeout
            && Equals(StopReason, other.StopReason)
            && Replies.SequenceEqual(other.Replies);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as State<TS, TD>);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(StateName, StateData, Timeout, StopReason);

        /// <inheritdoc/>
        public override string ToString() => $"State({StateName}, {StateData})";
    }
}

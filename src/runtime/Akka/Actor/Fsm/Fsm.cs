using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// An actor that is a state machine: <c>When</c> says what each state does with a message, and the result of that is the next state.
/// Declare everything in the constructor, and call <see cref="Initialize"/> last.
/// </summary>
/// <typeparam name="TState">The names of the states.</typeparam>
/// <typeparam name="TData">The data that goes along.</typeparam>
public abstract partial class FSM<TState, TData> : FSMBase where TState : notnull
{
    private readonly Dictionary<TState, StateFunction> _states = [];
    private readonly Dictionary<TState, TimeSpan?> _timeouts = [];
    private readonly Dictionary<string, FsmTimer> _timers = new(StringComparer.Ordinal);
    private readonly List<TransitionHandler> _transitionHandlers = [];
    private readonly HashSet<IActorRef> _subscribers = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private StateFunction? _unhandled;
    private Action<StopEvent<TState, TData>>? _onTermination;
    private State<TState, TData>? _current;
    private State<TState, TData>? _next;
    private ICancelable? _stateTimer;
    private long _generation;

    /// <summary>Declares an empty machine.</summary>
    protected FSM() => DebugEvent = Context.System.Settings.FsmDebugEvent;

    /// <summary>What a state does with a message; null leaves it to the function before or to <see cref="WhenUnhandled"/>.</summary>
    public delegate State<TState, TData>? StateFunction(Event<TData> fsmEvent);

    /// <summary>Run at a transition.</summary>
    public delegate void TransitionHandler(TState initialState, TState nextState);

    /// <summary>Whether each event is logged at debug level (<c>akka.actor.debug.fsm</c>).</summary>
    protected bool DebugEvent;

    /// <summary>The present state.</summary>
    /// <exception cref="Akka.Pattern.IllegalStateException">There is none yet.</exception>
    public TState StateName => Current.StateName;

    /// <summary>The present data.</summary>
    /// <exception cref="Akka.Pattern.IllegalStateException">There is none yet.</exception>
    public TData StateData => Current.StateData;

    /// <summary>The data of the state that is being entered; only for transition handlers.</summary>
    /// <exception cref="InvalidOperationException">No transition takes place.</exception>
    public TData NextStateData => _next is { } next
        ? next.StateData
        : throw new InvalidOperationException("NextStateData is only there while a transition handler runs.");

    private State<TState, TData> Current => _current
        ?? throw new Akka.Pattern.IllegalStateException($"The state machine {Self.Path} has no state yet: call StartWith first.");

    /// <summary>Says what a state does. Called again for the same state, the later function gets what the earlier returns null for.</summary>
    /// <param name="stateName">The state.</param>
    /// <param name="func">What it does.</param>
    /// <param name="timeout">After how long without a message it gets a <see cref="FSMBase.StateTimeout"/>.</param>
    public void When(TState stateName, StateFunction func, TimeSpan? timeout = null)
    {
        _states[stateName] = _states.TryGetValue(stateName, out var before) ? e => before(e) ?? func(e) : func;
        _timeouts[stateName] = timeout ?? _timeouts.GetValueOrDefault(stateName);
    }

    /// <summary>Says in which state the machine begins.</summary>
    public void StartWith(TState stateName, TData stateData, TimeSpan? timeout = null) =>
        _current = new State<TState, TData>(stateName, stateData, timeout);

    /// <summary>Enters the first state. Call it last.</summary>
    /// <exception cref="Akka.Pattern.IllegalStateException"><see cref="StartWith"/> was not called.</exception>
    public void Initialize() => MakeTransition(Current);

    /// <summary>Goes to a state, with the same data unless told otherwise. Going to the present state is a transition too.</summary>
    public State<TState, TData> GoTo(TState nextStateName) => new(nextStateName, StateData);

    /// <summary>Stays, without a transition.</summary>
    public State<TState, TData> Stay() => GoTo(StateName).WithNotification(false);

    /// <summary>Stops normally.</summary>
    public State<TState, TData> Stop() => Stop(Normal.Instance);

    /// <summary>Stops for a reason.</summary>
    public State<TState, TData> Stop(Reason reason) => Stop(reason, StateData);

    /// <summary>Stops for a reason, with last data.</summary>
    public State<TState, TData> Stop(Reason reason, TData stateData) => Stay().Using(stateData).WithStopReason(reason);

    /// <summary>Changes what a function returns; see <see cref="TransformHelper.Using"/>.</summary>
    public TransformHelper Transform(StateFunction func) => new(func);

    /// <summary>Adds a handler for transitions. All are run, in the order they were added.</summary>
    public void OnTransition(TransitionHandler transitionHandler) => _transitionHandlers.Add(transitionHandler);

    /// <summary>Sets what is run when the machine stops.</summary>
    public void OnTermination(Action<StopEvent<TState, TData>> terminationHandler) => _onTermination = terminationHandler;

    /// <summary>Sets what is done with messages that the present state returns null for; by default they are logged as warnings.</summary>
    public void WhenUnhandled(StateFunction stateFunction) =>
        _unhandled = _unhandled is { } before ? e => before(e) ?? stateFunction(e) : stateFunction;

    /// <summary>Logs why the machine stops; failures only, unless overridden.</summary>
    protected virtual void LogTermination(Reason reason)
    {
        switch (reason)
        {
            case Failure { Cause: Exception cause }:
                _log.Error(cause, "The state machine {0} stops because of a failure in the state {1}.", Self.Path, StateName);
                break;
            case Failure failure:
                _log.Error("The state machine {0} stops in the state {1}: {2}", Self.Path, StateName, failure.Cause);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        if (_current is not null)
            Terminate(Stay().WithStopReason(Shutdown.Instance));
        base.PostStop();
    }

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case StateTimeoutMarker marker:
                if (marker.Generation == _generation)
                    Process(StateTimeout.Instance);
                return true;
            case FsmTimer timer:
                if (!_timers.TryGetValue(timer.Name, out var active) || !ReferenceEquals(active, timer))
                    return true;
                if (!timer.Repeat)
                    _timers.Remove(timer.Name);
                EndStateTimeout();
                Process(timer.Message);
                return true;
            case SubscribeTransitionCallBack subscribe:
                Context.Watch(subscribe.ActorRef);
                _subscribers.Add(subscribe.ActorRef);
                subscribe.ActorRef.Tell(new CurrentState<TState>(Self, StateName));
                return true;
            case UnsubscribeTransitionCallBack unsubscribe:
                Context.Unwatch(unsubscribe.ActorRef);
                _subscribers.Remove(unsubscribe.ActorRef);
                return true;
            case Terminated terminated when _subscribers.Remove(terminated.ActorRef):
                return true;
            default:
                EndStateTimeout();
                Process(message);
                return true;
        }
    }

    private void Process(object message)
    {
        var fsmEvent = new Event<TData>(message, StateData);
        if (DebugEvent)
            _log.Debug("The state machine {0} gets {1} from {2} in the state {3}.", Self.Path, fsmEvent, Sender, StateName);
        var before = StateName;
        var next = _states[before](fsmEvent) ?? _unhandled?.Invoke(fsmEvent) ?? LogUnhandled(fsmEvent);
        Apply(next);
        if (DebugEvent && !before.Equals(StateName))
            _log.Debug("The state machine {0} went from {1} to {2}.", Self.Path, before, StateName);
    }

    private State<TState, TData> LogUnhandled(Event<TData> fsmEvent)
    {
        _log.Warning("The state machine {0} does not handle {1} in the state {2}.", Self.Path, fsmEvent.FsmEvent, StateName);
        return Stay();
    }

    private void Apply(State<TState, TData> next)
    {
        if (next.StopReason is null)
        {
            MakeTransition(next);
            return;
        }

        Reply(next);
        Terminate(next);
        Context.Stop(Self);
    }

    private void MakeTransition(State<TState, TData> next)
    {
        if (!_states.ContainsKey(next.StateName))
        {
            Terminate(Stay().WithStopReason(new Failure($"There is no state {next.StateName}.")));
            Context.Stop(Self);
            return;
        }

        Reply(next);
        var from = Current;
        // the very first entering is no transition
        if (!ReferenceEquals(from, next) && (!from.StateName.Equals(next.StateName) || next.Notifies))
        {
            _next = next;
            foreach (var handler in _transitionHandlers)
                handler(from.StateName, next.StateName);
            if (_subscribers.Count > 0)
            {
                var transition = new Transition<TState>(Self, from.StateName, next.StateName);
                foreach (var subscriber in _subscribers)
                    subscriber.Tell(transition);
            }

            _next = null;
        }

        _current = next;
        StartStateTimeout(next.Timeout ?? _timeouts.GetValueOrDefault(next.StateName));
    }

    private void Reply(State<TState, TData> next)
    {
        foreach (var reply in next.Replies)
            Sender.Tell(reply);
    }

    private void Terminate(State<TState, TData> last)
    {
        if (Current.StopReason is not null)
            return;
        LogTermination(last.StopReason!);
        foreach (var timer in _timers.Values)
            timer.Cancelable.Cancel();
        _timers.Clear();
        EndStateTimeout();
        _current = last;
        _onTermination?.Invoke(new StopEvent<TState, TData>(last.StopReason!, last.StateName, last.StateData));
    }

    /// <summary>The second half of <see cref="Transform"/>.</summary>
    public sealed class TransformHelper
    {
        /// <summary>Holds the function whose result is changed.</summary>
        public TransformHelper(StateFunction func) => Func = func;

        /// <summary>The function whose result is changed.</summary>
        public StateFunction Func { get; }

        /// <summary>Runs the function and changes its result, unless that is null.</summary>
        public StateFunction Using(Func<State<TState, TData>, State<TState, TData>> andThen) =>
            fsmEvent => Func(fsmEvent) is { } next ? andThen(next) : null;
    }
}

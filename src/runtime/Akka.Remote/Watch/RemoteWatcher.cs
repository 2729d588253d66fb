using System.Collections.Immutable;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Watches actors of other systems on behalf of the actors of this one. It watches each of them by a watch of its own,
/// and the system each lives in by heartbeats: when a system no longer answers, it is quarantined and all its actors
/// count as terminated. When another incarnation answers under the address, the watches are sent again, and that
/// incarnation says of each actor that it is not there.
/// </summary>
public partial class RemoteWatcher : UntypedActor, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    internal const string ActorName = "remote-watcher";

    /// <summary>Who is watched, and by whom.</summary>
    protected readonly Dictionary<IInternalActorRef, HashSet<IInternalActorRef>> Watching = [];

    /// <summary>Who is watched in which system.</summary>
    protected readonly Dictionary<Address, HashSet<IInternalActorRef>> WatcheeByNodes = [];

    /// <summary>The log.</summary>
    protected readonly ILoggingAdapter Log = Context.GetLogger();

    private readonly IFailureDetectorRegistry<Address> _failureDetector;
    private readonly TimeSpan _heartbeatInterval;
    private readonly TimeSpan _unreachableReaperInterval;
    private readonly TimeSpan _heartbeatExpectedResponseAfter;
    private readonly Dictionary<Address, int> _uids = [];
    private readonly HeartbeatRsp _ownAnswer;
    private readonly IReadOnlyList<string> _ownElements;
    private ICancelable? _heartbeats;
    private ICancelable? _reaping;

    /// <summary>Makes the actor; see <see cref="Props"/>.</summary>
    public RemoteWatcher(
        IFailureDetectorRegistry<Address> failureDetector,
        TimeSpan heartbeatInterval,
        TimeSpan unreachableReaperInterval,
        TimeSpan heartbeatExpectedResponseAfter)
    {
        _failureDetector = failureDetector;
        _heartbeatInterval = heartbeatInterval;
        _unreachableReaperInterval = unreachableReaperInterval;
        _heartbeatExpectedResponseAfter = heartbeatExpectedResponseAfter;
        _ownAnswer = new HeartbeatRsp(AddressUidExtension.Uid(Context.System));
        _ownElements = [.. Self.Path.Elements];
    }

    /// <summary>The systems that are watched.</summary>
    protected ICollection<Address> WatchingNodes => WatcheeByNodes.Keys;

    /// <summary>The systems that have been given up.</summary>
    protected HashSet<Address> Unreachable { get; } = [];

    /// <summary>How to make the actor.</summary>
    /// <param name="failureDetector">The detectors of the watched systems.</param>
    /// <param name="heartbeatInterval">How often they are sent a heartbeat.</param>
    /// <param name="unreachableReaperInterval">How often the detectors are asked.</param>
    /// <param name="heartbeatExpectedResponseAfter">When the first answer of a system is expected.</param>
    public static Props Props(
        IFailureDetectorRegistry<Address> failureDetector,
        TimeSpan heartbeatInterval,
        TimeSpan unreachableReaperInterval,
        TimeSpan heartbeatExpectedResponseAfter) =>
        Actor.Props.Create(() => new RemoteWatcher(failureDetector, heartbeatInterval, unreachableReaperInterval, heartbeatExpectedResponseAfter))
            .WithDeploy(Deploy.Local);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _heartbeats = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(_heartbeatInterval, _heartbeatInterval, Self, HeartbeatTick.Instance, Self);
        _reaping = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(_unreachableReaperInterval, _unreachableReaperInterval, Self, ReapUnreachableTick.Instance, Self);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _heartbeats?.Cancel();
        _reaping?.Cancel();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case HeartbeatTick:
                SendHeartbeats();
                break;
            case Heartbeat:
                Sender.Tell(_ownAnswer);
                break;
            case HeartbeatRsp answer:
                OnAnswer(Sender.Path.Address, answer.AddressUid);
                break;
            case ReapUnreachableTick:
                ReapUnreachable();
                break;
            case ExpectedFirstHeartbeat expected:
                TriggerFirstHeartbeat(expected.From);
                break;
            case WatchRemote watch:
                AddWatching(watch.Watchee, watch.Watcher);
                break;
            case UnwatchRemote unwatch:
                RemoveWatch(unwatch.Watchee, unwatch.Watcher);
                break;
            case Terminated terminated:
                OnTerminated((IInternalActorRef)terminated.ActorRef, terminated.ExistenceConfirmed, terminated.AddressTerminated);
                break;
            case Stats:
                Sender.Tell(PresentStats());
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Watches an actor on behalf of another.</summary>
    protected void AddWatching(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watcher.Equals(Self))
            return;
        Log.Debug("Watching: [{0} -> {1}]", watcher, watchee);
        if (!Watching.TryGetValue(watchee, out var watchers))
            Watching[watchee] = watchers = [];
        watchers.Add(watcher);
        WatchNode(watchee);
        // A watch of this actor goes over the wire once for each watchee, whoever watches it here.
        Context.Watch(watchee);
    }

    /// <summary>Watches the system that an actor lives in.</summary>
    protected virtual void WatchNode(IInternalActorRef watchee)
    {
        var address = watchee.Path.Address;
        if (!WatcheeByNodes.TryGetValue(address, out var watchees))
        {
            WatcheeByNodes[address] = watchees = [];
            // The first watch after the system was given up begins from nothing.
            if (Unreachable.Remove(address))
                _failureDetector.Remove(address);
        }

        watchees.Add(watchee);
    }

    /// <summary>Ends a watch on behalf of another actor.</summary>
    protected void RemoveWatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watcher.Equals(Self))
            return;
        Log.Debug("Unwatching: [{0} -> {1}]", watcher, watchee);
        if (!Watching.TryGetValue(watchee, out var watchers))
            return;
        watchers.Remove(watcher);
        if (watchers.Count > 0)
            return;
        Context.Unwatch(watchee);
        RemoveWatchee(watchee);
    }

    /// <summary>Forgets a watched actor, and its system if it was the last there.</summary>
    protected void RemoveWatchee(IInternalActorRef watchee)
    {
        Watching.Remove(watchee);
        var address = watchee.Path.Address;
        if (!WatcheeByNodes.TryGetValue(address, out var watchees))
            return;
        watchees.Remove(watchee);
        if (watchees.Count == 0)
            UnwatchNode(address);
    }

    /// <summary>Watches a system no more.</summary>
    protected void UnwatchNode(Address watcheeAddress)
    {
        Log.Debug("Unwatched last watchee of node: [{0}]", watcheeAddress);
        WatcheeByNodes.Remove(watcheeAddress);
        _uids.Remove(watcheeAddress);
        _failureDetector.Remove(watcheeAddress);
    }

    /// <summary>Tells everybody that a system has been given up.</summary>
    protected virtual void PublishAddressTerminated(Address address) =>
        AddressTerminatedTopic.Get(Context.System).Publish(new AddressTerminated(address));

    /// <summary>Cuts off a system that has been given up.</summary>
    /// <param name="address">The system.</param>
    /// <param name="addressUid">Its incarnation; null if it never answered.</param>
    protected virtual void Quarantine(Address address, int? addressUid)
    {
        if (((ExtendedActorSystem)Context.System).Provider is RemoteActorRefProvider provider)
            provider.Quarantine(address, addressUid, "a watched system no longer answers heartbeats (akka.remote.watch-failure-detector)");
    }

    private void SendHeartbeats()
    {
        foreach (var address in WatchingNodes)
        {
            if (Unreachable.Contains(address))
                continue;
            if (!_failureDetector.IsMonitoring(address))
                Context.System.Scheduler.ScheduleTellOnce(_heartbeatExpectedResponseAfter, Self, new ExpectedFirstHeartbeat(address), Self);
            Context.ActorSelection(new RootActorPath(address) / _ownElements).Tell(Heartbeat.Instance, Self);
        }
    }

    private void OnAnswer(Address from, int uid)
    {
        if (!WatcheeByNodes.ContainsKey(from) || Unreachable.Contains(from))
            return;
        if (!_uids.TryGetValue(from, out var known) || known != uid)
            Rewatch(from);
        _uids[from] = uid;
        _failureDetector.Heartbeat(from);
    }

    private void ReapUnreachable()
    {
        foreach (var address in WatchingNodes.ToArray())
        {
            if (Unreachable.Contains(address) || _failureDetector.IsAvailable(address))
                continue;
            Log.Warning("Detected unreachable: [{0}]", address);
            Quarantine(address, _uids.TryGetValue(address, out var uid) ? uid : null);
            PublishAddressTerminated(address);
            Unreachable.Add(address);
        }
    }

    private void TriggerFirstHeartbeat(Address from)
    {
        if (!WatcheeByNodes.ContainsKey(from) || _failureDetector.IsMonitoring(from))
            return;
        Log.Debug("Trigger extra expected heartbeat from [{0}]", from);
        _failureDetector.Heartbeat(from);
    }

    /// <summary>Sends the watches to a system again: the incarnation that answers may never have had them.</summary>
    private void Rewatch(Address address)
    {
        foreach (var watchee in WatcheeByNodes[address])
        {
            Log.Debug("Re-watch [{0} -> {1}]", Self, watchee);
            watchee.SendSystemMessage(new Watch(watchee, (IInternalActorRef)Self));
        }
    }

    private void OnTerminated(IInternalActorRef watchee, bool existenceConfirmed, bool addressTerminated)
    {
        Log.Debug("Watchee terminated: [{0}]", watchee.Path);
        // The end of a whole system is told to every watcher by its own subscription.
        if (!addressTerminated && Watching.TryGetValue(watchee, out var watchers))
        {
            foreach (var watcher in watchers)
                watcher.SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed, addressTerminated));
        }

        RemoveWatchee(watchee);
    }

    private Stats PresentStats()
    {
        var pairs = Watching.SelectMany(entry => entry.Value.Select(watcher => ((IActorRef)entry.Key, (IActorRef)watcher))).ToImmutableHashSet();
        return new Stats(pairs.Count, WatchingNodes.Count, pairs, [.. WatchingNodes]);
    }
}

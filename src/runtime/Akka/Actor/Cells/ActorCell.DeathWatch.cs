using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <content>Whom the actor watches, and who watches it.</content>
public partial class ActorCell
{
    // The value is the message of WatchWith; none for Watch.
    private readonly Dictionary<IActorRef, Option<object>> _watching = [];
    private readonly HashSet<IActorRef> _watchedBy = [];
    private readonly Dictionary<IActorRef, Option<object>> _terminatedQueued = [];

    /// <inheritdoc/>
    public IActorRef Watch(IActorRef subject) => WatchFor(subject, Option<object>.None);

    /// <inheritdoc/>
    public IActorRef WatchWith(IActorRef subject, object message) => WatchFor(subject, Option<object>.Create(message));

    /// <inheritdoc/>
    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (!watchee.Equals(_self) && _watching.ContainsKey(watchee))
        {
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
            MaintainAddressTerminatedSubscription(watchee, () => _watching.Remove(watchee));
        }

        _terminatedQueued.Remove(watchee);
        return watchee;
    }

    /// <summary>Notes that the mailbox holds the news of an end, so that an unwatch can drop it.</summary>
    /// <param name="subject">Who ended.</param>
    /// <param name="customMessage">The message of a <see cref="WatchWith"/>.</param>
    public void TerminatedQueuedFor(IActorRef subject, Option<object> customMessage) => _terminatedQueued.TryAdd(subject, customMessage);

    /// <summary>Handles the news of an end unless the watch was taken back.</summary>
    /// <param name="t">The news.</param>
    protected void ReceivedTerminated(Terminated t)
    {
        if (_terminatedQueued.Remove(t.ActorRef))
            ReceiveMessage(t);
    }

    /// <summary>A watched actor ended, or a child did.</summary>
    /// <param name="actor">Who ended.</param>
    /// <param name="existenceConfirmed">False when it never was there, as far as is known.</param>
    /// <param name="addressTerminated">True when its whole system was given up.</param>
    protected void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        if (_watching.TryGetValue(actor, out var customMessage))
        {
            MaintainAddressTerminatedSubscription(actor, () => _watching.Remove(actor));
            if (!IsTerminating)
            {
                TerminatedQueuedFor(actor, customMessage);
                _self.Tell(customMessage.HasValue ? customMessage.Value : new Terminated(actor, existenceConfirmed, addressTerminated), actor);
            }
        }

        if (ChildrenState.TryGetByRef(actor, out _))
            HandleChildTerminated(actor);
    }

    /// <summary>Tells those who watch that this actor is gone; those elsewhere first, since theirs has the longer way.</summary>
    protected void TellWatchersWeDied()
    {
        foreach (var local in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var watcher in _watchedBy)
            {
                // The parent is told in any case.
                if (((IActorRefScope)watcher).IsLocal == local && !watcher.Equals(Parent))
                    ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
            }
        }

        MaintainAddressTerminatedSubscription(null, () => _watchedBy.Clear());
    }

    /// <summary>Ends all watches of this actor.</summary>
    protected void UnwatchWatchedActors()
    {
        foreach (var watchee in _watching.Keys)
            ((IInternalActorRef)watchee).SendSystemMessage(new Unwatch((IInternalActorRef)watchee, _self));
        MaintainAddressTerminatedSubscription(null, () =>
        {
            _watching.Clear();
            _terminatedQueued.Clear();
        });
    }

    /// <summary>Somebody begins to watch.</summary>
    /// <param name="watchee">Who is watched.</param>
    /// <param name="watcher">Who watches.</param>
    protected void AddWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
        {
            if (!_watchedBy.Contains(watcher))
                MaintainAddressTerminatedSubscription(watcher, () => _watchedBy.Add(watcher));
        }
        else if (!watchee.Equals(_self) && watcher.Equals(_self))
        {
            Watch(watchee);
        }
        else
        {
            Publish(new Warning(_self.Path.ToString(), typeof(ActorCell), $"BUG: illegal Watch({watchee},{watcher}) for {_self}"));
        }
    }

    /// <summary>Somebody ends a watch.</summary>
    /// <param name="watchee">Who was watched.</param>
    /// <param name="watcher">Who watched.</param>
    protected void RemWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
        {
            if (_watchedBy.Contains(watcher))
                MaintainAddressTerminatedSubscription(watcher, () => _watchedBy.Remove(watcher));
        }
        else if (!watchee.Equals(_self) && watcher.Equals(_self))
        {
            Unwatch(watchee);
        }
        else
        {
            Publish(new Warning(_self.Path.ToString(), typeof(ActorCell), $"BUG: illegal Unwatch({watchee},{watcher}) for {_self}"));
        }
    }

    /// <summary>A whole system was given up: its watchers are forgotten, and what was watched there has ended.</summary>
    /// <param name="address">The address of that system.</param>
    protected void AddressTerminated(Address address)
    {
        MaintainAddressTerminatedSubscription(null, () => _watchedBy.RemoveWhere(watcher => watcher.Path.Address == address));
        foreach (var watchee in _watching.Keys.Where(watchee => watchee.Path.Address == address).ToArray())
        {
            _self.SendSystemMessage(new DeathWatchNotification(
                watchee, existenceConfirmed: ChildrenState.TryGetByRef(watchee, out _), addressTerminated: true));
        }
    }

    private IActorRef WatchFor(IActorRef subject, Option<object> message)
    {
        var watchee = (IInternalActorRef)subject;
        if (watchee.Equals(_self))
            return watchee;
        if (_watching.TryGetValue(watchee, out var present))
        {
            if (present != message)
                throw new InvalidOperationException($"Watch({_self},{watchee}) termination message was not overwritten from [{present}] to [{message}]. If this was intended, unwatch first before using Watch or WatchWith with another message.");
            return watchee;
        }

        MaintainAddressTerminatedSubscription(watchee, () =>
        {
            watchee.SendSystemMessage(new Watch(watchee, _self));
            _watching.Add(watchee, message);
        });
        return watchee;
    }

    /// <summary>
    /// Listens for the end of whole systems while there is anybody elsewhere to watch or to be watched by.
    /// </summary>
    private void MaintainAddressTerminatedSubscription(IActorRef? change, Action block)
    {
        if (change is not null && IsOfThisProcess(change))
        {
            block();
            return;
        }

        var had = HasNonLocal();
        block();
        var has = HasNonLocal();
        if (had && !has)
            AddressTerminatedTopic.Get(SystemImpl).Unsubscribe(_self);
        else if (!had && has)
            AddressTerminatedTopic.Get(SystemImpl).Subscribe(_self);
    }

    private bool HasNonLocal() => !_watching.Keys.All(IsOfThisProcess) || !_watchedBy.All(IsOfThisProcess);

    private static bool IsOfThisProcess(IActorRef actor) => actor is IActorRefScope { IsLocal: true };
}

using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Associations;

namespace Akka.Remote;

/// <summary>The reference of an actor in another system.</summary>
public class RemoteActorRef : InternalActorRefBase, IRemoteRef
{
    private readonly RemoteActorRefProvider _provider;
    private Association? _association;

    internal RemoteActorRef(RemoteActorRefProvider provider, ActorPath path, Association? association = null)
    {
        _provider = provider;
        _association = association;
        Path = path;
    }

    /// <summary>The address under which that system knows this one.</summary>
    public Address LocalAddressToUse => _provider.DefaultAddress;

    /// <inheritdoc/>
    public override ActorPath Path { get; }

    /// <inheritdoc/>
    public override IInternalActorRef Parent => Path.Depth == 0 ? ActorRefs.Nobody : new RemoteActorRef(_provider, Path.Parent, _association);

    /// <inheritdoc/>
    public override IActorRefProvider Provider => _provider;

    /// <summary>Always false: from here it cannot be known. Watch the actor to learn of its end.</summary>
    public override bool IsTerminated => false;

    /// <inheritdoc/>
    public override bool IsLocal => false;

    /// <inheritdoc/>
    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        var path = Path;
        foreach (var element in name)
        {
            path = element switch
            {
                "" => path,
                ".." => path.Parent,
                _ => path / element,
            };
        }

        return ReferenceEquals(path, Path) ? this : new RemoteActorRef(_provider, path, _association);
    }

    /// <summary>
    /// True if a watch is not to be sent as it is: the remote watcher of this system watches the actor, on behalf of all
    /// who watch it here, and also watches the system it lives in.
    /// </summary>
    public bool IsWatchIntercepted(IActorRef watchee, IActorRef watcher) =>
        !watcher.Equals(_provider.RemoteWatcher) && watchee.Equals(this);

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when IsWatchIntercepted(watch.Watchee, watch.Watcher):
                _provider.RemoteWatcher.Tell(new RemoteWatcher.WatchRemote(watch.Watchee, watch.Watcher), ActorRefs.NoSender);
                break;
            case Unwatch unwatch when IsWatchIntercepted(unwatch.Watchee, unwatch.Watcher):
                _provider.RemoteWatcher.Tell(new RemoteWatcher.UnwatchRemote(unwatch.Watchee, unwatch.Watcher), ActorRefs.NoSender);
                break;
            default:
                Send(message, null);
                break;
        }
    }

    /// <summary>Does nothing: the actor is started where it lives.</summary>
    public override void Start()
    {
    }

    /// <inheritdoc/>
    public override void Stop() => SendSystemMessage(new Terminate());

    /// <inheritdoc/>
    public override void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    /// <inheritdoc/>
    public override void Suspend() => SendSystemMessage(new Suspend());

    /// <inheritdoc/>
    public override void Resume(Exception? causedByFailure = null) => SendSystemMessage(new Resume(causedByFailure));

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender) => Send(message, sender);

    // A reference is made for every path that is read somewhere; the association is looked up only when it is used.
    private void Send(object message, IActorRef? sender)
    {
        var association = _association ??= _provider.Remoting.AssociationWith(Path.Address);
        while (!association.TrySend(message, sender, this))
            association = _association = _provider.Remoting.AssociationWith(Path.Address);
    }
}

/// <summary>Marks references of actors in other systems.</summary>
internal interface IRemoteRef : IActorRefScope
{
}

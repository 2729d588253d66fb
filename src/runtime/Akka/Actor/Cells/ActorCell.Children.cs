using System.Text;
using Akka.Actor.Internal;

namespace Akka.Actor;

/// <content>The children. Others may look them up and, for guardians, add to them, so every change is a swap of an immutable state.</content>
public partial class ActorCell
{
    private ChildrenState _children = ChildrenState.Empty;
    private long _nextRandomName = -1;

    internal ChildrenState ChildrenState => Volatile.Read(ref _children);

    /// <inheritdoc/>
    public virtual IActorRef ActorOf(Props props, string? name = null) => AttachChild(props, isSystemService: false, name);

    /// <summary>Makes a child; may be called from outside the actor.</summary>
    /// <param name="props">How to make it.</param>
    /// <param name="isSystemService">Whether it belongs to the runtime.</param>
    /// <param name="name">Its name; one is made up if null.</param>
    public virtual IActorRef AttachChild(Props props, bool isSystemService, string? name = null)
    {
        if (name is null)
            name = RandomName();
        else
            CheckName(name);
        ReserveChild(name);
        IInternalActorRef child;
        try
        {
            var path = new ChildActorPath(_self.Path, name, Environment.NextUid());
            child = SystemImpl.Provider.ActorOf(SystemImpl, props, _self, path, isSystemService, deploy: null, lookupDeploy: true, async: false);
        }
        catch
        {
            UnreserveChild(name);
            throw;
        }

        // A child of a suspended parent is suspended as often, so that it is resumed as often.
        for (var i = FaultSuspendCount; i > 0; i--)
            child.Suspend();
        InitChild(child);
        child.Start();
        // The parent may have ended between the reservation and now, and then nobody else would stop the child.
        if (ChildrenState.IsTerminating)
            child.Stop();
        return child;
    }

    /// <inheritdoc/>
    public void Stop(IActorRef child)
    {
        if (ChildrenState.TryGetByRef(child, out _))
            Swap(child, static (state, dying) => state.ShallDie(dying));
        ((IInternalActorRef)child).Stop();
    }

    IActorRef IActorContext.Child(string name) => GetSingleChild(name);

    IEnumerable<IActorRef> IActorContext.GetChildren() => ChildrenState.Children;

    /// <summary>The children that live now.</summary>
    public IEnumerable<IInternalActorRef> GetChildren() => ChildrenState.Children;

    /// <summary>The child of that name, which may carry <c>#uid</c>.</summary>
    /// <param name="name">The name.</param>
    /// <returns><see cref="ActorRefs.Nobody"/> when there is none.</returns>
    public IInternalActorRef GetSingleChild(string name)
    {
        var (bare, uid) = ActorPath.SplitUid(name);
        return ChildrenState.TryGetByName(bare, out var stats) && stats is not null && (uid == UndefinedUid || uid == stats.Uid)
            ? stats.Child
            : ActorRefs.Nobody;
    }

    /// <summary>Takes a name before the child is made.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="InvalidActorNameException">It is taken.</exception>
    public void ReserveChild(string name) => Swap(name, static (state, reserved) => state.Reserve(reserved));

    /// <summary>Gives a name back whose child could not be made.</summary>
    /// <param name="name">The name.</param>
    protected void UnreserveChild(string name) => Swap(name, static (state, reserved) => state.Unreserve(reserved));

    /// <summary>Puts a child under its reserved name.</summary>
    /// <param name="actor">The child.</param>
    /// <returns>Its entry; null when the parent is gone or the name was not reserved.</returns>
    public ChildRestartStats? InitChild(IInternalActorRef actor)
    {
        var entry = new ChildRestartStats(actor, Environment.Time);
        while (true)
        {
            var before = ChildrenState;
            if (!before.TryGetByName(actor.Path.Name, out var present))
                return null;
            if (present is not null)
                return present;
            if (TrySwap(before, before.Add(actor.Path.Name, entry)))
                return entry;
        }
    }

    /// <summary>Says what is to be done when the children that end now are gone.</summary>
    /// <returns>False when no child is ending, so it is to be done at once.</returns>
    private bool SetChildrenTerminationReason(SuspendReason reason)
    {
        while (true)
        {
            var before = ChildrenState;
            if (before.Reason is null)
                return false;
            if (TrySwap(before, before.WithReason(reason)))
                return true;
        }
    }

    private void SetTerminated()
    {
        while (true)
        {
            var before = ChildrenState;
            if (TrySwap(before, before.Terminated()))
                return;
        }
    }

    /// <summary>Takes a child out; returns what had waited for it and can go on now.</summary>
    private SuspendReason? RemoveChildAndGetStateChange(IActorRef child)
    {
        while (true)
        {
            var before = ChildrenState;
            var after = before.Remove(child);
            if (!TrySwap(before, after))
                continue;
            return before.Reason is not null && (after.Reason is null || after.IsTerminated) ? before.Reason : null;
        }
    }

    private void Swap<T>(T argument, Func<ChildrenState, T, ChildrenState> change)
    {
        while (true)
        {
            var before = ChildrenState;
            if (TrySwap(before, change(before, argument)))
                return;
        }
    }

    private bool TrySwap(ChildrenState before, ChildrenState after)
        => ReferenceEquals(Interlocked.CompareExchange(ref _children, after, before), before);

    private string RandomName()
    {
        const string digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        var number = Interlocked.Increment(ref _nextRandomName);
        var name = new StringBuilder("$");
        do
        {
            name.Append(digits[(int)(number & 63)]);
            number >>= 6;
        }
        while (number > 0);
        return name.ToString();
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException($"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
    }
}

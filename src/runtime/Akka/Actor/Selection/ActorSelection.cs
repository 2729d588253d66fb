using System.Text;
using Akka.Util;

namespace Akka.Actor;

/// <summary>All actors at a path, at the time of each message: the path is walked anew for every one.</summary>
public class ActorSelection : ICanTell
{
    /// <summary>Selects nothing.</summary>
    public ActorSelection() : this(ActorRefs.Nobody, Array.Empty<SelectionPathElement>())
    {
    }

    /// <summary>Selects from an anchor on.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="path">The steps.</param>
    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    /// <summary>Selects from an anchor on.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="path">The steps, with slashes between them.</param>
    public ActorSelection(IActorRef anchor, string path) : this(anchor, path.Split('/'))
    {
    }

    /// <summary>Selects from an anchor on.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="elements">The steps; empty ones are skipped.</param>
    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
        : this(anchor, elements.Where(static element => element.Length > 0).Select(StepFrom).ToArray())
    {
        if (Path.SkipLast(1).Any(static step => step is SelectChildRecursive))
            throw new IllegalActorNameException("Double wildcard can only appear at the last path entry");
    }

    /// <summary>Where the walk begins.</summary>
    public IActorRef Anchor { get; }

    /// <summary>The steps.</summary>
    public SelectionPathElement[] Path { get; }

    /// <summary>The steps as a text.</summary>
    public string PathString => "/" + string.Join('/', (IEnumerable<SelectionPathElement>)Path);

    /// <inheritdoc/>
    public void Tell(object message, IActorRef? sender = null)
        => DeliverSelection((IInternalActorRef)Anchor, sender ?? ActorCell.GetCurrentSelfOrNoSender(), new ActorSelectionMessage(message, Path));

    /// <summary>The reference of the one actor at the path.</summary>
    /// <param name="timeout">How long to wait for its answer.</param>
    /// <exception cref="ActorNotFoundException">There is none, or it did not answer in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The reference of the one actor at the path.</summary>
    /// <param name="timeout">How long to wait for its answer.</param>
    /// <param name="ct">Calls it off.</param>
    /// <exception cref="ActorNotFoundException">There is none, or it did not answer in time.</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null!), timeout, ct);
            return identity.Subject ?? throw new ActorNotFoundException($"No actor answers at {this}.");
        }
        catch (AskTimeoutException late)
        {
            throw new ActorNotFoundException($"No actor answered at {this} within {timeout}.", late);
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj)
        => ReferenceEquals(this, obj) || (obj is ActorSelection other && Equals(Anchor, other.Anchor) && Path.SequenceEqual(other.Path));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Anchor, Path.Length);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder("ActorSelection[Anchor(").Append(Anchor.Path);
        if (Anchor.Path.Uid != ActorCell.UndefinedUid)
            text.Append('#').Append(Anchor.Path.Uid);
        return text.Append("), Path(").Append(PathString).Append(")]").ToString();
    }

    /// <summary>Walks the path and gives the message to whom it leads; what lies elsewhere is walked there.</summary>
    internal static void DeliverSelection(IInternalActorRef anchor, IActorRef sender, ActorSelectionMessage selection)
    {
        var at = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            if (at is not ActorRefWithCell parent)
            {
                DeliverBeyond(at, sender, selection, i);
                return;
            }

            IInternalActorRef next;
            switch (selection.Elements[i])
            {
                case SelectParent:
                    next = at.Parent;
                    break;
                case SelectChildName child:
                    next = parent.GetSingleChild(child.Name);
                    break;
                case SelectChildPattern pattern:
                    DeliverToMatching(parent, anchor, sender, selection, i, pattern.PatternStr);
                    return;
                default:
                    DeliverToAllBelow(parent, sender, selection.Message);
                    return;
            }

            if (next.IsNobody())
            {
                DeliverToNobody(anchor, sender, selection);
                return;
            }

            at = next;
        }

        at.Tell(selection.Message, sender);
    }

    private static void DeliverBeyond(IInternalActorRef at, IActorRef sender, ActorSelectionMessage selection, int step)
    {
        var rest = selection.Elements[step..];
        if (!at.IsLocal)
        {
            at.Tell(selection.Copy(elements: rest), sender);
            return;
        }

        // A place without a cell knows names only.
        var found = rest.All(static one => one is SelectChildName)
            ? at.GetChild(rest.Select(static one => ((SelectChildName)one).Name).ToArray())
            : ActorRefs.Nobody;
        if (found.IsNobody())
            DeliverToNobody(at, sender, selection.Copy(elements: rest));
        else
            found.Tell(selection.Message, sender);
    }

    private static void DeliverToMatching(ActorRefWithCell parent, IInternalActorRef anchor, IActorRef sender, ActorSelectionMessage selection, int step, string pattern)
    {
        var matching = parent.Children.Where(child => child.Path.Name.Like(pattern, caseSensitive: true)).ToArray();
        var rest = selection.Elements[(step + 1)..];
        if (matching.Length == 0 && !selection.WildCardFanOut)
        {
            DeliverToNobody(anchor, sender, selection);
            return;
        }

        var onward = selection.Copy(elements: rest, wildCardFanOut: selection.WildCardFanOut || matching.Length > 1);
        foreach (var child in matching)
        {
            if (rest.Length == 0)
                child.Tell(selection.Message, sender);
            else
                DeliverSelection((IInternalActorRef)child, sender, onward);
        }
    }

    private static void DeliverToAllBelow(ActorRefWithCell parent, IActorRef sender, object message)
    {
        foreach (var child in parent.Children)
        {
            child.Tell(message, sender);
            if (child is ActorRefWithCell below)
                DeliverToAllBelow(below, sender, message);
        }
    }

    private static void DeliverToNobody(IInternalActorRef anchor, IActorRef sender, ActorSelectionMessage selection)
    {
        if (anchor.IsNobody())
            return;
        var stream = anchor.Provider.Settings.System.EventStream;
        var path = anchor.Path / selection.Elements.Select(static step => step.ToString()!);
        new EmptyLocalActorRef(anchor.Provider, path, stream).Tell(selection, sender);
    }

    private static SelectionPathElement StepFrom(string element) => element switch
    {
        ".." => SelectParent.Instance,
        "**" => SelectChildRecursive.Instance,
        _ when element.AsSpan().IndexOfAny('*', '?') >= 0 => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
}

/// <summary>A message on its way through a selection.</summary>
public class ActorSelectionMessage : IAutoReceivedMessage, IPossiblyHarmful, IWrappedMessage
{
    /// <summary>Makes the wrapper.</summary>
    /// <param name="message">The message.</param>
    /// <param name="elements">The steps that are left.</param>
    /// <param name="wildCardFanOut">Whether a pattern has led it several ways.</param>
    public ActorSelectionMessage(object message, SelectionPathElement[] elements, bool wildCardFanOut = false)
    {
        Message = message ?? throw new InvalidMessageException();
        Elements = elements;
        WildCardFanOut = wildCardFanOut;
    }

    /// <summary>The message.</summary>
    public object Message { get; }

    /// <summary>The steps that are left.</summary>
    public SelectionPathElement[] Elements { get; }

    /// <summary>Whether a pattern has led it several ways.</summary>
    public bool WildCardFanOut { get; }

    /// <summary>The same with something else in it.</summary>
    /// <param name="message">The message; the same if null.</param>
    /// <param name="elements">The steps; the same if null.</param>
    /// <param name="wildCardFanOut">Whether a pattern has led it several ways; the same if null.</param>
    public ActorSelectionMessage Copy(object? message = null, SelectionPathElement[]? elements = null, bool? wildCardFanOut = null)
        => new(message ?? Message, elements ?? Elements, wildCardFanOut ?? WildCardFanOut);

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelectionMessage - Message: {Message} - WildCardFanOut: {WildCardFanOut} - Elements: {string.Join('/', (IEnumerable<SelectionPathElement>)Elements)}";
}

/// <summary>What all factories have in common when they select.</summary>
public static class ActorRefFactoryShared
{
    /// <summary>Selects by a full path.</summary>
    /// <param name="actorPath">The path.</param>
    /// <param name="system">The system.</param>
    public static ActorSelection ActorSelection(ActorPath actorPath, ActorSystem system)
        => new(((ExtendedActorSystem)system).Provider.RootGuardianAt(actorPath.Address), actorPath.Elements);

    /// <summary>Selects by a path.</summary>
    /// <param name="path">A path with address, one that begins with a slash, or one relative to <paramref name="lookupRoot"/>.</param>
    /// <param name="system">The system.</param>
    /// <param name="lookupRoot">Where relative paths begin.</param>
    public static ActorSelection ActorSelection(string path, ActorSystem system, IActorRef lookupRoot)
    {
        var provider = ((ExtendedActorSystem)system).Provider;
        if (!path.Contains("://", StringComparison.Ordinal))
            return path.StartsWith('/') ? new ActorSelection(provider.RootGuardian, path[1..]) : new ActorSelection(lookupRoot, path);
        // The rest is not read as a path, since it may hold patterns.
        return Address.TryParse(path, out var address, out var rest)
            ? new ActorSelection(provider.RootGuardianAt(address), rest)
            : new ActorSelection(provider.DeadLetters, "");
    }

    /// <summary>Selects by a path relative to an actor.</summary>
    /// <param name="anchorActorRef">The actor.</param>
    /// <param name="path">The path.</param>
    public static ActorSelection ActorSelection(IActorRef anchorActorRef, string path) => new(anchorActorRef, path);
}

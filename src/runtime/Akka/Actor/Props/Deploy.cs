using Akka.Configuration;

namespace Akka.Actor;

/// <summary>Where an actor lives.</summary>
public abstract class Scope : IEquatable<Scope>
{
    /// <summary>In this process.</summary>
    public static readonly LocalScope Local = LocalScope.Instance;

    /// <summary>This scope, or another one where it says nothing.</summary>
    /// <param name="other">The other one.</param>
    public abstract Scope WithFallback(Scope other);

    /// <summary>The same scope.</summary>
    public abstract Scope Copy();

    /// <inheritdoc/>
    public virtual bool Equals(Scope? other) => other is not null && other.GetType() == GetType();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Scope);

    /// <inheritdoc/>
    public override int GetHashCode() => GetType().GetHashCode();
}

/// <summary>In this process.</summary>
public class LocalScope : Scope
{
    private LocalScope()
    {
    }

    /// <summary>The only instance.</summary>
    public static LocalScope Instance { get; } = new();

    /// <inheritdoc/>
    public override Scope Copy() => Instance;

    /// <inheritdoc/>
    public override Scope WithFallback(Scope other) => Instance;
}

/// <summary>The scope of a deployment that names none.</summary>
internal sealed class NoScope : Scope
{
    public static readonly NoScope Instance = new();

    private NoScope()
    {
    }

    public override Scope Copy() => Instance;

    public override Scope WithFallback(Scope other) => other;
}

/// <summary>Where and how an actor runs. Immutable.</summary>
public class Deploy : IEquatable<Deploy>
{
    /// <summary>In place of a dispatcher's name: none was given.</summary>
    public static readonly string NoDispatcherGiven = string.Empty;

    /// <summary>In place of a mailbox's name: none was given.</summary>
    public static readonly string NoMailboxGiven = string.Empty;

    /// <summary>In place of a scope: none was given.</summary>
    public static readonly Scope NoScopeGiven = NoScope.Instance;

    /// <summary>In place of a stash's capacity: none was given.</summary>
    public const int NoStashSize = -1;

    /// <summary>In this process.</summary>
    public static readonly Deploy Local = new(Scope.Local);

    /// <summary>Says nothing.</summary>
    public static readonly Deploy None = new();

    /// <summary>Says nothing.</summary>
    public Deploy() : this("", Config.Empty, NoScopeGiven, NoDispatcherGiven, NoMailboxGiven, NoStashSize)
    {
    }

    /// <summary>Says where.</summary>
    /// <param name="scope">Where.</param>
    public Deploy(Scope scope) : this("", Config.Empty, scope, NoDispatcherGiven, NoMailboxGiven, NoStashSize)
    {
    }

    /// <summary>Says where, for a path.</summary>
    /// <param name="path">The path below the user guardian.</param>
    /// <param name="scope">Where.</param>
    public Deploy(string path, Scope scope) : this(path, Config.Empty, scope, NoDispatcherGiven, NoMailboxGiven, NoStashSize)
    {
    }

    internal Deploy(string path, Config config, Scope scope, string dispatcher, string mailbox, int stashCapacity)
    {
        Path = path;
        Config = config;
        Scope = scope;
        Dispatcher = dispatcher;
        Mailbox = mailbox;
        StashCapacity = stashCapacity;
    }

    /// <summary>The path below the user guardian; empty for any.</summary>
    public string Path { get; }

    /// <summary>The section it was read from.</summary>
    public Config Config { get; }

    /// <summary>Where.</summary>
    public Scope Scope { get; }

    /// <summary>The path of the mailbox's configuration.</summary>
    public string Mailbox { get; }

    /// <summary>The path of the dispatcher's configuration.</summary>
    public string Dispatcher { get; }

    /// <summary>How many messages its stash takes; negative if nothing was given.</summary>
    public int StashCapacity { get; }

    /// <summary>This deployment; what it does not say is taken from another.</summary>
    /// <param name="other">The other one.</param>
    public virtual Deploy WithFallback(Deploy other) => new(
        Path.Length > 0 ? Path : other.Path,
        Config.IsEmpty ? other.Config : other.Config.IsEmpty ? Config : Config.WithFallback(other.Config),
        Scope.WithFallback(other.Scope),
        Dispatcher == NoDispatcherGiven ? other.Dispatcher : Dispatcher,
        Mailbox == NoMailboxGiven ? other.Mailbox : Mailbox,
        StashCapacity == NoStashSize ? other.StashCapacity : StashCapacity);

    /// <summary>The same in another scope.</summary>
    /// <param name="scope">Where.</param>
    public virtual Deploy WithScope(Scope scope) => new(Path, Config, scope, Dispatcher, Mailbox, StashCapacity);

    /// <summary>The same with another mailbox.</summary>
    /// <param name="mailbox">The path of its configuration.</param>
    public virtual Deploy WithMailbox(string mailbox) => new(Path, Config, Scope, Dispatcher, mailbox, StashCapacity);

    /// <summary>The same on another dispatcher.</summary>
    /// <param name="dispatcher">The path of its configuration.</param>
    public virtual Deploy WithDispatcher(string dispatcher) => new(Path, Config, Scope, dispatcher, Mailbox, StashCapacity);

    /// <summary>The same with a bound for its stash.</summary>
    /// <param name="stashSize">How many messages.</param>
    public virtual Deploy WithStashCapacity(int stashSize) => new(Path, Config, Scope, Dispatcher, Mailbox, stashSize);

    /// <inheritdoc/>
    public bool Equals(Deploy? other)
        => ReferenceEquals(this, other)
            || (other is not null && Path == other.Path && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox
                && StashCapacity == other.StashCapacity && Scope.Equals(other.Scope));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Deploy other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Dispatcher, Mailbox, StashCapacity);
}

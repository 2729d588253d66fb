namespace Akka.Actor;

/// <summary>Something that belongs to an actor system as a whole, once.</summary>
public interface IExtension
{
}

/// <summary>Names an extension and makes it.</summary>
public interface IExtensionId
{
    /// <summary>The type of the extension.</summary>
    Type ExtensionType { get; }

    /// <summary>The extension of a system; made if it is not there yet.</summary>
    /// <param name="system">The system.</param>
    object Apply(ActorSystem system);

    /// <summary>The extension of a system; made if it is not there yet.</summary>
    /// <param name="system">The system.</param>
    object Get(ActorSystem system);

    /// <summary>Makes the extension; called by the system, once.</summary>
    /// <param name="system">The system.</param>
    object CreateExtension(ExtendedActorSystem system);
}

/// <summary>Names an extension and makes it.</summary>
/// <typeparam name="T">The type of the extension.</typeparam>
public interface IExtensionId<out T> : IExtensionId where T : IExtension
{
    /// <summary>The extension of a system; made if it is not there yet.</summary>
    /// <param name="system">The system.</param>
    new T Apply(ActorSystem system);

    /// <summary>The extension of a system; made if it is not there yet.</summary>
    /// <param name="system">The system.</param>
    new T Get(ActorSystem system);

    /// <summary>Makes the extension; called by the system, once.</summary>
    /// <param name="system">The system.</param>
    new T CreateExtension(ExtendedActorSystem system);
}

/// <summary>The base of extension ids.</summary>
/// <typeparam name="T">The type of the extension.</typeparam>
public abstract class ExtensionIdProvider<T> : IExtensionId<T> where T : IExtension
{
    /// <inheritdoc/>
    public Type ExtensionType => typeof(T);

    /// <inheritdoc/>
    public T Apply(ActorSystem system) => (T)system.RegisterExtension(this);

    /// <inheritdoc/>
    public T Get(ActorSystem system) => Apply(system);

    /// <inheritdoc/>
    public abstract T CreateExtension(ExtendedActorSystem system);

    object IExtensionId.Apply(ActorSystem system) => Apply(system);

    object IExtensionId.Get(ActorSystem system) => Apply(system);

    object IExtensionId.CreateExtension(ExtendedActorSystem system) => CreateExtension(system);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExtensionIdProvider<T>;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(T).GetHashCode();
}

/// <summary>Extensions by type argument.</summary>
public static class ActorSystemWithExtensions
{
    /// <summary>The extension of that type, which must be registered.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="system">The system.</param>
    public static T WithExtension<T>(this ActorSystem system) where T : class, IExtension => system.GetExtension<T>();

    /// <summary>The extension of that type; made if it is not there yet.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="system">The system.</param>
    /// <param name="extensionId">The type of its id.</param>
    public static T WithExtension<T>(this ActorSystem system, Type extensionId) where T : class, IExtension
        => system.TryGetExtension<T>(out var present)
            ? present!
            : (T)system.RegisterExtension(Util.TypeName.Create<IExtensionId>(extensionId, "extension id"));

    /// <summary>The extension of that type; made if it is not there yet.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <typeparam name="TI">The type of its id.</typeparam>
    /// <param name="system">The system.</param>
    public static T WithExtension<T, TI>(this ActorSystem system) where T : class, IExtension where TI : IExtensionId
        => system.WithExtension<T>(typeof(TI));
}

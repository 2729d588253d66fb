using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>Turns objects into bytes and back.</summary>
public abstract class Serializer
{
    /// <summary>The system.</summary>
    protected readonly ExtendedActorSystem system;

    /// <summary>Called by the runtime.</summary>
    /// <param name="system">The system.</param>
    protected Serializer(ExtendedActorSystem system) => this.system = system;

    /// <summary>Tells serializers apart on the wire; 0 to 40 belong to the runtime.</summary>
    public virtual int Identifier => system.Settings.Config.GetInt($"akka.actor.serialization-identifiers.\"{GetType().WithoutVersion()}\"", 0);

    /// <summary>Whether the type must be known to read the bytes.</summary>
    public abstract bool IncludeManifest { get; }

    /// <summary>Writes an object.</summary>
    /// <param name="obj">The object.</param>
    public abstract byte[] ToBinary(object obj);

    /// <summary>Reads an object.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="type">Its type; null if not known.</param>
    public abstract object FromBinary(byte[] bytes, Type type);

    /// <summary>Reads an object.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="bytes">The bytes.</param>
    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));
}

/// <summary>A serializer that names the kinds of its objects itself, so that no type name stands on the wire.</summary>
public abstract class SerializerWithStringManifest : Serializer
{
    /// <summary>Called by the runtime.</summary>
    /// <param name="system">The system.</param>
    protected SerializerWithStringManifest(ExtendedActorSystem system) : base(system)
    {
    }

    /// <inheritdoc/>
    public sealed override bool IncludeManifest => true;

    /// <inheritdoc/>
    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, type?.WithoutVersion() ?? "");

    /// <summary>Reads an object.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="manifest">Its kind.</param>
    /// <exception cref="System.Runtime.Serialization.SerializationException">The kind is not known.</exception>
    public abstract object FromBinary(byte[] bytes, string manifest);

    /// <summary>The kind of an object.</summary>
    /// <param name="o">The object.</param>
    public abstract string Manifest(object o);
}

using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Turns messages into bytes and back. One serializer handles many types; its number says on the wire which one wrote.</summary>
public abstract class Serializer
{
    /// <summary>The actor system it works for.</summary>
    protected readonly ExtendedActorSystem system;

    private readonly Lazy<int> _identifier;

    /// <summary>Made when the actor system starts.</summary>
    protected Serializer(ExtendedActorSystem system)
    {
        this.system = system;
        _identifier = new Lazy<int>(() => SerializerIdentifiers.Of(GetType(), system.Settings.Config));
    }

    /// <summary>Its number, the same on every node; 0 to 40 are the runtime's. By default from <c>akka.actor.serialization-identifiers</c>.</summary>
    /// <exception cref="Akka.Configuration.ConfigurationException">No number is configured.</exception>
    public virtual int Identifier => _identifier.Value;

    /// <summary>Whether a type hint is needed to read what it wrote.</summary>
    public abstract bool IncludeManifest { get; }

    /// <summary>Writes a message.</summary>
    public abstract byte[] ToBinary(object obj);

    /// <summary>Reads a message; the type is the hint, where the serializer needs one.</summary>
    public abstract object FromBinary(byte[] bytes, Type? type);

    /// <summary>Reads a message of a known type.</summary>
    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));

    /// <summary>Writes a message in which references of local actors carry <paramref name="address"/>.</summary>
    public byte[] ToBinaryWithAddress(Address address, object obj) =>
        Serialization.WithTransport(new Information(address, system), () => ToBinary(obj));
}

/// <summary>
/// A serializer whose type hint is a string of its own choosing. The hint, not the name of a class, is what a peer sends; so a
/// message can be renamed, and no peer can name a type to be made.
/// </summary>
public abstract class SerializerWithStringManifest : Serializer
{
    /// <summary>Made when the actor system starts.</summary>
    protected SerializerWithStringManifest(ExtendedActorSystem system) : base(system)
    {
    }

    /// <summary>Always: the hint is what tells messages apart.</summary>
    public sealed override bool IncludeManifest => true;

    /// <summary>Reads a message by the hint of its type.</summary>
    public sealed override object FromBinary(byte[] bytes, Type? type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return FromBinary(bytes, Akka.Util.TypeName.WithoutVersion(type));
    }

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">What <see cref="Serializer.ToBinary"/> wrote.</param>
    /// <param name="manifest">What <see cref="Manifest"/> returned.</param>
    /// <exception cref="System.Runtime.Serialization.SerializationException">The hint is not known, or the bytes are broken.</exception>
    public abstract object FromBinary(byte[] bytes, string manifest);

    /// <summary>The hint for a message.</summary>
    public abstract string Manifest(object o);
}

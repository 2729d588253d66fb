using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Writes byte arrays as they are.</summary>
public class ByteArraySerializer : Serializer
{
    /// <summary>Made when the actor system starts.</summary>
    public ByteArraySerializer(ExtendedActorSystem system) : base(system)
    {
    }

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj switch
    {
        null => [],
        byte[] bytes => bytes,
        _ => throw new NotSupportedException($"The ByteArraySerializer is bound to {obj.GetType().FullName}, but writes byte arrays only."),
    };

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type? type) => bytes;
}

/// <summary>Writes null as nothing.</summary>
public class NullSerializer : Serializer
{
    /// <summary>Made when the actor system starts.</summary>
    public NullSerializer(ExtendedActorSystem system) : base(system)
    {
    }

    /// <summary>Always 0.</summary>
    public override int Identifier => 0;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        obj is null ? [] : throw new SerializationException($"The NullSerializer writes null only, not a {obj.GetType().FullName}.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type? type) => null!;
}

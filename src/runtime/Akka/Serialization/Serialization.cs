using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// The serializers of an actor system and what they are for, from <c>akka.actor.serializers</c> and
/// <c>akka.actor.serialization-bindings</c>. There is no serializer for everything: a type that nobody bound cannot be sent, and a
/// peer cannot name types to be made.
/// </summary>
public class Serialization
{
    [ThreadStatic]
    private static Information? _currentTransportInformation;

    private readonly Lock _lock = new();
    private readonly Serializer _null;
    private readonly ConcurrentDictionary<Type, Serializer> _found = new();
    private SerializerTable _table;

    /// <summary>Reads the configuration and makes all serializers.</summary>
    /// <exception cref="Akka.Configuration.ConfigurationException">An entry names a type that does not exist, or a serializer that is not there, or two have one number.</exception>
    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        _null = new NullSerializer(system);
        _table = SerializerTable.Load(system, null);
    }

    /// <summary>The actor system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>Adds a serializer under a name.</summary>
    public void AddSerializer(string name, Serializer serializer)
    {
        lock (_lock)
            _table = _table.With(name, serializer);
    }

    /// <summary>Uses <paramref name="serializer"/> for a type, derived ones included.</summary>
    public void AddSerializationMap(Type type, Serializer serializer)
    {
        lock (_lock)
        {
            _table = _table.With(type, serializer);
            _found.Clear();
        }
    }

    /// <summary>Writes a message with the serializer of its type; references of local actors get the address others can reach them by.</summary>
    /// <exception cref="SerializationException">No serializer is bound to its type.</exception>
    public byte[] Serialize(object? o) => WithTransport(System, (Serialization: this, Message: o), static s => s.Serialization.FindSerializerFor(s.Message).ToBinary(s.Message!));

    /// <summary>Reads a message whose type is known.</summary>
    /// <exception cref="SerializationException">There is no such serializer.</exception>
    public object Deserialize(byte[] bytes, int serializerId, Type type) =>
        WithTransport(System, (Serializer: ById(serializerId), bytes, type), static s => s.Serializer.FromBinary(s.bytes, s.type));

    /// <summary>Reads a message by the hint that came with it. A hint never makes a type by its name: it is either the serializer's own, or names a type that is bound to it here.</summary>
    /// <exception cref="SerializationException">There is no such serializer, or it does not know the hint.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest) =>
        WithTransport(System, (Serialization: this, Serializer: ById(serializerId), bytes, manifest), static s =>
        {
            if (s.Serializer is SerializerWithStringManifest own)
                return own.FromBinary(s.bytes, s.manifest);
            var type = string.IsNullOrEmpty(s.manifest) ? null : s.Serialization.BoundType(s.Serializer, s.manifest);
            return s.Serializer.FromBinary(s.bytes, type);
        });

    /// <summary>The actor a path leads to, wherever it is.</summary>
    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    /// <summary>The serializer for a message; that of null is the <see cref="NullSerializer"/>.</summary>
    /// <exception cref="SerializationException">No serializer is bound to its type.</exception>
    public Serializer FindSerializerFor(object? obj, string? defaultSerializerName = null) =>
        obj is null ? _null : FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <summary>The serializer for a type: of all that are bound to it, a base of it or an interface of it, the one bound most closely.</summary>
    /// <param name="objectType">The type.</param>
    /// <param name="defaultSerializerName">The name of the serializer to use if none is bound.</param>
    /// <exception cref="SerializationException">No serializer is bound to it.</exception>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_found.TryGetValue(objectType, out var known))
            return known;

        var match = Current().Closest(objectType) ?? Reloaded().Closest(objectType);
        if (match is null)
        {
            if (defaultSerializerName is not null && Current().ByName.TryGetValue(defaultSerializerName, out var fallback))
                return fallback;
            throw new SerializationException(
                $"No serializer is bound to messages of type {objectType.FullName}. Bind one: akka.actor.serialization-bindings {{ \"{objectType.WithoutVersion()}\" = <a name from akka.actor.serializers> }}.");
        }

        if (match.Rivals.Count > 0)
        {
            System.Log.Warning(
                "Several serializers are bound equally closely to {0}: {1} by {2}, and others by {3}. The first is used; bind the type itself to be sure.",
                objectType.FullName, match.Serializer.GetType().Name, match.BoundBy.FullName, string.Join(", ", match.Rivals.Select(r => r.FullName)));
        }

        return _found.GetOrAdd(objectType, match.Serializer);
    }

    /// <summary>The hint that must be sent with a message; empty if its serializer needs none.</summary>
    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest own => own.Manifest(msg),
        { IncludeManifest: true } => msg.GetType().WithoutVersion(),
        _ => "",
    };

    /// <summary>For which system and address references are written on this thread.</summary>
    /// <exception cref="InvalidOperationException">Nothing is being written or read.</exception>
    public static Information GetCurrentTransportInformation() =>
        _currentTransportInformation
        ?? throw new InvalidOperationException("No message is being serialized on this thread. Serialize through Serialization.WithTransport.");

    /// <summary>Runs <paramref name="action"/> with references written for <paramref name="system"/>.</summary>
    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) => WithTransport(system.Provider.SerializationInformation, action);

    /// <inheritdoc cref="WithTransport{T}(ExtendedActorSystem, Func{T})"/>
    public static T WithTransport<TState, T>(ExtendedActorSystem system, TState state, Func<TState, T> action)
    {
        var before = _currentTransportInformation;
        _currentTransportInformation = system.Provider.SerializationInformation;
        try
        {
            return action(state);
        }
        finally
        {
            _currentTransportInformation = before;
        }
    }

    /// <summary>The path of an actor as others can use it: with the address of its system where the path has none. Empty for nobody.</summary>
    public static string SerializedActorPath(IActorRef actorRef)
    {
        if (actorRef is null || actorRef.Equals(ActorRefs.Nobody))
            return "";
        var path = actorRef.Path;
        var home = (actorRef as IInternalActorRef)?.Provider;
        var transport = _currentTransportInformation;
        if (transport is null)
            return home is null ? path.ToSerializationFormat() : path.ToSerializationFormatWithAddress(home.DefaultAddress);
        if (home is null || ReferenceEquals(home, (transport.System as ExtendedActorSystem)?.Provider))
            return path.ToSerializationFormatWithAddress(transport.Address);
        // an actor of another system in this process: that system knows how it is reached from there
        return path.ToSerializationFormatWithAddress(home.GetExternalAddressFor(transport.Address) ?? home.DefaultAddress);
    }

    internal static T WithTransport<T>(Information information, Func<T> action)
    {
        var before = _currentTransportInformation;
        _currentTransportInformation = information;
        try
        {
            return action();
        }
        finally
        {
            _currentTransportInformation = before;
        }
    }

    private SerializerTable Current() => Volatile.Read(ref _table);

    /// <summary>Extensions bring defaults of their own when they start, so what is not found may have been configured since.</summary>
    private SerializerTable Reloaded()
    {
        lock (_lock)
        {
            if (!_table.IsFrom(System.Settings.Config))
            {
                _table = SerializerTable.Load(System, _table);
                _found.Clear();
            }

            return _table;
        }
    }

    private Serializer ById(int id)
    {
        if (id == 0)
            return _null;
        if (Current().ById.TryGetValue(id, out var serializer) || Reloaded().ById.TryGetValue(id, out serializer))
            return serializer;
        throw new SerializationException($"No serializer has the number {id}. The sender has one that is not configured under akka.actor.serializers here.");
    }

    private Type BoundType(Serializer serializer, string manifest) =>
        Current().BoundTo(serializer, manifest)
        ?? throw new SerializationException($"{serializer.GetType().FullName} got a message of type \"{manifest}\", which is not bound to it under akka.actor.serialization-bindings. Types that a peer names are not made.");
}

using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization.Proto;
using Akka.Serialization;
using Google.Protobuf;

namespace Akka.Remote.Serialization;

/// <summary>The system messages that cross systems: death watch, and life-cycle commands to remote actors.</summary>
public sealed class SystemMessageSerializer : Serializer
{
    private readonly ExtendedActorSystem _system;

    /// <summary>Makes the serializer of a system.</summary>
    public SystemMessageSerializer(ExtendedActorSystem system)
        : base(system) => _system = system;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var data = obj switch
        {
            Watch watch => new SystemMessageData { Kind = SystemMessageKind.Watch, Watchee = PathOf(watch.Watchee), Watcher = PathOf(watch.Watcher) },
            Unwatch unwatch => new SystemMessageData { Kind = SystemMessageKind.Unwatch, Watchee = PathOf(unwatch.Watchee), Watcher = PathOf(unwatch.Watcher) },
            DeathWatchNotification died => new SystemMessageData
            {
                Kind = SystemMessageKind.DeathWatchNotification,
                Watchee = PathOf(died.Actor),
                ExistenceConfirmed = died.ExistenceConfirmed,
                AddressTerminated = died.AddressTerminated,
            },
            Terminate => new SystemMessageData { Kind = SystemMessageKind.Terminate },
            Suspend => new SystemMessageData { Kind = SystemMessageKind.Suspend },
            Resume resume => new SystemMessageData { Kind = SystemMessageKind.Resume, Cause = RemoteFailureException.TextOf(resume.CausedByFailure) },
            Recreate recreate => new SystemMessageData { Kind = SystemMessageKind.Recreate, Cause = RemoteFailureException.TextOf(recreate.Cause) },
            _ => throw new ArgumentException($"The system message {obj.GetType()} does not go to other systems.", nameof(obj)),
        };
        return data.ToByteArray();
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type? type)
    {
        var data = SystemMessageData.Parser.ParseFrom(bytes);
        return data.Kind switch
        {
            SystemMessageKind.Watch => new Watch(ActorAt(data.Watchee), ActorAt(data.Watcher)),
            SystemMessageKind.Unwatch => new Unwatch(ActorAt(data.Watchee), ActorAt(data.Watcher)),
            SystemMessageKind.DeathWatchNotification => new DeathWatchNotification(ActorAt(data.Watchee), data.ExistenceConfirmed, data.AddressTerminated),
            SystemMessageKind.Terminate => new Terminate(),
            SystemMessageKind.Suspend => new Suspend(),
            SystemMessageKind.Resume => new Resume(CauseOf(data)),
            SystemMessageKind.Recreate => new Recreate(new RemoteFailureException(data.Cause)),
            _ => throw new UnknownMessageException($"The system message kind {(int)data.Kind} is not known here."),
        };
    }

    private static string PathOf(IActorRef actor) => Akka.Serialization.Serialization.SerializedActorPath(actor);

    private static RemoteFailureException? CauseOf(SystemMessageData data) => data.Cause.Length == 0 ? null : new RemoteFailureException(data.Cause);

    private IInternalActorRef ActorAt(string path) => (IInternalActorRef)_system.Provider.ResolveActorRef(path);
}

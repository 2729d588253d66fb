using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Client;

/// <summary>A message between a <see cref="ClusterClient"/> and a <see cref="ClusterReceptionist"/>.</summary>
public interface IClusterClientMessage
{
}

/// <summary>What users of a <see cref="ClusterClient"/> send it.</summary>
public interface IClusterClientProtocolMessage
{
}

/// <summary>From a client: which receptionists are there? Answered with <see cref="Contacts"/>.</summary>
internal sealed class GetContacts : IClusterClientMessage, IDeadLetterSuppression
{
    public static readonly GetContacts Instance = new();

    private GetContacts()
    {
    }
}

/// <summary>Paths of receptionists.</summary>
internal sealed record Contacts(ImmutableList<string> Paths) : IClusterClientMessage;

/// <summary>From a client that is connected.</summary>
internal sealed class ClientHeartbeat : IClusterClientMessage, IDeadLetterSuppression
{
    public static readonly ClientHeartbeat Instance = new();

    private ClientHeartbeat()
    {
    }
}

/// <summary>The answer to <see cref="ClientHeartbeat"/>.</summary>
internal sealed class ClientHeartbeatRsp : IClusterClientMessage, IDeadLetterSuppression
{
    public static readonly ClientHeartbeatRsp Instance = new();

    private ClientHeartbeatRsp()
    {
    }
}

/// <summary>From a receptionist that stops: look for another one.</summary>
internal sealed class ReceptionistShutdown : IClusterClientMessage, IDeadLetterSuppression
{
    public static readonly ReceptionistShutdown Instance = new();

    private ReceptionistShutdown()
    {
    }
}

/// <summary>Time for the next heartbeat, or to look whether they stay away.</summary>
internal sealed record HeartbeatTick : INoSerializationVerificationNeeded
{
    public static readonly HeartbeatTick Instance = new();
}

/// <summary>Time to ask for contacts again.</summary>
internal sealed record RefreshContactsTick : INoSerializationVerificationNeeded
{
    public static readonly RefreshContactsTick Instance = new();
}

/// <summary>There has been no connection for too long.</summary>
internal sealed record ReconnectTimeout : INoSerializationVerificationNeeded
{
    public static readonly ReconnectTimeout Instance = new();
}

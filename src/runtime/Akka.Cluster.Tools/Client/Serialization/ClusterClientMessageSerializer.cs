using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Tools.Client.Serialization.Wire;
using Akka.Serialization;
using Google.Protobuf;

namespace Akka.Cluster.Tools.Client.Serialization;

/// <summary>The messages between clients and receptionists. Only the list of contacts carries anything.</summary>
public class ClusterClientMessageSerializer : SerializerWithStringManifest
{
    private const string ContactsManifest = "A";
    private const string GetContactsManifest = "B";
    private const string HeartbeatManifest = "C";
    private const string HeartbeatRspManifest = "D";
    private const string ReceptionistShutdownManifest = "E";

    /// <summary>Called by the runtime.</summary>
    /// <param name="system">The actor system.</param>
    public ClusterClientMessageSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        Contacts => ContactsManifest,
        GetContacts => GetContactsManifest,
        ClientHeartbeat => HeartbeatManifest,
        ClientHeartbeatRsp => HeartbeatRspManifest,
        ReceptionistShutdown => ReceptionistShutdownManifest,
        _ => throw new ArgumentException($"{o.GetType()} is no message between a cluster client and a receptionist.", nameof(o)),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        if (obj is Contacts contacts) return new ContactsData { Paths = { contacts.Paths } }.ToByteArray();
        _ = Manifest(obj);
        return [];
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return manifest switch
            {
                ContactsManifest => new Contacts([.. ContactsData.Parser.ParseFrom(bytes).Paths]),
                GetContactsManifest => GetContacts.Instance,
                HeartbeatManifest => ClientHeartbeat.Instance,
                HeartbeatRspManifest => ClientHeartbeatRsp.Instance,
                ReceptionistShutdownManifest => ReceptionistShutdown.Instance,
                _ => throw new SerializationException($"A message between a cluster client and a receptionist has the manifest '{manifest}', which this version does not know."),
            };
        }
        catch (InvalidProtocolBufferException malformed)
        {
            throw new SerializationException($"A message between a cluster client and a receptionist with the manifest '{manifest}' is malformed: {malformed.Message}", malformed);
        }
    }
}

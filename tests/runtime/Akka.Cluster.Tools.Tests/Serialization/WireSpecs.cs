using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Tests.Nodes;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Cluster.Tools.Singleton;
using Akka.Serialization;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tools.Tests.Serialization;

public sealed class WireSpecs : ClusterNodes
{
    private readonly ExtendedActorSystem _system;

    public WireSpecs()
    {
        _system = Start().System;
        ClusterSingletonManagerSettings.Create(_system);
        DistributedPubSubSettings.Create(_system);
        ClusterClientSettings.Create(_system);
    }

    [Fact]
    public void Every_message_between_nodes_comes_back_as_it_was_and_goes_by_a_short_name()
    {
        object[] messages =
        [
            HandOverToMe.Instance, HandOverInProgress.Instance, HandOverDone.Instance, TakeOverFromMe.Instance,
            new Send("/user/lrm", "start", localAffinity: true),
            new SendToAll("/user/lrm", 7L, excludeSelf: true),
            new Publish("alarms", "fire", sendOneMessageToEachGroup: true),
            new TopicDelivery("alarms", null, "fire"),
            new TopicDelivery("alarms", "red", "fire"),
            GetContacts.Instance, ClientHeartbeat.Instance, ClientHeartbeatRsp.Instance, ReceptionistShutdown.Instance,
        ];

        foreach (var message in messages) Assert.Equal(message, RoundTrip(message));
    }

    [Fact]
    public void Lists_of_contacts_come_back_as_they_were() =>
        Assert.Equal(["a", "b"], ((Contacts)RoundTrip(new Contacts(["a", "b"]))).Paths);

    [Fact]
    public void What_mediators_know_comes_back_as_it_was()
    {
        var status = new RegistryStatus(ImmutableDictionary<UniqueAddress, long>.Empty.Add(Node(1), 5).Add(Node(2, uid: -7), long.MaxValue), IsReply: true);
        var actor = _system.SystemActorOf(Props.Empty, "somebody");
        var delta = new RegistryDelta([
            new BucketDelta(Node(1), 9, [new RegistryEntry(ServiceKey.OfPath("/user/lrm"), 8, actor), new RegistryEntry(ServiceKey.OfTopic("a/b", "c d"), 9, null)])]);

        var readStatus = (RegistryStatus)RoundTrip(status);
        var readBucket = Assert.Single(((RegistryDelta)RoundTrip(delta)).Buckets);

        Assert.True(readStatus.IsReply);
        Assert.Equal(status.Versions.OrderBy(v => v.Key), readStatus.Versions.OrderBy(v => v.Key));
        Assert.Equal(delta.Buckets[0] with { Entries = readBucket.Entries }, readBucket);
        Assert.Equal(delta.Buckets[0].Entries, readBucket.Entries);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(9)]
    [InlineData(15)]
    public void An_unknown_name_and_a_malformed_body_are_refused(int serializer)
    {
        Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize([], serializer, "Z"));
        foreach (var manifest in (string[])["A", "B", "C", "D", "E", "F"])
        {
            try
            {
                _system.Serialization.Deserialize([0xff, 0xff, 0xff], serializer, manifest);
            }
            catch (SerializationException)
            {
            }
        }
    }

    private object RoundTrip(object message)
    {
        var serializer = Assert.IsAssignableFrom<SerializerWithStringManifest>(_system.Serialization.FindSerializerFor(message));
        var manifest = serializer.Manifest(message);
        Assert.Equal(1, manifest.Length);
        return _system.Serialization.Deserialize(_system.Serialization.Serialize(message), serializer.Identifier, manifest);
    }
}

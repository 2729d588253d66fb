using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster.Tests.Nodes;

public class WatchingSpecs : ClusterNodes
{
    [Fact]
    public async Task A_node_that_a_member_quarantines_is_taken_out_and_ends_its_actor_system()
    {
        var nodes = await Form(3);
        var provider = (RemoteActorRefProvider)((ExtendedActorSystem)nodes[0].System).Provider;
        provider.Quarantine(nodes[2].SelfAddress, nodes[2].SelfUniqueAddress.Uid, "the spec wants it");
        await nodes[2].System.WhenTerminated.WaitAsync(Patience);
        await AllUp(nodes[0], nodes[1]);
    }

    [Fact]
    public async Task A_removed_node_is_quarantined_by_all_who_stay()
    {
        var nodes = await Form(3);
        var quarantined = nodes[..2].Select(n =>
        {
            var heard = new TaskCompletionSource<QuarantinedEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
            n.System.EventStream.Subscribe(n.System.ActorOf(Props.Create(() => new Forwarding<QuarantinedEvent>(heard))), typeof(QuarantinedEvent));
            return heard.Task.WaitAsync(Patience);
        }).ToList();
        await Crash(nodes[2]);
        nodes[0].Down(nodes[2].SelfAddress);
        foreach (var heard in await Task.WhenAll(quarantined))
            Assert.Equal(nodes[2].SelfUniqueAddress, new UniqueAddress(heard.Address, heard.Uid));
    }

    private sealed class Forwarding<T> : ReceiveActor
    {
        public Forwarding(TaskCompletionSource<T> to) => Receive<T>(m => to.TrySetResult(m));
    }
}

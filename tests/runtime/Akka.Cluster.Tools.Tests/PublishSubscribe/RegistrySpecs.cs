using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using AkkaHa.TestSupport;
using static Akka.Cluster.Tests.TestMembers;

namespace Akka.Cluster.Tools.Tests.PublishSubscribe;

public class RegistrySpecs
{
    private const int Plenty = 1000;
    private static readonly IActorRef Someone = ActorRefs.Nobody;
    private static readonly ServiceKey Alarms = ServiceKey.OfTopic("alarms", null);
    private static readonly ServiceKey Lrm = ServiceKey.OfPath("/user/lrm");

    private readonly ManualTime _clock = new();

    [Fact]
    public void What_one_node_registers_another_finds_after_they_have_compared()
    {
        var (a, b) = (NewRegistry(1), NewRegistry(2));
        a.Register(Alarms, Someone);

        Exchange(a, b);

        Assert.Equal(Node(1), Assert.Single(b.Find(Alarms)).Owner);
        Assert.Equal(["alarms"], b.Topics);
    }

    [Fact]
    public void What_was_removed_is_removed_everywhere()
    {
        var (a, b) = (NewRegistry(1), NewRegistry(2));
        a.Register(Alarms, Someone);
        Exchange(a, b);
        a.Unregister(Alarms);

        Exchange(a, b);

        Assert.Empty(b.Find(Alarms));
        Assert.Empty(b.Topics);
    }

    [Fact]
    public void A_node_learns_from_a_third_one_but_never_anything_older_than_it_knows()
    {
        var (a, b, c) = (NewRegistry(1), NewRegistry(2), NewRegistry(3));
        a.Register(Alarms, Someone);
        Exchange(a, b);
        Exchange(b, c);
        Assert.Single(c.Find(Alarms));
        var old = b.ChangesSince(ImmutableDictionary<UniqueAddress, long>.Empty, Plenty);
        a.Unregister(Alarms);
        Exchange(a, c);

        foreach (var bucket in old) c.Apply(bucket);

        Assert.Empty(c.Find(Alarms));
    }

    [Fact]
    public void Nobody_but_the_owner_changes_what_it_has_registered()
    {
        var a = NewRegistry(1);
        a.Register(Alarms, Someone);

        a.Apply(new BucketDelta(Node(1), long.MaxValue, [new RegistryEntry(Alarms, long.MaxValue, null)]));

        Assert.Single(a.Find(Alarms));
    }

    [Fact]
    public void Many_changes_go_over_in_parts()
    {
        var (a, b) = (NewRegistry(1), NewRegistry(2));
        foreach (var i in Enumerable.Range(0, 10)) a.Register(ServiceKey.OfPath($"/user/{i}"), Someone);

        for (var part = 1; part <= 4; part++)
        {
            foreach (var bucket in a.ChangesSince(b.Versions, 3)) b.Apply(bucket);
            Assert.Equal(Math.Min(part * 3, 10), Enumerable.Range(0, 10).Count(i => b.Find(ServiceKey.OfPath($"/user/{i}")).Count == 1));
        }

        Assert.False(b.Lacks(a.Versions));
    }

    [Fact]
    public void Nodes_that_are_gone_are_forgotten()
    {
        var (a, b) = (NewRegistry(1), NewRegistry(2));
        a.Register(Lrm, Someone);
        Exchange(a, b);

        b.Keep(new HashSet<UniqueAddress>());

        Assert.Empty(b.Find(Lrm));
    }

    [Fact]
    public void A_removal_is_remembered_for_its_time_and_then_forgotten_without_coming_back()
    {
        var (a, b) = (NewRegistry(1), NewRegistry(2));
        a.Register(Lrm, Someone);
        a.Unregister(Lrm);
        Assert.Single(a.ChangesSince(b.Versions, Plenty)[0].Entries);

        _clock.Advance(TimeSpan.FromMinutes(3));
        a.ForgetRemovalsOlderThan(TimeSpan.FromMinutes(2));
        Exchange(a, b);

        Assert.Empty(b.Find(Lrm));
        Assert.Empty(a.ChangesSince(ImmutableDictionary<UniqueAddress, long>.Empty, Plenty).SelectMany(bucket => bucket.Entries));
        Assert.False(b.Lacks(a.Versions));
    }

    [Fact]
    public void A_mediator_that_was_restarted_is_believed()
    {
        var (before, b) = (NewRegistry(1), NewRegistry(2));
        before.Register(Alarms, Someone);
        Exchange(before, b);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var after = NewRegistry(1);
        after.Register(Lrm, Someone);

        Exchange(after, b);

        Assert.Single(b.Find(Lrm));
    }

    [Fact]
    public void Whatever_is_registered_removed_and_compared_in_any_order_all_nodes_end_with_the_same()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var registries = Enumerable.Range(1, 4).Select(NewRegistry).ToArray();
            var keys = Enumerable.Range(0, 5).Select(i => ServiceKey.OfTopic($"t{i}", random.Next(2) == 0 ? null : "g")).ToArray();
            for (var step = 0; step < 60; step++)
            {
                var one = registries[random.Next(4)];
                var key = keys[random.Next(5)];
                switch (random.Next(3))
                {
                    case 0: one.Register(key, Someone); break;
                    case 1: one.Unregister(key); break;
                    default: Exchange(one, registries[random.Next(4)], random.Next(1, 4)); break;
                }
            }

            // Enough rounds that everything has gone over, however small the parts.
            for (var round = 0; round < 40; round++)
                foreach (var one in registries)
                    Exchange(one, registries[(Array.IndexOf(registries, one) + 1) % 4], 2);
            foreach (var key in keys)
                foreach (var registry in registries)
                    Assert.Equal(registries[0].Find(key).Select(f => f.Owner).Order(), registry.Find(key).Select(f => f.Owner).Order());
        }
    }

    private static void Exchange(Registry a, Registry b, int maxEntries = Plenty)
    {
        if (ReferenceEquals(a, b)) return;
        foreach (var bucket in a.ChangesSince(b.Versions, maxEntries)) b.Apply(bucket);
        foreach (var bucket in b.ChangesSince(a.Versions, maxEntries)) a.Apply(bucket);
    }

    private Registry NewRegistry(int node) => new(Node(node), _clock);
}

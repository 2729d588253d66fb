using Akka.Configuration;

namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>How some of several actors are chosen for a message that one of them shall get.</summary>
internal enum DeliveryRouting
{
    Random,
    RoundRobin,
    Broadcast,
}

/// <summary>Chooses as <see cref="DeliveryRouting"/> says; <paramref name="below"/> draws a number below its argument.</summary>
internal sealed class DeliveryChoice(DeliveryRouting routing, Func<int, int> below)
{
    private uint _next;

    public static DeliveryRouting Parse(string? name) => name switch
    {
        "random" => DeliveryRouting.Random,
        "round-robin" => DeliveryRouting.RoundRobin,
        "broadcast" => DeliveryRouting.Broadcast,
        _ => throw new ConfigurationException($"akka.cluster.pub-sub.routing-logic is '{name}'; expected random, round-robin or broadcast."),
    };

    public IReadOnlyList<T> From<T>(IReadOnlyList<T> all) => routing switch
    {
        _ when all.Count <= 1 => all,
        DeliveryRouting.Random => [all[below(all.Count)]],
        DeliveryRouting.RoundRobin => [all[(int)(_next++ % (uint)all.Count)]],
        _ => all,
    };
}

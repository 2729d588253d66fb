using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Simulation.Runs;
using AkkaHa.Simulation.World;
using Xunit.Abstractions;

namespace AkkaHa.Simulation.Tests.World;

public sealed class PowerCutTests(ITestOutputHelper output)
{
    [Fact]
    public void Six_guests_run_elsewhere_after_the_power_of_the_crms_node_is_cut()
    {
        var world = new SimulatedWorld(new WorldSettings { Seed = 7, Nodes = [new("n1"), new("n2"), new("n3")], ActorLogLevel = "INFO" }, output.WriteLine);
        world.PowerOn();
        var client = new OperatorClient(world);
        Assert.True(world.RunUntil(() => client.Status(new("n1")) is { IsStale: false }, TimeSpan.FromSeconds(60)));
        for (var n = 101; n <= 106; n++)
            client.Submit(new("n2"), new AddResource(OperatorClient.Definition(ResourceId.Vm(n), 512), RequestedState.Started));
        Assert.True(world.RunUntil(() => client.Guests.All(id => world.RunningOn(id).Count == 1) && client.Guests.Count == 6, TimeSpan.FromSeconds(30)));
        var crm = client.Status(new("n1"))!.CrmNode!.Value;
        world.Machine(crm).CutMains();
        Assert.True(world.RunUntil(() => client.Guests.All(id => world.RunningOn(id) is [var node] && node != crm), TimeSpan.FromSeconds(20)));
        output.WriteLine(world.Trace.Hash);
    }
}

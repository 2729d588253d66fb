using Akka.Actor;
using Akka.Event;
using Akka.Remote.Tests.Support;
using Xunit.Abstractions;

namespace Akka.Remote.Tests;

public class QuarantineSpec(ITestOutputHelper output) : RemoteSpec(output)
{
    private static RemoteActorRefProvider ProviderOf(ActorSystem system) => (RemoteActorRefProvider)((ExtendedActorSystem)system).Provider;

    [Fact]
    public void A_quarantined_system_is_told_and_publishes_it()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        echo.Tell("hello", TestActor);
        ExpectMsg("hello", Long);
        var probe = Probe(there);
        there.EventStream.Subscribe(probe.Ref, typeof(ThisActorSystemQuarantinedEvent));
        Sys.EventStream.Subscribe(TestActor, typeof(QuarantinedEvent));

        ProviderOf(Sys).Quarantine(AddressOf(there), AddressUidExtension.Uid(there), "test");

        var here = ExpectMsg<QuarantinedEvent>(Long);
        Assert.Equal((AddressOf(there), AddressUidExtension.Uid(there)), (here.Address, here.Uid));
        var told = probe.ExpectMsg<ThisActorSystemQuarantinedEvent>(Long);
        Assert.Equal((AddressOf(there), Here), (told.LocalAddress, told.RemoteAddress));
    }

    [Fact]
    public void Nothing_is_exchanged_with_a_quarantined_system_in_either_direction()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        echo.Tell("hello", TestActor);
        ExpectMsg("hello", Long);
        var probe = Probe(there);
        there.EventStream.Subscribe(probe.Ref, typeof(ThisActorSystemQuarantinedEvent));
        ProviderOf(Sys).Quarantine(AddressOf(there), AddressUidExtension.Uid(there), "test");
        probe.ExpectMsg<ThisActorSystemQuarantinedEvent>(Long);

        echo.Tell("to the quarantined", TestActor);
        At(there, Sys, TestActor).Tell("from the quarantined");
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public void A_quarantined_system_that_dials_again_is_refused_and_told_again()
    {
        var there = Start(config: "akka.remote.retry-gate-closed-for = 100 ms");
        var echo = At(there, StartEcho(there));
        echo.Tell("hello", TestActor);
        ExpectMsg("hello", Long);
        var probe = Probe(there);
        there.EventStream.Subscribe(probe.Ref, typeof(ThisActorSystemQuarantinedEvent));
        ProviderOf(Sys).Quarantine(AddressOf(there), AddressUidExtension.Uid(there), "test");
        probe.ExpectMsg<ThisActorSystemQuarantinedEvent>(Long);

        var back = At(there, Sys, TestActor);
        AwaitAssert(
            () =>
            {
                back.Tell("from the quarantined");
                probe.ExpectMsg<ThisActorSystemQuarantinedEvent>(Quiet);
            },
            Long);
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public async Task A_new_incarnation_under_the_address_of_a_quarantined_one_is_welcome()
    {
        var first = Start();
        var address = AddressOf(first);
        At(first, StartEcho(first)).Tell("hello", TestActor);
        ExpectMsg("hello", Long);
        ProviderOf(Sys).Quarantine(address, AddressUidExtension.Uid(first), "test");
        await first.Terminate();

        var second = Start(config: $"akka.remote.dot-netty.tcp.port = {address.Port}");
        var echo = At(second, StartEcho(second));
        AwaitAssert(
            () =>
            {
                echo.Tell("hello again", TestActor);
                ExpectMsg("hello again", Quiet);
            },
            Long);
    }

    [Fact]
    public void A_quarantine_of_another_uid_does_not_touch_the_present_incarnation()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        echo.Tell("hello", TestActor);
        ExpectMsg("hello", Long);
        ProviderOf(Sys).Quarantine(AddressOf(there), AddressUidExtension.Uid(there) + 1, "test");
        echo.Tell("still", TestActor);
        ExpectMsg("still", Long);
    }

    [Fact]
    public void Without_a_uid_an_address_is_only_left_alone_for_a_while()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        Sys.EventStream.Subscribe(TestActor, typeof(QuarantinedEvent));
        ProviderOf(Sys).Quarantine(AddressOf(there), null, "test");
        AwaitAssert(
            () =>
            {
                echo.Tell("hello", TestActor);
                ExpectMsg("hello", Quiet);
            },
            Long);
    }

    [Fact]
    public void A_system_that_acknowledges_no_system_messages_is_quarantined_before_they_fill_the_memory()
    {
        const int capacity = 50;
        using var relay = new Relay();
        var system = Start("sender", $"akka.remote.system-message-buffer-size = {capacity}");
        var relayed = Start("relayed", $"akka.remote.dot-netty.tcp.public-port = {relay.Port}");
        relay.Target = RemotingOf(relayed).BoundPort;
        var probe = Probe(system);
        system.EventStream.Subscribe(probe.Ref, typeof(QuarantinedEvent));
        var target = (IInternalActorRef)At(system, relayed, StartEcho(relayed));
        target.Tell("hello", probe.Ref);
        probe.ExpectMsg("hello", Long);
        relay.Hold();
        for (var i = 0; i <= capacity; i++)
            target.Suspend();
        Assert.Equal(AddressOf(relayed), probe.ExpectMsg<QuarantinedEvent>(Long).Address);
    }

    [Fact]
    public void A_message_to_a_quarantined_system_becomes_a_dead_letter()
    {
        var there = Start();
        var echo = At(there, StartEcho(there));
        echo.Tell("hello", TestActor);
        ExpectMsg("hello", Long);
        ProviderOf(Sys).Quarantine(AddressOf(there), AddressUidExtension.Uid(there), "test");
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        echo.Tell("lost", TestActor);
        FishForMessage(m => m is DeadLetter { Message: "lost" }, Long);
    }
}

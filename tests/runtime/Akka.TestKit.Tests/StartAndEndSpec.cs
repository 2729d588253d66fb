using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Tests;

public sealed class StartAndEndSpec(ITestOutputHelper output)
{
    [Fact]
    public void The_actor_system_ends_with_the_test()
    {
        var kit = new Akka.TestKit.Xunit2.TestKit();
        var system = kit.Sys;
        kit.Dispose();
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        kit.Dispose();
    }

    [Fact]
    public void A_configuration_is_put_over_the_defaults()
    {
        using var kit = new Akka.TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString("akka.test.single-expect-default = 7s"), "named");
        Assert.Equal("named", kit.Sys.Name);
        Assert.Equal(TimeSpan.FromSeconds(7), kit.TestKitSettings.SingleExpectDefault);
        Assert.Equal(TimeSpan.FromSeconds(5), kit.TestKitSettings.DefaultTimeout);
    }

    [Fact]
    public void A_setup_is_used_and_its_configuration_put_over_the_defaults()
    {
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig("akka.test.timefactor = 3"));
        using var kit = new Akka.TestKit.Xunit2.TestKit(setup);
        Assert.Equal(3.0, kit.TestKitSettings.TestTimeFactor);
        Assert.Equal("test", kit.Sys.Name);
    }

    [Fact]
    public void A_system_that_is_there_already_is_used()
    {
        using var first = new Akka.TestKit.Xunit2.TestKit("akka.loglevel = INFO");
        using var second = new Akka.TestKit.Xunit2.TestKit(first.Sys);
        Assert.Same(first.Sys, second.Sys);
        Assert.NotEqual(first.TestActor, second.TestActor);
        Assert.Same(TestKitAssertionsExtension.For(first.Sys).Assertions, TestKitAssertionsExtension.For(second.Sys).Assertions);
    }

    [Fact]
    public void A_time_factor_that_is_not_above_zero_is_refused() =>
        Assert.Throws<ConfigurationException>(() => new TestKitSettings(ConfigurationFactory.ParseString("akka.test.timefactor = 0")));

    [Fact]
    public void Settings_without_a_test_section_say_what_is_missing() =>
        Assert.Contains("akka.test", Assert.Throws<ConfigurationException>(() => new TestKitSettings(Config.Empty)).Message);

    [Fact]
    public void The_log_is_shown_with_the_test()
    {
        var recorded = new Recorded(output);
        using var kit = new Akka.TestKit.Xunit2.TestKit("akka.loglevel = INFO", recorded);
        kit.Log.Warning("look here");
        kit.AwaitAssert(() => Assert.Contains("look here", recorded.Text));
    }

    private sealed class Recorded(ITestOutputHelper inner) : ITestOutputHelper
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        internal string Text => string.Join('\n', _lines);

        public void WriteLine(string message)
        {
            _lines.Enqueue(message);
            inner.WriteLine(message);
        }

        public void WriteLine(string format, params object[] args) => WriteLine(string.Format(format, args));
    }
}

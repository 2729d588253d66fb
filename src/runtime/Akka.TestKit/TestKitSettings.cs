using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The <c>akka.test</c> settings of an actor system.</summary>
public class TestKitSettings : IExtension
{
    /// <summary>Reads the settings from a whole configuration.</summary>
    /// <exception cref="ConfigurationException">There is no <c>akka.test</c> section, or a time factor that is not above zero.</exception>
    public TestKitSettings(Config config)
    {
        if (!config.HasPath("akka.test"))
            throw new ConfigurationException("The configuration has no akka.test section; give the actor system TestKitBase.DefaultConfig as a fallback.");
        var test = config.GetConfig("akka.test");
        DefaultTimeout = test.GetTimeSpan("default-timeout", TimeSpan.FromSeconds(5), allowInfinite: false);
        SingleExpectDefault = test.GetTimeSpan("single-expect-default", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestEventFilterLeeway = test.GetTimeSpan("filter-leeway", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestTimeFactor = test.GetDouble("timefactor", 1.0);
        LogTestKitCalls = config.GetBoolean("akka.test.testkit.debug", false);
        if (!(TestTimeFactor > 0))
            throw new ConfigurationException($"akka.test.timefactor is {TestTimeFactor}, but it must be above zero.");
    }

    /// <summary>How long latches, barriers and the shutdown are waited for.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long an expect waits when nothing else is said.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>How long an event filter waits for events after its block has ended.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>What every timeout is multiplied by.</summary>
    public double TestTimeFactor { get; }

    /// <summary>Whether the kit logs what it waits for (<c>akka.test.testkit.debug</c>).</summary>
    public bool LogTestKitCalls { get; }
}

/// <summary>Gives an actor system its <see cref="TestKitSettings"/>.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    /// <summary>Makes the id of the extension.</summary>
    public TestKitExtension()
    {
    }

    /// <inheritdoc/>
    public override TestKitSettings CreateExtension(ExtendedActorSystem system) => new(system.Settings.Config);

    /// <summary>The settings of <paramref name="system"/>.</summary>
    public static TestKitSettings For(ActorSystem system) => new TestKitExtension().Apply(system);
}

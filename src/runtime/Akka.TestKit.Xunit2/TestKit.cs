using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>
/// A test class with an actor system, for xunit. The system ends when the test does. With an <see cref="ITestOutputHelper"/> its log
/// is shown with the test.
/// </summary>
public class TestKit : TestKitBase, IDisposable
{
    /// <summary>Where the log of the test goes; null if it goes nowhere.</summary>
    protected readonly ITestOutputHelper? Output;

    private bool _disposing;
    private bool _disposed;

    /// <summary>Uses <paramref name="system"/>, or starts one with the default configuration.</summary>
    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null) : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>Starts an actor system from <paramref name="config"/>.</summary>
    public TestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>Starts an actor system with <paramref name="config"/> over the default configuration.</summary>
    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>Starts an actor system with the HOCON text <paramref name="config"/> over the default configuration.</summary>
    public TestKit(string config, ITestOutputHelper? output = null) : base(Assertions, ConfigurationFactory.ParseString(config))
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>What every test kit's actor system falls back to.</summary>
    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <summary>Logs everything that can be logged, at debug level.</summary>
    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    /// <summary>The assertions of xunit.</summary>
    protected static XunitAssertions Assertions { get; } = new();

    /// <summary>Ends the actor system. Override to do more at the end of the test.</summary>
    protected virtual void AfterAll() => Shutdown();

    /// <summary>Shows the log of <paramref name="system"/> with the test.</summary>
    protected void InitializeLogger(ActorSystem system) => StartLogger(system, Output is null ? null : Props.Create(() => new TestOutputLogger(Output)));

    /// <summary>Shows the log of <paramref name="system"/> with the test, each line behind <paramref name="prefix"/>.</summary>
    protected void InitializeLogger(ActorSystem system, string prefix) =>
        StartLogger(system, Output is null ? null : Props.Create(() => new TestOutputLogger(new PrefixedOutput(Output, prefix))));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the test once.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_disposing || _disposed || !disposing)
            return;
        _disposing = true;
        try
        {
            AfterAll();
        }
        finally
        {
            _disposed = true;
            if (TestActor is LocalActorRef { Cell: var cell })
                ImplicitSender.Release(cell);
        }
    }

    private void StartLogger(ActorSystem system, Props? props)
    {
        if (props is null)
            return;
        var logger = ((ExtendedActorSystem)system).SystemActorOf(props, "log-test");
        logger.Ask<LoggerInitialized>(new InitializeLogger(system.EventStream), Dilated(TestKitSettings.DefaultTimeout)).GetAwaiter().GetResult();
    }
}

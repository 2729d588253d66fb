using Akka.Actor.Setup;
using Akka.Event;

namespace AkkaHa.Simulation.World;

/// <summary>Tells an actor system's logger which trace it writes to.</summary>
internal sealed class TraceSetup(Trace trace, string node) : Setup
{
    public Trace Trace => trace;

    public string Node => node;
}

/// <summary>Writes what the actors log into the trace of the run.</summary>
internal sealed class TraceLogger : DefaultLogger
{
    private readonly TraceSetup _setup = Context.System.Settings.Setup.Get<TraceSetup>().Value;

    /// <inheritdoc/>
    protected override void Print(LogEvent logEvent) => _setup.Trace.Add(_setup.Node, $"log {logEvent.LogLevel()} {logEvent.Message}{Cause(logEvent)}");

    private static string Cause(LogEvent logEvent) => logEvent is Error { Cause: { } cause } ? $" ({cause.GetType().Name}: {cause.Message})" : "";
}

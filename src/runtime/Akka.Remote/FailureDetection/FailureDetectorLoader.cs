using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Embedded;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Makes the failure detector that a configuration names by its class.</summary>
internal static class FailureDetectorLoader
{
    private const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>
    /// Makes a detector of the class <paramref name="fqcn"/>. A class with a constructor (Config, EventStream, Clock)
    /// gets the clock of the system's environment, so that it follows virtual time; otherwise (Config, EventStream) is used.
    /// </summary>
    /// <exception cref="ConfigurationException">The class cannot be found, is no failure detector, or refuses its configuration.</exception>
    public static FailureDetector Load(string fqcn, Config config, ActorSystem system)
    {
        var type = Type.GetType(fqcn)
            ?? throw new ConfigurationException($"The failure detector class '{fqcn}' cannot be found. Check 'implementation-class' of the failure detector.");
        if (!typeof(FailureDetector).IsAssignableFrom(type))
            throw new ConfigurationException($"The class '{fqcn}' is no failure detector. Check 'implementation-class' of the failure detector.");

        var clock = FailureDetector.ClockOf(RuntimeEnvironment.Of(system).Time);
        try
        {
            if (type.GetConstructor(Constructors, [typeof(Config), typeof(EventStream), typeof(Clock)]) is { } timed)
                return (FailureDetector)timed.Invoke([config, system.EventStream, clock]);
            if (type.GetConstructor([typeof(Config), typeof(EventStream)]) is { } plain)
                return (FailureDetector)plain.Invoke([config, system.EventStream]);
        }
        catch (TargetInvocationException refused) when (refused.InnerException is { } reason)
        {
            throw new ConfigurationException($"The failure detector '{fqcn}' refuses its configuration: {reason.Message}", reason);
        }

        throw new ConfigurationException($"The failure detector class '{fqcn}' has no constructor (Config, EventStream).");
    }
}

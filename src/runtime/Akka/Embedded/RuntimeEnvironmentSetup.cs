namespace Akka.Embedded;

/// <summary>Puts an actor system into an environment other than <see cref="RuntimeEnvironment.Real"/>.</summary>
public sealed class RuntimeEnvironmentSetup : Akka.Actor.Setup.Setup
{
    /// <summary>Names the environment; several actor systems may share one.</summary>
    /// <param name="environment">The environment.</param>
    public RuntimeEnvironmentSetup(RuntimeEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        Environment = environment;
    }

    /// <summary>The environment of every actor system started with this setup.</summary>
    public RuntimeEnvironment Environment { get; }
}

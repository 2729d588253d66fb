namespace Akka.Actor.Setup;

/// <summary>One programmatic setting of an actor system, found again by its type.</summary>
public abstract class Setup
{
    /// <summary>Combines this setting with another; of two with the same type the later one counts.</summary>
    /// <param name="other">The setting to add.</param>
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}

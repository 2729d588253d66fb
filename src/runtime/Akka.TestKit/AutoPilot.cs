using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Lets a test actor react to messages by itself, before they are queued for the test.</summary>
public abstract class AutoPilot
{
    /// <summary>Ends the automatic reactions.</summary>
    public static NoAutoPilot NoAutoPilot => Akka.TestKit.NoAutoPilot.Instance;

    /// <summary>Keeps the pilot that returned it.</summary>
    public static KeepRunning KeepRunning => Akka.TestKit.KeepRunning.Instance;

    /// <summary>Reacts to one message. Runs inside the test actor.</summary>
    /// <returns>The pilot for the next message: <see cref="KeepRunning"/>, <see cref="NoAutoPilot"/> or another one.</returns>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>Reacts to nothing.</summary>
public sealed class NoAutoPilot : AutoPilot
{
    /// <summary>The one instance.</summary>
    public static readonly NoAutoPilot Instance = new();

    private NoAutoPilot()
    {
    }

    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>The answer of a pilot that wants to stay. It cannot fly itself.</summary>
public sealed class KeepRunning : AutoPilot
{
    /// <summary>The one instance.</summary>
    public static readonly KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    /// <summary>Not a pilot.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException("KeepRunning is what a pilot returns to stay; it cannot be set as the pilot itself.");
}

/// <summary>The body of a <see cref="DelegateAutoPilot"/>.</summary>
public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);

/// <summary>A pilot made from a delegate.</summary>
public sealed class DelegateAutoPilot : AutoPilot
{
    private readonly AutoPilotDelegate _pilot;

    /// <summary>Makes a pilot from <paramref name="autoPilotDelegate"/>.</summary>
    public DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate) => _pilot = autoPilotDelegate;

    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => _pilot(sender, message);
}

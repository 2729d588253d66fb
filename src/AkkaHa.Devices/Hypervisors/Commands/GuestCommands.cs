using System.Globalization;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Commands;

/// <summary>What a command is asked to do with a guest.</summary>
public enum GuestAction
{
    /// <summary>Start it; done when it runs.</summary>
    Start,

    /// <summary>Shut it down; done when it does not run any more.</summary>
    Stop,

    /// <summary>End it at once.</summary>
    Kill,

    /// <summary>Say whether it runs.</summary>
    Status,
}

/// <summary>What a command says of a guest.</summary>
public enum GuestStatus
{
    /// <summary>The command failed, hung or is missing: the guest must be taken for running.</summary>
    Unknown,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It does not run.</summary>
    NotRunning,
}

/// <summary>How one kind of command is called and understood.</summary>
public abstract class GuestCommands
{
    /// <summary>The type in the configuration: <c>exec</c>, <c>ocf</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What it is, for reports.</summary>
    public abstract string Description { get; }

    /// <summary>The call for an action.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="guest">The guest.</param>
    /// <param name="timeout">How long the call may take.</param>
    public abstract ToolCommand Call(GuestAction action, GuestRecord guest, TimeSpan timeout);

    /// <summary>What the end of a <see cref="GuestAction.Status"/> call means.</summary>
    public abstract GuestStatus StatusOf(ToolResult result);

    /// <summary>A number as commands read it.</summary>
    protected static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

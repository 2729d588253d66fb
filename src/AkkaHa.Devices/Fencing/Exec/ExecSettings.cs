namespace AkkaHa.Devices.Fencing.Exec;

/// <summary>
/// An own command, called as <c>COMMAND off|on|status NODE</c>. Exit codes are those of fence agents: 0 done (or, for <c>status</c>, on),
/// 2 off (for <c>status</c> alone), anything else an error with its cause on standard error.
/// </summary>
/// <param name="Name">The name of the device in the configuration.</param>
/// <param name="Command">Program and leading arguments; everybody on the machine can read them, so never a secret.</param>
public sealed record ExecSettings(string Name, IReadOnlyList<string> Command)
{
    /// <summary>Whether the command knows <c>status</c>. Without it an <c>off</c> is only claimed.</summary>
    public bool HasStatus { get; init; } = true;

    /// <summary>Whether a state of off that it reads is to count as proof. Needs <see cref="HasStatus"/>.</summary>
    public bool ProvesOff { get; init; }

    /// <summary>How long it may take.</summary>
    public FenceTiming Timing { get; init; } = new();

    /// <summary>Variables for the command, for example the path of a file with its secret.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}

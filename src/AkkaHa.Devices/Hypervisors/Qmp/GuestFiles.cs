namespace AkkaHa.Devices.Hypervisors.Qmp;

/// <summary>
/// The files of one guest in the node's run directory. The names are fixed per guest: the pidfile is locked for the life of the guest's
/// process, so that a second start fails before it touches anything.
/// </summary>
/// <param name="RunDirectory">The node's run directory.</param>
/// <param name="Name">The guest's name, <c>vm-101</c>.</param>
public sealed record GuestFiles(string RunDirectory, string Name)
{
    // sockaddr_un has 108 bytes with the closing zero.
    private const int SocketPathLimit = 107;

    /// <summary>Locked by the guest's process.</summary>
    public string PidFile => Path.Combine(RunDirectory, Name + ".pid");

    /// <summary>The socket the daemon holds.</summary>
    public string Socket => Path.Combine(RunDirectory, Name + ".qmp");

    /// <summary>A second socket, for people and tools: a QMP socket serves one client at a time.</summary>
    public string SecondSocket => Path.Combine(RunDirectory, Name + ".ops");

    /// <summary>The channel to the agent inside the guest, where it has one.</summary>
    public string Agent => Path.Combine(RunDirectory, Name + ".qga");

    /// <summary>What the guest's process itself says.</summary>
    public string Log => Path.Combine(RunDirectory, Name + ".log");

    /// <summary>What the guest writes to its serial port.</summary>
    public string Serial => Path.Combine(RunDirectory, Name + ".serial");

    /// <summary>Null if the directory can be used, else why not.</summary>
    public string? Problem =>
        System.Text.Encoding.UTF8.GetByteCount(Socket) > SocketPathLimit
            ? $"the path {Socket} is longer than the {SocketPathLimit} bytes a Unix socket allows; configure a shorter run directory"
            : null;
}

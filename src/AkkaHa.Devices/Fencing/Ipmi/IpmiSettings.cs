namespace AkkaHa.Devices.Fencing.Ipmi;

/// <summary>A BMC, spoken to with <c>ipmitool</c>.</summary>
/// <param name="Name">The name of the device in the configuration.</param>
/// <param name="Host">Address of the BMC.</param>
/// <param name="User">User on the BMC.</param>
/// <param name="PasswordFile">File with the password, mode 0600.</param>
public sealed record IpmiSettings(string Name, string Host, string User, string PasswordFile)
{
    /// <summary>UDP port.</summary>
    public int Port { get; init; } = 623;

    /// <summary>ipmitool's interface: <c>lanplus</c> (IPMI 2.0) or <c>lan</c>.</summary>
    public string Interface { get; init; } = "lanplus";

    /// <summary>Cipher suite; named because its negotiation costs ten seconds with some BMCs. Null leaves it to the tool.</summary>
    public int? Cipher { get; init; } = 3;

    /// <summary>Privilege level of the session; <c>OPERATOR</c> may switch power, too.</summary>
    public string Privilege { get; init; } = "ADMINISTRATOR";

    /// <summary>Seconds between two packets of one call (<c>-N</c>).</summary>
    public int PacketSeconds { get; init; } = 1;

    /// <summary>Packets sent again in one call (<c>-R</c>).</summary>
    public int PacketRetries { get; init; } = 1;

    /// <summary>How long it may take.</summary>
    public FenceTiming Timing { get; init; } = new();

    /// <summary>The program.</summary>
    public string Program { get; init; } = "ipmitool";
}

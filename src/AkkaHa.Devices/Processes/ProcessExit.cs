using System.Globalization;

namespace AkkaHa.Devices.Processes;

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit code; null if it was killed by a signal or is not our child.</param>
/// <param name="Signal">The signal that killed it; null if it exited or is not our child.</param>
public sealed record ProcessExit(int? Code, int? Signal)
{
    /// <summary>A process that is gone; nobody told us how.</summary>
    public static ProcessExit Unknown { get; } = new(null, null);

    /// <inheritdoc />
    public override string ToString() => (Code, Signal) switch
    {
        ({ } code, _) => string.Create(CultureInfo.InvariantCulture, $"exited with code {code}"),
        (_, { } signal) => string.Create(CultureInfo.InvariantCulture, $"was killed by signal {signal}"),
        _ => "ended",
    };

    internal static ProcessExit FromWaitStatus(int status) =>
        (status & 0x7f) == 0 ? new ProcessExit((status >> 8) & 0xff, null) : new ProcessExit(null, status & 0x7f);
}

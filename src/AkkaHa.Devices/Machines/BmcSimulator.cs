using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Machines;

/// <summary>A simulated BMC of a lab machine.</summary>
/// <param name="Name">The machine's name.</param>
/// <param name="Folder">Its own folder.</param>
/// <param name="Port">UDP port on loopback.</param>
/// <param name="PowerScript">What switches the machine: <c>SCRIPT on|off|status</c>.</param>
public sealed record BmcSettings(string Name, string Folder, int Port, string PowerScript)
{
    /// <summary>The address it listens on.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>User with administrator privilege.</summary>
    public string User { get; init; } = "admin";

    /// <summary>Its password, at most 16 characters.</summary>
    public required string Password { get; init; }
}

/// <summary>How a simulated BMC misbehaves.</summary>
public enum BmcFault
{
    /// <summary>It does as it should.</summary>
    None,

    /// <summary>It answers OK to every order and does nothing.</summary>
    Lies,

    /// <summary>It obeys only seconds after it has answered OK.</summary>
    Slow,

    /// <summary>It stops answering in the middle, without closing anything.</summary>
    Hangs,
}

/// <summary>
/// A BMC by <c>ipmi_sim</c> (package openipmi): real IPMI over UDP, whose chassis control switches a lab machine. It runs in a session of
/// its own and is found again through its folder.
/// </summary>
public sealed class BmcSimulator
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingWait = TimeSpan.FromMilliseconds(200);

    // An ASF presence ping (DMTF DSP0136): the smallest packet a BMC answers.
    private static readonly byte[] PresencePing = [6, 0, 0xff, 6, 0, 0, 0x11, 0xbe, 0x80, 1, 0, 0];

    private readonly BmcSettings _settings;
    private readonly TimeProvider _time;

    private BmcSimulator(BmcSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
    }

    /// <summary>Whether the simulator is installed.</summary>
    public static bool IsInstalled => ToolPath.Find("ipmi_sim") is not null;

    /// <summary>UDP port on loopback.</summary>
    public int Port => _settings.Port;

    /// <summary>File with the password, mode 0600: for the fence device.</summary>
    public string PasswordFile => Path.Combine(_settings.Folder, "password");

    private string SimulatorPidFile => Path.Combine(_settings.Folder, "ipmi_sim.pid");

    /// <summary>Writes the simulator's folder; one that runs from it goes on. Nothing is started.</summary>
    public static BmcSimulator Create(BmcSettings settings, TimeProvider time)
    {
        Directory.CreateDirectory(Path.Combine(settings.Folder, "state"));
        var bmc = new BmcSimulator(settings, time);
        File.WriteAllText(Path.Combine(settings.Folder, "bmc.emu"), BmcScripts.Emulator);
        File.WriteAllText(Path.Combine(settings.Folder, "bmc.conf"), BmcScripts.Configuration(settings));
        File.WriteAllText(Path.Combine(settings.Folder, "chassis.sh"), BmcScripts.Chassis(settings));
        File.WriteAllText(bmc.PasswordFile, settings.Password + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(settings.Folder, "chassis.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var secret in (string[])[bmc.PasswordFile, Path.Combine(settings.Folder, "bmc.conf")])
                File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return bmc;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="ToolMissingException">ipmi_sim is not installed.</exception>
    /// <exception cref="InvalidOperationException">It did not start, for example because the port is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (PidFile.Open(SimulatorPidFile) is not null)
            return;
        if (!IsPortFree())
        {
            throw new InvalidOperationException(
                $"The BMC simulator of {_settings.Name} cannot start: UDP port {_settings.Port.ToString(CultureInfo.InvariantCulture)} on {_settings.Address} is in use.");
        }
        var log = Path.Combine(_settings.Folder, "ipmi_sim.log");
        File.Delete(log);
        using var child = ChildProcess.Start(new ChildOptions("ipmi_sim", ["-n", "-c", "bmc.conf", "-f", "bmc.emu", "-s", "state"])
        {
            WorkingDirectory = _settings.Folder,
            Output = ChildStream.AppendTo(log),
            Error = ChildStream.AppendTo(log),
        });
        PidFile.Write(SimulatorPidFile, child.Process.Id);
        var started = _time.GetTimestamp();
        while (!await AnswersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!child.Process.HasExited && _time.GetElapsedTime(started) < StartTimeout)
                continue;
            await child.Process.KillAndWaitAsync(StartTimeout, _time).ConfigureAwait(false);
            var words = File.Exists(log) ? File.ReadLines(log).LastOrDefault() : null;
            throw new InvalidOperationException($"The BMC simulator of {_settings.Name} does not answer on UDP port "
                + $"{_settings.Port.ToString(CultureInfo.InvariantCulture)}; is the port in use? {words}".TrimEnd());
        }
    }

    /// <summary>Stops it: the BMC loses its power, too. The machine goes on.</summary>
    public async Task StopAsync()
    {
        if (PidFile.Open(SimulatorPidFile) is { } simulator)
            await simulator.KillAndWaitAsync(StartTimeout, _time).ConfigureAwait(false);
    }

    /// <summary>Makes it misbehave from now on.</summary>
    public void SetFault(BmcFault fault)
    {
        File.WriteAllText(Path.Combine(_settings.Folder, "fault"), fault.ToString().ToLowerInvariant());
        PidFile.Open(SimulatorPidFile)?.Signal(fault == BmcFault.Hangs ? LibC.SigStop : LibC.SigCont);
    }

    // Asked first: another simulator on the port would answer in place of this one.
    private bool IsPortFree()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(_settings.Address), _settings.Port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = _time.CreateTimer(_ => patience.Cancel(), null, PingWait, Timeout.InfiniteTimeSpan);
        var started = _time.GetTimestamp();
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(_settings.Address), _settings.Port), patience.Token).ConfigureAwait(false);
            await socket.SendAsync(PresencePing, patience.Token).ConfigureAwait(false);
            var answer = new byte[64];
            var count = await socket.ReceiveAsync(answer, patience.Token).ConfigureAwait(false);
            // 0x40 at offset 8 is the pong.
            return count > 8 && answer[8] == 0x40;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A closed port answers at once: no hurry to ask again.
            var left = TimeSpan.FromMilliseconds(20) - _time.GetElapsedTime(started);
            if (left > TimeSpan.Zero)
                await Task.Delay(left, _time, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using AkkaHa.Devices.Machines;

namespace AkkaHa.Devices.Tests.Machines;

/// <summary>A lab machine with a BMC, for tests of fence devices.</summary>
internal sealed class LabPower : IAsyncDisposable
{
    public const string Password = "s3cret-word";

    private LabPower(TempFolder folder, LabMachine machine, BmcSimulator bmc)
    {
        Folder = folder;
        Machine = machine;
        Bmc = bmc;
    }

    public TempFolder Folder { get; }

    public LabMachine Machine { get; }

    public BmcSimulator Bmc { get; }

    public static async Task<LabPower> StartAsync()
    {
        var folder = new TempFolder();
        var machine = LabMachine.Create(
            new LabMachineSettings(Real.Pve1, folder["machines/pve1"], ["sleep", "100000"], MachineIsolation.PidNamespace), Real.Tools, Real.Time);
        await machine.PowerOnAsync();
        var bmc = BmcSimulator.Create(new BmcSettings("pve1", folder["bmc"], FreeUdpPort(), machine.PowerScript) { Password = Password }, Real.Time);
        await bmc.StartAsync();
        return new LabPower(folder, machine, bmc);
    }

    public static int FreeUdpPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await Bmc.StopAsync();
        await Machine.PowerOffAsync();
        Folder.Dispose();
    }
}

using AkkaHa.Devices.Machines;

namespace AkkaHa.Devices.Tests.Machines;

public sealed class BmcSimulatorTests
{
    [Fact]
    public async Task A_port_in_use_is_named()
    {
        await using var lab = await LabPower.StartAsync();
        var second = BmcSimulator.Create(
            new BmcSettings("pve2", lab.Folder["bmc2"], lab.Bmc.Port, lab.Machine.PowerScript) { Password = LabPower.Password }, Real.Time);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync());
        Assert.Contains($"UDP port {lab.Bmc.Port}", error.Message);
        Assert.Contains("pve2", error.Message);
    }

    [Fact]
    public async Task A_simulator_that_runs_is_taken_over_through_its_folder()
    {
        await using var lab = await LabPower.StartAsync();
        var same = BmcSimulator.Create(
            new BmcSettings("pve1", lab.Folder["bmc"], lab.Bmc.Port, lab.Machine.PowerScript) { Password = LabPower.Password }, Real.Time);
        await same.StartAsync();
        await same.StopAsync();
        await same.StartAsync();
    }
}

using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Hypervisors.Embedded;

namespace AkkaHa.Devices.Tests.Hypervisors;

public sealed class EmbeddedHypervisorTests : HypervisorContract
{
    private protected override IHypervisor Make(string runDirectory, string node) =>
        new EmbeddedHypervisor(new EmbeddedSettings(new NodeName(node), runDirectory, Program.Command("embedded-guest")), Real.Time);
}

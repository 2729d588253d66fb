using System.Net;
using System.Net.Sockets;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Network;

/// <summary>
/// The host routes of this node's daemon. They bear a protocol number of their own, so that those an earlier daemon left are found.
/// </summary>
internal sealed class HostRoutes(IToolRunner tools)
{
    /// <summary>Marks the routes in the kernel's table (<c>ip route show proto 176</c>).</summary>
    public const string Protocol = "176";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Keeps the own address this host's even while its interface is down: packets for it then come in over the second link.
    /// </summary>
    public Task<string?> PinAsync(IPAddress own, CancellationToken cancellationToken) =>
        IpAsync(own, ["addr", "replace", Host(own), "dev", "lo", "scope", "host"], cancellationToken);

    /// <summary>Leads what is sent to a node's first address over the second link.</summary>
    public Task<string?> LeadOverSecondAsync(LinkPair self, LinkPair peer, CancellationToken cancellationToken) =>
        Interfaces.With(self.Second) is { } device
            ? IpAsync(peer.First,
                ["route", "replace", Host(peer.First), "via", peer.Second.ToString(), "dev", device, "src", self.First.ToString(), "proto", Protocol], cancellationToken)
            : Task.FromResult<string?>($"no interface of this host has the address {self.Second}");

    /// <summary>Takes that back.</summary>
    public Task<string?> LeadOverFirstAsync(LinkPair peer, CancellationToken cancellationToken) => FlushAsync(peer.First, [Host(peer.First)], cancellationToken);

    /// <summary>Takes all of them back, those of an earlier daemon too.</summary>
    public Task<string?> ClearAsync(IPAddress family, CancellationToken cancellationToken) => FlushAsync(family, [], cancellationToken);

    private Task<string?> FlushAsync(IPAddress family, IReadOnlyList<string> which, CancellationToken cancellationToken) =>
        IpAsync(family, ["route", "flush", .. which, "proto", Protocol], cancellationToken);

    private static string Host(IPAddress address) => $"{address}/{(address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32)}";

    private async Task<string?> IpAsync(IPAddress family, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<string> all = [family.AddressFamily == AddressFamily.InterNetworkV6 ? "-6" : "-4", .. arguments];
            var result = await tools.RunAsync(new ToolCommand("ip", all, Timeout), cancellationToken).ConfigureAwait(false);
            return result.Succeeded ? null : $"'ip {string.Join(' ', all)}' failed: {result.LastWords}";
        }
        catch (ToolMissingException e)
        {
            return e.Message;
        }
    }
}

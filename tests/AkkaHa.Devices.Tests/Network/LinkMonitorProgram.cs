using System.Net;
using System.Net.Sockets;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Network;

namespace AkkaHa.Devices.Tests.Network;

/// <summary>
/// A node's link monitor in a process of its own: <c>OWN1 OWN2 PEER1 PEER2</c>. It also holds a TCP connection to the peer's first address, as remoting
/// does, and writes down each line that comes over it.
/// </summary>
internal static class LinkMonitorProgram
{
    private const int Port = 4400;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var addresses = arguments.Take(4).Select(IPAddress.Parse).ToArray();
        var settings = new LinkSettings(
            new LinkPair(addresses[0], addresses[1]),
            new SortedDictionary<NodeName, LinkPair> { [new NodeName("peer")] = new LinkPair(addresses[2], addresses[3]) },
            Port)
        { StableFor = TimeSpan.FromMilliseconds(500) };
        using var stop = new CancellationTokenSource();
        using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM, signal => { signal.Cancel = true; stop.Cancel(); });
        await using var monitor = await LinkMonitor.StartAsync(
            settings, Real.Tools, Real.Time, (ulong)Environment.ProcessId, text => Console.WriteLine(text), stop.Token);
        Console.WriteLine("started");
        try
        {
            await Task.WhenAll(ListenAsync(addresses[0], stop.Token), TickAsync(addresses[2], stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }

        return 0;
    }

    private static async Task ListenAsync(IPAddress own, CancellationToken stop)
    {
        using var listener = new TcpListener(own, Port);
        listener.Start();
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(stop);
            using var reader = new StreamReader(client.GetStream());
            try
            {
                while (await reader.ReadLineAsync(stop) is { } line)
                    Console.WriteLine($"tick {line}");
            }
            catch (IOException)
            {
                // Told below, like an end.
            }

            Console.WriteLine("the connection ended");
        }
    }

    private static async Task TickAsync(IPAddress peer, CancellationToken stop)
    {
        while (true)
        {
            using var client = new TcpClient(peer.AddressFamily) { NoDelay = true };
            try
            {
                await client.ConnectAsync(peer, Port, stop);
                await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
                for (var i = 1; ; i++)
                {
                    await writer.WriteLineAsync(i.ToString());
                    await Task.Delay(TimeSpan.FromMilliseconds(50), Real.Time, stop);
                }
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), Real.Time, stop);
            }
        }
    }
}

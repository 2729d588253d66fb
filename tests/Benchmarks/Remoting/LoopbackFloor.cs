using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AkkaHa.Benchmarks.Processes;

namespace AkkaHa.Benchmarks.Remoting;

/// <summary>
/// What the kernel allows: two processes send a hundred bytes to and fro over loopback TCP, each with one thread that blocks in the system call and does
/// nothing else. No remoting with one message in flight can be faster than this.
/// </summary>
internal static class LoopbackFloor
{
    private const int MessageBytes = 100;
    private const int RoundTrips = 20_000;
    private const int Rounds = 7;
    private static readonly TimeSpan ChildStart = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<double>> Measure()
    {
        await using var child = ChildProcess.Start(ChildRoles.SocketEcho);
        var port = int.Parse((await child.WaitFor(EchoProcess.Port, ChildStart)).Text, CultureInfo.InvariantCulture);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        var samples = new List<double>();
        for (var round = -1; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            Play(socket);
            if (round >= 0)
                samples.Add(2.0 * RoundTrips / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return samples;
    }

    /// <summary>The second process.</summary>
    public static void Echo()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Console.WriteLine(EchoProcess.Port + ((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        using var socket = listener.Accept();
        socket.NoDelay = true;
        var buffer = new byte[MessageBytes];
        while (TryReceive(socket, buffer))
            socket.Send(buffer);
    }

    private static void Play(Socket socket)
    {
        var buffer = new byte[MessageBytes];
        for (var i = 0; i < RoundTrips; i++)
        {
            socket.Send(buffer);
            if (!TryReceive(socket, buffer))
                throw new InvalidOperationException("The other process has closed the connection.");
        }
    }

    private static bool TryReceive(Socket socket, byte[] buffer)
    {
        for (var received = 0; received < buffer.Length;)
        {
            var more = socket.Receive(buffer, received, buffer.Length - received, SocketFlags.None);
            if (more == 0)
                return false;
            received += more;
        }

        return true;
    }
}

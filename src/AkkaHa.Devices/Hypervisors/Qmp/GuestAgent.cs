using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qmp;

/// <summary>
/// The QEMU guest agent behind a Unix socket. Answers to earlier questions may still be in the channel: <c>guest-sync</c> with a number that was
/// never used tells where the present ones begin.
/// </summary>
internal static class GuestAgent
{
    private static long _lastSync = 1_000_000;

    /// <summary>Pings it.</summary>
    /// <param name="path">The socket; a channel that is not there is no agent's silence.</param>
    /// <param name="timeout">For the whole exchange.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<AgentAnswer> PingAsync(string path, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return AgentAnswer.NoChannel;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var exchange = ExchangeAsync(path, ended.Token);
        var isInTime = await exchange.IsCompletedWithinAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        return await exchange.ConfigureAwait(false) && isInTime ? AgentAnswer.Answers : AgentAnswer.Silent;
    }

    private static async Task<bool> ExchangeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            using var stream = new NetworkStream(socket);
            var sync = Interlocked.Increment(ref _lastSync);
            var text = string.Create(CultureInfo.InvariantCulture,
                $$$"""{"execute":"guest-sync","arguments":{"id":{{{sync}}}}}""") + "\n" + """{"execute":"guest-ping"}""" + "\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken).ConfigureAwait(false);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var isSynchronized = false;
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (JsonNode.Parse(line) is not JsonObject answer)
                    continue;
                if (isSynchronized)
                    return answer.ContainsKey("return");
                isSynchronized = answer["return"] is JsonValue value && value.TryGetValue<long>(out var number) && number == sync;
            }

            return false;
        }
        catch (Exception e) when (e is IOException or SocketException or JsonException or OperationCanceledException)
        {
            return false;
        }
    }
}

using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Machines;

/// <summary>
/// The lab's power controller for machines without <c>ipmi_sim</c>: a process beside the machines that switches them on request. A
/// request is one line, <c>off pve1</c>; the answer is one line that begins with the exit code a fence command would have (0 done or on,
/// 2 off, 1 error) and goes on with a sentence.
/// </summary>
public sealed class PowerControllerServer
{
    private const int RequestLimitBytes = 256;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);

    private readonly string _machinesFolder;
    private readonly IToolRunner _tools;
    private readonly TimeProvider _time;

    private PowerControllerServer(string machinesFolder, IToolRunner tools, TimeProvider time)
    {
        _machinesFolder = machinesFolder;
        _tools = tools;
        _time = time;
    }

    /// <summary>Serves until cancelled; called by a hidden sub-command with the arguments <c>SOCKET MACHINES_FOLDER</c>.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TimeProvider time, CancellationToken cancellationToken = default)
    {
        if (arguments is not [var socketPath, var machinesFolder])
        {
            await Console.Error.WriteLineAsync("usage: power-controller SOCKET MACHINES_FOLDER").ConfigureAwait(false);
            return 2;
        }
        var server = new PowerControllerServer(machinesFolder, new ToolRunner(time), time);
        try
        {
            File.Delete(socketPath);
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(socketPath));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(socketPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(16);
            while (true)
                _ = server.ServeAsync(await listener.AcceptAsync(cancellationToken).ConfigureAwait(false), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The power controller cannot listen on {socketPath}: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var client = socket;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = _time.CreateTimer(_ => patience.Cancel(), null, RequestTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            var request = await ReadLineAsync(client, patience.Token).ConfigureAwait(false);
            var answer = await AnswerAsync(request, patience.Token).ConfigureAwait(false);
            await client.SendAsync(Encoding.UTF8.GetBytes(answer + "\n"), patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // A client that hangs up or dawdles gets no answer; it takes that for a failure.
        }
    }

    internal static async Task<string> ReadLineAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[RequestLimitBytes * 4];
        var length = 0;
        while (length < buffer.Length)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += count;
            if (count == 0 || buffer.AsSpan(0, length).Contains((byte)'\n'))
                break;
        }
        return Encoding.UTF8.GetString(buffer, 0, length).Split('\n')[0];
    }

    private async Task<string> AnswerAsync(string request, CancellationToken cancellationToken)
    {
        if (request.Split(' ') is not [("on" or "off" or "status") and var action, var name] || !NodeName.IsValid(name))
            return $"1 '{request}' is no request: expected on|off|status NODE.";
        var script = Path.Combine(_machinesFolder, name, "power.sh");
        if (!File.Exists(script))
            return $"1 The power controller has no machine '{name}'.";
        try
        {
            var result = await _tools.RunAsync(new ToolCommand(script, [action], RequestTimeout), cancellationToken).ConfigureAwait(false);
            var code = result.Exit.Code is 0 or 2 ? result.Exit.Code.Value : 1;
            return string.Create(CultureInfo.InvariantCulture, $"{code} {name}: {action} {(result.LastWords.Length > 0 ? result.LastWords : "done")}");
        }
        catch (Exception e) when (e is ToolMissingException or Win32Exception)
        {
            return $"1 {e.Message}";
        }
    }
}

/// <summary>Asks the lab's power controller: the command of the <c>exec</c> fence device in such a lab.</summary>
public static class PowerControllerClient
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Called by a hidden sub-command with the arguments <c>SOCKET on|off|status NODE</c>.</summary>
    /// <returns>The exit code a fence command has: 0 done or on, 2 off, 1 error.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TimeProvider time)
    {
        if (arguments is not [var socketPath, var action, var node])
        {
            await Console.Error.WriteLineAsync("usage: power-client SOCKET on|off|status NODE").ConfigureAwait(false);
            return 1;
        }
        using var patience = new CancellationTokenSource(AnswerTimeout, time);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), patience.Token).ConfigureAwait(false);
            await socket.SendAsync(Encoding.UTF8.GetBytes($"{action} {node}\n"), patience.Token).ConfigureAwait(false);
            var answer = await PowerControllerServer.ReadLineAsync(socket, patience.Token).ConfigureAwait(false);
            if (answer is ['0' or '1' or '2', ' ', ..])
            {
                await (answer[0] == '1' ? Console.Error : Console.Out).WriteLineAsync(answer[2..]).ConfigureAwait(false);
                return answer[0] - '0';
            }
            await Console.Error.WriteLineAsync($"The power controller at {socketPath} answered '{answer}'.").ConfigureAwait(false);
            return 1;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The power controller at {socketPath} does not answer: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }
}

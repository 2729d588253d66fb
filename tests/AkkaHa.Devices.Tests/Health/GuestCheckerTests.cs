using System.Net;
using System.Net.Sockets;
using System.Text;
using AkkaHa.Core.Health;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Health;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Hypervisors.Qmp;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Tests.Health;

public sealed class GuestCheckerTests : IDisposable
{
    private static readonly ResourceId Id = ResourceId.Vm(101);

    private readonly TempFolder _folder = new();
    private readonly GuestChecker _checker;

    public GuestCheckerTests() => _checker = new GuestChecker(
        null,
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["good"] = ["sh", "-c", "test \"$0\" = vm:101"],
            ["bad"] = ["sh", "-c", "echo the database is gone >&2; exit 7"],
            ["slow"] = ["sleep", "60"],
            ["gone"] = ["no-such-program-here"],
        },
        Real.Tools,
        Real.Time);

    public void Dispose()
    {
        _checker.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_port_that_takes_connections_is_well_and_one_that_does_not_says_why()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var target = listener.LocalEndpoint.ToString()!;
        Assert.Equal(CheckVerdict.Passed, (await AskAsync(HealthKind.Tcp, target)).Verdict);
        listener.Stop();

        var refused = await AskAsync(HealthKind.Tcp, target);

        Assert.Equal(CheckVerdict.Failed, refused.Verdict);
        Assert.Contains($"{target} does not answer: ", refused.Detail);
    }

    [Theory]
    [InlineData("200 OK", CheckVerdict.Passed)]
    [InlineData("302 Found\r\nLocation: http://192.0.2.1/", CheckVerdict.Passed)]
    [InlineData("503 Service Unavailable", CheckVerdict.Failed)]
    public async Task A_page_below_400_is_well(string status, CheckVerdict expected)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, $"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var outcome = await AskAsync(HealthKind.Http, $"http://{listener.LocalEndpoint}/health");

        Assert.True(outcome.Verdict == expected, outcome.Detail);
        await serving;
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_fails_in_time()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var outcome = await _checker.CheckAsync(Id, new HealthCheck(HealthKind.Http, $"http://{listener.LocalEndpoint}/") { Timeout = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(CheckVerdict.Failed, outcome.Verdict);
        Assert.Contains("does not answer within 0.3 s", outcome.Detail);
    }

    [Fact]
    public async Task A_command_says_by_its_exit_code_and_one_that_is_not_there_says_nothing_of_the_guest()
    {
        Assert.Equal(CheckVerdict.Passed, (await AskAsync(HealthKind.Command, "good")).Verdict);
        var bad = await AskAsync(HealthKind.Command, "bad");
        Assert.Equal((CheckVerdict.Failed, true), (bad.Verdict, bad.Detail.Contains("the database is gone", StringComparison.Ordinal)));
        Assert.Equal(CheckVerdict.Failed, (await _checker.CheckAsync(Id, new HealthCheck(HealthKind.Command, "slow") { Timeout = TimeSpan.FromMilliseconds(300) })).Verdict);
        Assert.Equal(CheckVerdict.Impossible, (await AskAsync(HealthKind.Command, "gone")).Verdict);
        Assert.Equal(CheckVerdict.Impossible, (await AskAsync(HealthKind.Command, "unheard-of")).Verdict);
        Assert.Equal(CheckVerdict.Impossible, (await AskAsync(HealthKind.GuestAgent, "")).Verdict);
    }

    [Fact]
    public async Task A_real_guest_agent_answers_and_its_silence_or_absence_is_told_apart()
    {
        var socket = _folder["vm-101.qga"];
        Assert.Equal(AgentAnswer.NoChannel, await PingAsync(socket, Real.Patience));
        if (ToolPath.Find("qemu-ga") is not { } agent)
            return;
        var running = Real.Tools.RunAsync(new ToolCommand(agent, ["-m", "unix-listen", "-p", socket, "-t", _folder.Path], TimeSpan.FromMinutes(2)), _stop.Token);
        try
        {
            await Real.EventuallyAsync(() => PingAsync(socket, Real.Patience), answer => answer == AgentAnswer.Answers, "the agent's answer");
            // One that asked before leaves its answers in the channel.
            Assert.Equal(AgentAnswer.Answers, await PingAsync(socket, Real.Patience));
        }
        finally
        {
            await _stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            _stop.Dispose();
        }

        Assert.Equal(AgentAnswer.Silent, await PingAsync(socket, TimeSpan.FromMilliseconds(300)));
    }

    private readonly CancellationTokenSource _stop = new();

    private static Task<AgentAnswer> PingAsync(string socket, TimeSpan timeout) => GuestAgent.PingAsync(socket, timeout, Real.Time, CancellationToken.None);

    private Task<CheckOutcome> AskAsync(HealthKind kind, string target) => _checker.CheckAsync(Id, new HealthCheck(kind, target) { Timeout = Real.Patience });

    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}

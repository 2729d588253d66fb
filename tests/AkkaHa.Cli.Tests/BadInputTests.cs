using System.Net;
using System.Net.Sockets;

namespace AkkaHa.Cli.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_file_that_is_no_HOCON_is_told_with_its_place_and_exit_code_2()
    {
        var file = _scratch.File("node.conf", "akkaha {\n  node = pve1\n  nodes { pve1 { address = \"127.0.0.1:4400\" }\n");

        var result = await Akkaha.Run(_scratch.Folder, "node", "run", "--config", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(file, result.Error, StringComparison.Ordinal);
        Assert.Matches(@"line \d+, column \d+|:\d+:\d+", result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_is_told_with_its_key_and_nothing_is_started()
    {
        var file = _scratch.File("node.conf", Configuration("pve7", 4400));

        var result = await Akkaha.Run(_scratch.Folder, "node", "run", "--config", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("akkaha.node is pve7", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_scratch.Folder, "data")));
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_the_node_and_the_address()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var file = _scratch.File("node.conf", Configuration("pve1", port));

        var result = await Akkaha.Run(_scratch.Folder, "node", "run", "--config", file);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"pve1 cannot start: it cannot listen on 127.0.0.1:{port}", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status", "--node", "nowhere")]
    [InlineData("status")]
    [InlineData("set", "vm:0", "--node", "127.0.0.1:1")]
    [InlineData("set", "vm:100", "--state", "7", "--node", "127.0.0.1:1")]
    [InlineData("add", "vm:100", "--disk", "nodisk", "--node", "127.0.0.1:1")]
    [InlineData("resource", "add", "vm:100", "--node", "127.0.0.1:1")]
    [InlineData("resource", "set", "vm:100", "--node", "127.0.0.1:1")]
    [InlineData("resource", "set", "vm:100", "--for", "30m", "--node", "127.0.0.1:1")]
    [InlineData("resource", "set", "vm:100", "--state", "ignored", "--for", "30", "--node", "127.0.0.1:1")]
    [InlineData("resource", "set", "vm:100", "--digest", "x", "--state", "started", "--node", "127.0.0.1:1")]
    [InlineData("resource", "set", "vm:100", "--boot-order", "first", "--node", "127.0.0.1:1")]
    [InlineData("resource", "set", "vm:100", "--max-restart", "-1", "--node", "127.0.0.1:1")]
    [InlineData("group", "add", "web", "pve1=high", "--node", "127.0.0.1:1")]
    [InlineData("group", "add", "web", "pve1", "pve1=2", "--node", "127.0.0.1:1")]
    [InlineData("group", "add", "web", "pve_1", "--node", "127.0.0.1:1")]
    [InlineData("group", "add", "w b", "pve1", "--node", "127.0.0.1:1")]
    [InlineData("affinity", "add", "rule", "beside", "vm:100", "vm:101", "--node", "127.0.0.1:1")]
    [InlineData("affinity", "add", "rule", "apart", "vm100", "--node", "127.0.0.1:1")]
    [InlineData("explain", "100", "--node", "127.0.0.1:1")]
    [InlineData("plan", "--fail", "pve_1", "--node", "127.0.0.1:1")]
    [InlineData("lab", "up", "--nodes", "2", "--folder", "lab")]
    public async Task A_wrong_word_is_told_with_what_was_expected_and_exit_code_2(params string[] arguments)
    {
        var result = await Akkaha.Run(_scratch.Folder, arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Matches("expected|Give", result.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_scratch.Folder));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_told()
    {
        var result = await Akkaha.Run(_scratch.Folder, "status", "--node", "127.0.0.1:9");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("127.0.0.1:9 did not answer", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lab_that_is_not_there_is_told()
    {
        var result = await Akkaha.Run(_scratch.Folder, "lab", "status", "--folder", Path.Combine(_scratch.Folder, "none"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("There is no lab in", result.Error, StringComparison.Ordinal);
    }

    private string Configuration(string node, int port) => $$"""
        akkaha {
          node = {{node}}
          data-directory = "{{_scratch.Folder}}/data"
          hypervisor { type = embedded, run-directory = "{{_scratch.Folder}}/run" }
          nodes { pve1 { address = "127.0.0.1:{{port}}" } }
        }
        """;
}

namespace AkkaHa.Cli.Tests;

[Collection(LabCollection.Name)]
public sealed class TlsTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_cluster_with_certificates_forms_and_answers_only_who_holds_one_of_its_authority()
    {
        var lab = Path.Combine(_scratch.Folder, "lab");
        var up = await Akkaha.Run(_scratch.Folder, "lab", "up", "--folder", lab, "--hypervisor", "embedded", "--power", "controller", "--vms", "1", "--tls");
        Assert.True(up.ExitCode == 0, up.Output + up.Error);
        try
        {
            var address = System.Text.RegularExpressions.Regex.Match(up.Output, @"--node (\S+)").Groups[1].Value;

            var node = await Akkaha.Run(_scratch.Folder, "status", "--json", "--config", Path.Combine(lab, "machines", "pve1", "node.conf"));
            var unknown = await Akkaha.Run(_scratch.Folder, "status", "--node", address);
            var stranger = await Akkaha.Run(_scratch.Folder, "status", "--node", address, "--tls", await Operator("mallory", Path.Combine(_scratch.Folder, "other"), makesAuthority: true));
            var known = await Akkaha.Run(_scratch.Folder, "status", "--node", address, "--tls", await Operator("alice", Path.Combine(lab, "tls"), makesAuthority: false));

            Assert.True(node.ExitCode == 0, node.Error);
            Assert.Contains("\"quorate\": true", node.Output, StringComparison.Ordinal);
            Assert.Equal(1, unknown.ExitCode);
            Assert.Contains("--tls FILE", unknown.Error, StringComparison.Ordinal);
            Assert.Equal(1, stranger.ExitCode);
            Assert.True(known.ExitCode == 0, known.Error);
        }
        finally
        {
            Assert.Equal(0, (await Akkaha.Run(_scratch.Folder, "lab", "down", "--folder", lab)).ExitCode);
        }
    }

    private async Task<string> Operator(string name, string folder, bool makesAuthority)
    {
        if (makesAuthority)
            Assert.Equal(0, (await Akkaha.Run(_scratch.Folder, "certificate", "authority", "--folder", folder)).ExitCode);
        var certificate = Path.Combine(_scratch.Folder, $"{name}.p12");
        var issued = await Akkaha.Run(_scratch.Folder, "certificate", "issue", name, "--folder", folder, "--out", certificate);
        Assert.True(issued.ExitCode == 0, issued.Error);
        var settings = Path.Combine(_scratch.Folder, $"{name}.conf");
        await File.WriteAllTextAsync(settings, $$"""akkaha.tls { certificate = "{{certificate}}", authority = "{{folder}}/ca.pem" }""");
        return settings;
    }
}

using System.CommandLine;
using AkkaHa.Node.Settings;

namespace AkkaHa.Cli.Operator;

/// <summary>The options that say which node a command speaks to.</summary>
internal sealed class NodeOption
{
    private readonly Option<string?> _node = new("--node") { Description = "The node to speak to, HOST:PORT." };
    private readonly Option<FileInfo?> _config = new("--config") { Description = "A node's HOCON file: speak to that node." };
    private readonly Option<FileInfo?> _tls = new("--tls") { Description = "With --node: a HOCON file with akkaha.tls { certificate, password-file, authority } of yours." };

    public void AddTo(Command command)
    {
        command.Options.Add(_node);
        command.Options.Add(_config);
        command.Options.Add(_tls);
    }

    public NodeEndpoint Endpoint(ParseResult parsed)
    {
        if (parsed.GetValue(_node) is { } node)
            return NodeEndpoint.Parse(node) with { Tls = parsed.GetValue(_tls) is { } own ? TlsSettingsReader.ReadFile(own.FullName) : null };
        if (parsed.GetValue(_config) is { } file)
        {
            var settings = SettingsReader.ReadFile(file.FullName);
            return new NodeEndpoint(settings.Self.Host, settings.Self.Port) { Tls = settings.Tls };
        }

        throw new FormatException("Which node? Give --node HOST:PORT or --config FILE.");
    }
}

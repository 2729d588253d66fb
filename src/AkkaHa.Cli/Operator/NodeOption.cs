using System.CommandLine;
using AkkaHa.Node.Settings;

namespace AkkaHa.Cli.Operator;

/// <summary>The options that say which node a command speaks to.</summary>
internal sealed class NodeOption
{
    private readonly Option<string?> _node = new("--node") { Description = "The node to speak to, HOST:PORT." };
    private readonly Option<FileInfo?> _config = new("--config") { Description = "A node's HOCON file: speak to that node." };

    public void AddTo(Command command)
    {
        command.Options.Add(_node);
        command.Options.Add(_config);
    }

    public NodeEndpoint Endpoint(ParseResult parsed)
    {
        if (parsed.GetValue(_node) is { } node)
            return NodeEndpoint.Parse(node);
        if (parsed.GetValue(_config) is { } file)
        {
            var self = SettingsReader.ReadFile(file.FullName).Self;
            return new NodeEndpoint(self.Host, self.Port);
        }

        throw new FormatException("Which node? Give --node HOST:PORT or --config FILE.");
    }
}

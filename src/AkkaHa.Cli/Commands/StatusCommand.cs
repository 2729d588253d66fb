using System.CommandLine;
using AkkaHa.Cli.Operator;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha status</c>.</summary>
internal static class StatusCommand
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(8);

    public static Command Create()
    {
        var node = new NodeOption();
        var json = new Option<bool>("--json") { Description = "One JSON object instead of tables." };
        var command = new Command("status", "How the cluster stands, as one of its nodes knows it.") { json };
        node.AddTo(command);
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            await using var client = OperatorClient.Start(endpoint);
            var status = await client.Status(endpoint, Timeout).ConfigureAwait(false);
            if (parsed.GetValue(json))
                await Console.Out.WriteLineAsync(StatusJson.Of(status)).ConfigureAwait(false);
            else
                StatusText.Write(AnsiConsole.Console, status);
            return ExitCodes.Ok;
        }));
        return command;
    }
}

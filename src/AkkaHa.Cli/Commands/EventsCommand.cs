using System.CommandLine;
using AkkaHa.Cli.Operator;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha events</c>.</summary>
internal static class EventsCommand
{
    public static Command Create()
    {
        var node = new NodeOption();
        var command = new Command("events", "The newest events that a node recorded, oldest first.");
        node.AddTo(command);
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            await using var client = OperatorClient.Start(endpoint);
            var reply = await client.Events(endpoint, 0, StatusCommand.Timeout).ConfigureAwait(false);
            foreach (var e in reply.Events)
                await Console.Out.WriteLineAsync(EventText.Line(e)).ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }
}

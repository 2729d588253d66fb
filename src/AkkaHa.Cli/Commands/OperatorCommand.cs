using System.CommandLine;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Cli.Commands;

/// <summary>A command that speaks to a node: connects, runs, and turns what went wrong into a sentence and an exit code.</summary>
internal static class OperatorCommand
{
    /// <summary>A command whose action speaks to a node.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="options">Its options, beside those that name the node.</param>
    /// <param name="read">Reads what was written, before anybody is asked, and says what to do with it.</param>
    public static Command Asking(
        string name, string description, Argument[] arguments, Option[] options,
        Func<ParseResult, Func<OperatorClient, NodeEndpoint, CancellationToken, Task<int>>> read)
    {
        var node = new NodeOption();
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Arguments.Add(argument);
        foreach (var option in options)
            command.Options.Add(option);
        node.AddTo(command);
        command.SetAction((parsed, stop) => CommandRunner.Run(async () =>
        {
            var act = read(parsed);
            var endpoint = node.Endpoint(parsed);
            await using var client = OperatorClient.Start(endpoint);
            return await act(client, endpoint, stop).ConfigureAwait(false);
        }));
        return command;
    }

    /// <summary>A command that gives one log command; it returns when that is committed.</summary>
    public static Command Giving(string name, string description, Argument[] arguments, Option[] options, Func<ParseResult, LogCommand> make) =>
        Asking(name, description, arguments, options, parsed =>
        {
            var made = make(parsed);
            return async (client, endpoint, _) =>
            {
                await Give(client, endpoint, made).ConfigureAwait(false);
                return ExitCodes.Ok;
            };
        });

    /// <summary>Gives a command and tells where it was committed.</summary>
    public static async Task Give(OperatorClient client, NodeEndpoint endpoint, LogCommand command)
    {
        var accepted = await client.Submit(endpoint, command, StatusCommand.Timeout).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(FormattableString.Invariant($"committed as entry {accepted.Index}")).ConfigureAwait(false);
    }
}

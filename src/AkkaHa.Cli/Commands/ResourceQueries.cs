using System.CommandLine;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.Model;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha resource list | show</c>.</summary>
internal static class ResourceQueries
{
    public static Command List() => OperatorCommand.Asking("list", "All resources.", [], [], _ => async (client, endpoint, _) =>
    {
        var reply = await client.Resources(endpoint, null, StatusCommand.Timeout).ConfigureAwait(false);
        var table = CommandRunner.Table("resource", "name", "requested", "actual", "node", "memory", "cpus", "group");
        foreach (var r in reply.Resources)
        {
            table.AddRow(Cells(r.Id.ToString(), r.Definition.Name, ResourceText.Requested(r), ResourceText.Word(r.Actual),
                r.Owner?.Node.Value ?? "-", FormattableString.Invariant($"{r.Definition.MemoryMib} MiB"),
                FormattableString.Invariant($"{r.Definition.Cpus}"), r.Definition.Group?.Value ?? "-"));
        }

        AnsiConsole.Write(table);
        return ExitCodes.Ok;
    });

    public static Command Show()
    {
        var id = ResourceCommands.Id();
        return OperatorCommand.Asking("show", "All that is set for a resource, with its digest.", [id], [], parsed =>
        {
            var resource = ResourceId.Parse(parsed.GetValue(id)!);
            return async (client, endpoint, _) =>
            {
                var reply = await client.Resources(endpoint, resource, StatusCommand.Timeout).ConfigureAwait(false);
                foreach (var (key, value) in ResourceText.Of(reply.Resources[0], reply.Rules))
                    await Console.Out.WriteLineAsync($"{key + ":",-20}{value}").ConfigureAwait(false);
                return ExitCodes.Ok;
            };
        });
    }

    private static string[] Cells(params string[] cells) => [.. cells.Select(Markup.Escape)];
}

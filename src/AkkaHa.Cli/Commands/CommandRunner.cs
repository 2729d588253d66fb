using AkkaHa.Cli.Lab;
using AkkaHa.Cli.Operator;
using AkkaHa.Devices.Host;
using AkkaHa.Devices.Processes;
using AkkaHa.Node.Settings;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary>Runs a command's action and turns what went wrong into one sentence on standard error and an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Standard error without wrapping or markup in messages.</summary>
    private static TextWriter Error => Console.Error;

    public static async Task<int> Run(Func<Task<int>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Error.WriteLineAsync("interrupted").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is SettingsException or FormatException or OperatorException { IsInputWrong: true })
        {
            await Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.BadInput;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException
            or ToolMissingException or LabException or OperatorException or StateException)
        {
            await Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    /// <summary>A table the width of which does not depend on the terminal.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple).Collapse();
        foreach (var column in columns)
            table.AddColumn(new TableColumn(column).NoWrap());
        return table;
    }
}

using System.CommandLine;
using System.Globalization;
using AkkaHa.Protocol.Operator;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha storage status</c>.</summary>
internal static class StorageCommand
{
    private const double GibiByte = 1024.0 * 1024 * 1024;

    public static Command Create() => new("storage", "Look at the storages.") { Status() };

    private static Command Status() => OperatorCommand.Asking("status", "How each storage stands on each node. Exit code 1 if a node does not reach one.", [], [], _ => async (client, endpoint, stop) =>
    {
        var report = await client.Storages(endpoint, StatusCommand.Timeout).ConfigureAwait(false);
        if (report.Storages.IsEmpty && report.Silent.IsEmpty)
        {
            await Console.Out.WriteLineAsync("no storage is named under akkaha.storage: nodes look at none, and every disk is taken for shared").ConfigureAwait(false);
            return ExitCodes.Ok;
        }

        var table = CommandRunner.Table("storage", "node", "type", "shared", "available", "latency", "used", "last error");
        foreach (var s in report.Storages.OrderBy(s => s.Storage, StringComparer.Ordinal).ThenBy(s => s.Node))
        {
            string[] cells =
            [
                s.Storage, s.Node.Value, s.Type, s.IsShared ? "yes" : "no", Available(s), Latency(s), Used(s), s.LastError.Length == 0 ? "-" : s.LastError,
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        AnsiConsole.Console.Write(table);
        foreach (var node in report.Silent)
            await Console.Out.WriteLineAsync($"{node} does not answer").ConfigureAwait(false);
        return report.Silent.IsEmpty && report.Storages.All(s => s.IsAvailable == true) ? ExitCodes.Ok : ExitCodes.Failed;
    });

    private static string Available(StorageStatus status) => status.IsAvailable switch { true => "yes", false => "NO", null => "not probed yet" };

    private static string Latency(StorageStatus status) =>
        status.Latency is { } latency ? string.Create(CultureInfo.InvariantCulture, $"{latency.TotalMilliseconds:0.#} ms") : "-";

    private static string Used(StorageStatus status) => status is { UsedBytes: { } used, TotalBytes: > 0 and { } total }
        ? string.Create(CultureInfo.InvariantCulture, $"{used / GibiByte:0.#} of {total / GibiByte:0.#} GiB ({100.0 * used / total:0} %)")
        : "-";
}

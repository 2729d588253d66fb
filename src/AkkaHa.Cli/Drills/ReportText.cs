using System.Globalization;
using System.Text;

namespace AkkaHa.Cli.Drills;

/// <summary>A report as Markdown, for people.</summary>
internal static class ReportText
{
    public static string Of(DrillReport report)
    {
        var text = new StringBuilder();
        Line(text, $"# Drill: {report.Drill}");
        Line(text, $"");
        Line(text, $"| | |");
        Line(text, $"|---|---|");
        Line(text, $"| Date | {report.Date:yyyy-MM-dd HH:mm:ss} UTC |");
        Line(text, $"| Method | {report.Method} |");
        Line(text, $"| Expected | {report.Expected} |");
        Line(text, $"| Hypervisor | {report.Hypervisor} |");
        Line(text, $"| Fence device | {report.FenceDevice} |");
        Line(text, $"| Tester | {report.Tester} |");
        Line(text, $"| Total failover | {Seconds(report.Failover)} |");
        Line(text, $"| Canary conflicts | {report.Conflicts} |");
        Line(text, $"| **Result** | **{(report.Passed ? "PASS" : "FAIL")}** |");
        Line(text, $"");
        Line(text, $"| Offset | Event | Subject | |");
        Line(text, $"|---:|---|---|---|");
        foreach (var moment in report.Timeline)
            Line(text, $"| {moment.At.TotalSeconds:0.000} s | {moment.Event} | {moment.Subject} | {moment.Text} |");
        if (!report.Vms.IsEmpty)
        {
            Line(text, $"");
            Line(text, $"| VM | From | To | Recovery |");
            Line(text, $"|---|---|---|---:|");
            foreach (var vm in report.Vms)
                Line(text, $"| {vm.Id} | {vm.From} | {vm.To?.Value ?? "-"} | {Seconds(vm.Recovery)} |");
        }

        foreach (var issue in report.Issues)
            Line(text, $"\nIssue: {issue}");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Seconds(TimeSpan? time) => time is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.00} s") : "-";
}

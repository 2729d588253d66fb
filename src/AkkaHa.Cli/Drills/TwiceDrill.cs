using AkkaHa.Cli.Lab;

namespace AkkaHa.Cli.Drills;

/// <summary>Cuts the power of the CRM's node, switches it on again, waits until it is back, and cuts the power of the CRM's node again.</summary>
internal sealed class TwiceDrill(LabCluster lab, TimeSpan limit)
{
    public async Task<DrillReport> Run(Action<string> tell, CancellationToken stop)
    {
        var first = await new FailoverDrill(lab, NodeFault.PowerCut, limit).Run(tell, stop).ConfigureAwait(false);
        if (!first.Passed)
            return first with { Drill = "power-off-twice (first cut)" };
        foreach (var node in lab.Plan.Nodes)
            await lab.Machine(node).PowerOnAsync(stop).ConfigureAwait(false);
        await lab.WaitFor(
            s => lab.AllRun(s) && s.Nodes.Count(n => n.Condition == "online") == lab.Plan.NodeCount,
            lab.Plan.Nodes, TimeSpan.FromSeconds(60), "the node that was cut to be back", stop).ConfigureAwait(false);
        tell("the node is back");
        var second = await new FailoverDrill(lab, NodeFault.PowerCut, limit).Run(tell, stop).ConfigureAwait(false);
        return second with { Drill = "power-off-twice", Method = $"{second.Method}; on again; the CRM's node cut again" };
    }
}

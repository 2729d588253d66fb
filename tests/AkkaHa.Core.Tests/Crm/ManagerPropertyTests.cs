namespace AkkaHa.Core.Tests.Crm;

public class ManagerPropertyTests
{
    [Theory]
    [InlineData(3, 6)]
    [InlineData(5, 8)]
    [InlineData(2, 3)]
    public void No_resource_ever_runs_twice_no_rule_is_broken_and_all_that_can_run_once_faults_heal(int nodes, int resources)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var world = new World(seed, nodes, resources, hasRules: seed % 2 == 1);
            for (var step = 0; step < 600; step++)
                world.Step(faults: true);
            Assert.True(
                world.Settle(maxRounds: 60) >= 0,
                $"seed {seed}: not all resources run after everything was repaired\n"
                + string.Join('\n', world.Committed.Resources.Values.Select(r => r.ToString()).Concat(world.Committed.Nodes.Values.Select(n => n.ToString())))
                + "\n" + string.Join('\n', world.History.TakeLast(80)));
        }
    }
}

using AkkaHa.Core.Moves;

namespace AkkaHa.Core.Tests.Crm;

public class MigrationPropertyTests
{
    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    public void Whatever_breaks_during_migrations_no_resource_ever_runs_twice_and_all_run_once_faults_heal(int nodes, int resources)
    {
        var phases = new Dictionary<MigrationPhase, int>();
        for (var seed = 0; seed < 400; seed++)
        {
            var world = new World(seed, nodes, resources) { IsBusyMoving = true };
            for (var step = 0; step < 1200; step++)
                world.Step(faults: true);
            foreach (var (phase, count) in world.Phases)
                phases[phase] = phases.GetValueOrDefault(phase) + count;
            world.IsBusyMoving = false;
            Assert.True(world.Settle(maxRounds: 60) >= 0, $"seed {seed}: not all resources run after everything was repaired\n"
                + string.Join('\n', world.Committed.Resources.Values.Select(r => r.ToString())) + "\n" + string.Join('\n', world.History.TakeLast(80)));
        }

        // A world in which no migration comes that far proves nothing about it.
        foreach (var phase in Enum.GetValues<MigrationPhase>())
            Assert.True(phases.GetValueOrDefault(phase) > 300, $"only {phases.GetValueOrDefault(phase)} migrations came to {phase}");
    }
}

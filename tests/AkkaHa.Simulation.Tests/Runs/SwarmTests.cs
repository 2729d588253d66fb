using System.Globalization;
using AkkaHa.Simulation.Runs;
using Xunit.Abstractions;

namespace AkkaHa.Simulation.Tests.Runs;

public sealed class SwarmTests(ITestOutputHelper output)
{
    /// <summary>How many seeds: a few in every run of the tests, as many as AKKAHA_SOAK says in a long one.</summary>
    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("AKKAHA_SOAK"), CultureInfo.InvariantCulture, out var seeds) ? seeds : 16;

    [Fact]
    public async Task The_rules_hold_and_everything_runs_in_the_end_whatever_a_seed_does_to_the_cluster()
    {
        var summary = new SwarmSummary();
        RunResult? failed = null;
        await SwarmRun.Of(Enumerable.Range(1, Seeds).Select(n => (long)n), new SwarmOptions { SafetySeconds = 150 }, jobs: 2, result =>
        {
            summary.Add(result);
            if (result.Violation is not null)
                failed = result;
            return failed is null;
        }, CancellationToken.None);
        output.WriteLine(summary.ToJson());
        Assert.True(failed is null, failed is null ? "" : $"seed {failed.Plan.Seed}: {failed.Violation}\n{string.Join('\n', failed.Tail)}\n{failed.Plan.ToJson()}");
        Assert.True(summary.Checks > 0 && summary.Commits > 0 && summary.Faults.Count > 0);
    }

    [Fact]
    public void The_same_plan_gives_the_same_run_step_by_step()
    {
        var plan = Swarm.Draw(5, new SwarmOptions { SafetySeconds = 60 });
        var first = Run.Of(plan, _ => { });
        var second = Run.Of(RunPlan.FromJson(plan.ToJson()), _ => { });
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.Steps, second.Steps);
    }

    [Fact]
    public void A_seed_draws_its_own_mix_and_the_same_one_each_time()
    {
        var plans = Enumerable.Range(1, 40).Select(n => Swarm.Draw(n, new SwarmOptions())).ToList();
        Assert.True(plans.Select(p => p.Nodes).Distinct().Count() > 1);
        Assert.True(plans.Select(p => string.Join(',', p.Faults.Select(f => f.Kind).Distinct().Order())).Distinct().Count() > 30);
        Assert.Equal(plans[7].ToJson(), Swarm.Draw(8, new SwarmOptions()).ToJson());
    }
}

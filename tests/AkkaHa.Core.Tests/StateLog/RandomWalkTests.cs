using Xunit.Abstractions;

namespace AkkaHa.Core.Tests.StateLog;

public class RandomWalkTests(ITestOutputHelper output)
{
    // More by environment variable: a night's run finds what a minute's does not.
    private static readonly int Walks = int.Parse(Environment.GetEnvironmentVariable("AKKAHA_WALKS") ?? "200");

    [Theory]
    [InlineData(1, Misfortunes.None)]
    [InlineData(2, Misfortunes.None)]
    [InlineData(3, Misfortunes.None)]
    [InlineData(4, Misfortunes.None)]
    [InlineData(5, Misfortunes.None)]
    [InlineData(3, Misfortunes.Contention)]
    [InlineData(3, Misfortunes.Wiped)]
    [InlineData(5, Misfortunes.Wiped)]
    [InlineData(3, Misfortunes.Snapshots)]
    [InlineData(3, Misfortunes.VoterChanges)]
    [InlineData(4, Misfortunes.VoterChanges)]
    [InlineData(2, Misfortunes.All)]
    [InlineData(3, Misfortunes.All)]
    [InlineData(4, Misfortunes.All)]
    [InlineData(5, Misfortunes.All)]
    public void Whatever_happens_committed_entries_stay_and_after_healing_a_leader_commits(int voters, Misfortunes misfortunes)
    {
        var (committed, led) = (0L, 0);
        // What contention is to find takes five events in the right order.
        var walks = misfortunes == Misfortunes.Contention ? 10 * Walks : Walks;
        for (var seed = 0; seed < walks; seed++)
        {
            var walk = new RandomWalk((ulong)(seed * 1000 + voters * 10) + (ulong)misfortunes, voters, misfortunes);
            var lines = new List<string>();
            if (Environment.GetEnvironmentVariable("AKKAHA_SEED") == seed.ToString())
                walk.World.Record = lines.Add;
            try
            {
                walk.Run(1500);
                var before = walk.World.Safety.Committed.Count;
                committed += before;
                led += before > 0 ? 1 : 0;
                walk.HealAndCommit();
            }
            catch (Exception e)
            {
                output.WriteLine(string.Join("\n", lines));
                throw new InvalidOperationException($"seed {seed}, {voters} voters, {misfortunes}: {e.Message}", e);
            }
        }
        output.WriteLine($"{walks} walks, {led} had a leader before healing, {committed} entries committed before healing");
        // A walk in which nothing ever happens proves nothing.
        Assert.True(led > walks / 4, $"only {led} of {walks} walks had a leader before healing");
    }
}

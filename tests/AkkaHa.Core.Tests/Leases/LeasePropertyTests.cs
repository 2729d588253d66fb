namespace AkkaHa.Core.Tests.Leases;

public class LeasePropertyTests
{
    [Fact]
    public void No_boot_is_proven_dead_by_the_bound_before_its_watchdog_has_fired_nor_gets_a_lease_after_that()
    {
        var (proofs, leases) = (0, 0);
        for (var seed = 0UL; seed < 40; seed++)
        {
            var world = new LeaseWorld(seed);
            for (var step = 0; step < 4000; step++)
                world.Step();
            proofs += world.Proofs;
            leases += world.Leases;
        }

        Assert.True(proofs > 100 && leases > 1000, $"only {proofs} proofs and {leases} leases came about: the test has lost its meaning");
    }
}

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

    [Fact]
    public void No_boot_is_proven_dead_by_the_bound_while_it_lives_without_a_lease_since_the_cluster_was_disarmed()
    {
        var (proofs, free, rearmed) = (0, 0, 0);
        for (var seed = 1000UL; seed < 1040; seed++)
        {
            var world = new LeaseWorld(seed) { Disarms = true };
            for (var step = 0; step < 4000; step++)
                world.Step();
            proofs += world.Proofs;
            free += world.LeaseFree;
            rearmed += world.Rearmed;
        }

        Assert.True(proofs > 50 && free > 200 && rearmed > 50, $"only {proofs} proofs, {free} times without a lease and {rearmed} times back: the test has lost its meaning");
    }
}

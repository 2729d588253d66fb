using AkkaHa.Core.Health;

namespace AkkaHa.Core.Tests.Health;

public sealed class GuestHealthTests
{
    private static readonly HealthCheck Check = new(HealthKind.Tcp, "10.0.0.5:22")
    {
        Grace = TimeSpan.FromSeconds(60),
        Failures = 3,
        Resets = 2,
        Window = TimeSpan.FromMinutes(10),
    };

    [Fact]
    public void A_guest_that_boots_is_given_its_grace_and_is_ready_when_it_passes_once() =>
        Assert.Equal(
            [HealthStep.Booting, HealthStep.Booting, HealthStep.Ready, HealthStep.Well],
            Steps((10, false), (50, false), (55, true), (60, true)));

    [Fact]
    public void A_guest_that_was_well_and_fails_as_often_as_is_said_is_reset() =>
        Assert.Equal(
            [HealthStep.Ready, HealthStep.Failing, HealthStep.Well, HealthStep.Failing, HealthStep.Failing, HealthStep.Reset],
            Steps((1, true), (2, false), (3, true), (4, false), (5, false), (6, false)));

    [Fact]
    public void A_guest_that_never_comes_up_is_reset_after_its_grace() =>
        Assert.Equal(
            [HealthStep.Booting, HealthStep.Failing, HealthStep.Failing, HealthStep.Reset, HealthStep.Booting],
            Steps((59, false), (60, false), (61, false), (62, false), (63, false)));

    [Fact]
    public void A_guest_that_was_reset_as_often_as_it_may_be_is_given_up()
    {
        Assert.Equal(
            [HealthStep.Reset, HealthStep.Reset, HealthStep.GiveUp],
            Steps([.. Hung(100), .. Hung(200), .. Hung(300)]).Where(s => s is HealthStep.Reset or HealthStep.GiveUp));
    }

    [Fact]
    public void Resets_that_are_long_ago_count_no_more() =>
        Assert.Equal(
            [HealthStep.Reset, HealthStep.Reset, HealthStep.Reset],
            Steps([.. Hung(100), .. Hung(500), .. Hung(703)]).Where(s => s is HealthStep.Reset or HealthStep.GiveUp));

    [Fact]
    public void Without_resets_a_hung_guest_is_given_up_at_once()
    {
        var (_, step) = (new GuestHealth(TimeSpan.Zero) { HasPassed = true, Failures = 2 }).After(Check with { Resets = 0 }, false, TimeSpan.FromSeconds(100));

        Assert.Equal(HealthStep.GiveUp, step);
    }

    [Theory]
    [InlineData(HealthKind.Tcp, "10.0.0.5", "no HOST:PORT")]
    [InlineData(HealthKind.Http, "10.0.0.5/health", "no http or https URL")]
    [InlineData(HealthKind.Command, "", "names no command")]
    [InlineData(HealthKind.GuestAgent, "x", "takes no target")]
    public void A_check_that_cannot_be_is_refused(HealthKind kind, string target, string problem) =>
        Assert.Contains(problem, new HealthCheck(kind, target).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(HealthKind.Tcp, "[fd00::5]:22")]
    [InlineData(HealthKind.Http, "https://10.0.0.5/health")]
    [InlineData(HealthKind.Command, "web")]
    [InlineData(HealthKind.GuestAgent, "")]
    public void A_check_that_can_be_is_taken(HealthKind kind, string target) => Assert.Null(new HealthCheck(kind, target).Problem);

    // Passes once, then fails three times, at one second each.
    private static (int, bool)[] Hung(int from) => [(from, true), (from + 1, false), (from + 2, false), (from + 3, false)];

    private static List<HealthStep> Steps(params (int AtSeconds, bool HasPassed)[] answers)
    {
        var health = new GuestHealth(TimeSpan.Zero);
        var steps = new List<HealthStep>();
        foreach (var (at, hasPassed) in answers)
        {
            (health, var step) = health.After(Check, hasPassed, TimeSpan.FromSeconds(at));
            steps.Add(step);
        }

        return steps;
    }
}

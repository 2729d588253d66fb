namespace AkkaHa.Model.Tests;

/// <summary>What a majority acknowledged is never another entry later, and no later leader lacks it: <c>tests/model/log.pml</c>.</summary>
public sealed class LogModelTests
{
    [SpinFact]
    public Task Three_voters_keep_what_was_committed() => Model.EndsAsExpected("log-of-three-voters");

    [SpinFact]
    public Task Three_voters_keep_a_longer_log() => Model.EndsAsExpected("log-that-is-longer");

    [SpinFact]
    public Task Two_voters_keep_what_was_committed() => Model.EndsAsExpected("log-of-two-voters");

    [SpinFact]
    public Task Answers_that_are_lost_lose_nothing() => Model.EndsAsExpected("log-with-lost-answers");

    [SpinFact]
    public Task Voters_may_leave_one_at_a_time() => Model.EndsAsExpected("log-whose-voters-leave");

    [SpinFact]
    public Task A_replica_may_be_replaced() => Model.EndsAsExpected("log-with-a-replaced-replica");

    [SpinFact]
    public Task The_model_does_commit() => Model.EndsAsExpected("log-reaches-commits");

    [SpinFact]
    public Task The_model_does_replace() => Model.EndsAsExpected("log-reaches-a-replacement");

    [SpinFact]
    public Task An_old_epoch_is_not_committed_by_counting() => Model.EndsAsExpected("old-epoch-counted");

    [SpinFact]
    public Task A_promise_must_survive_a_power_loss() => Model.EndsAsExpected("promise-forgotten");

    [SpinFact]
    public Task A_promise_must_survive_a_power_loss_of_one_of_two_voters() => Model.EndsAsExpected("promise-forgotten-of-two");

    [SpinFact]
    public Task An_acknowledgement_must_wait_for_the_disk() => Model.EndsAsExpected("acknowledged-before-written");

    [SpinFact]
    public Task A_replica_that_lost_its_disk_must_not_vote() => Model.EndsAsExpected("amnesiac-replica");

    [SpinFact]
    public Task Promises_are_counted_under_the_newest_configuration() => Model.EndsAsExpected("stale-configuration-of-the-log");

    [SpinFact]
    public Task A_replacement_needs_the_old_voters_to_be_committed() => Model.EndsAsExpected("replaced-by-new-majority");

    [SpinFact]
    public Task A_replacement_needs_the_old_voters_to_elect_anybody() => Model.EndsAsExpected("elected-by-new-majority");

    [SpinFact]
    public Task The_longest_log_is_not_the_most_recent_one() => Model.EndsAsExpected("longest-log-adopted");

    [SpinFact]
    public Task Adopted_entries_are_not_restamped_one_by_one() => Model.EndsAsExpected("restamped-in-place");
}

namespace AkkaHa.Model.Tests;

/// <summary>No resource has two live copies: <c>tests/model/mayrun.pml</c>.</summary>
public sealed class MayRunModelTests
{
    [SpinFact]
    public Task One_copy_runs_whatever_reboots_restarts_and_comes_late() => Model.EndsAsExpected("mayrun-of-two-boots");

    [SpinFact]
    public Task One_copy_runs_whatever_is_ordered() => Model.EndsAsExpected("mayrun-of-many-orders");

    [SpinFact]
    public Task The_model_does_run_the_guest_on_both_nodes_in_turn() => Model.EndsAsExpected("mayrun-reaches-both-nodes");

    [SpinFact]
    public Task The_model_does_recover_what_a_dead_node_ran() => Model.EndsAsExpected("mayrun-reaches-a-recovery");

    [SpinFact]
    public Task The_model_does_adopt_what_still_runs() => Model.EndsAsExpected("mayrun-reaches-an-adoption");

    [SpinFact]
    public Task The_model_does_run_the_guest_in_a_second_boot() => Model.EndsAsExpected("mayrun-reaches-a-second-boot");

    [SpinFact]
    public Task A_lost_node_may_still_run_its_guests() => Model.EndsAsExpected("mayrun-ignored");

    [SpinFact]
    public Task An_admission_is_of_the_boot_not_of_the_daemon() => Model.EndsAsExpected("admission-per-daemon-start");

    [SpinFact]
    public Task An_order_is_for_one_session() => Model.EndsAsExpected("session-of-an-order-ignored");

    [SpinFact]
    public Task An_order_that_is_older_than_the_last_one_is_refused() => Model.EndsAsExpected("token-of-an-order-ignored");

    [SpinFact]
    public Task An_answer_to_an_older_order_releases_nothing() => Model.EndsAsExpected("released-for-an-older-order");

    [SpinFact]
    public Task A_session_that_was_given_up_is_not_believed_again() => Model.EndsAsExpected("returned-in-the-same-session");

    [SpinFact]
    public Task A_late_report_does_not_prove_a_younger_boot_dead() => Model.EndsAsExpected("late-report-of-another-boot");

    [SpinFact]
    public Task A_proof_for_an_older_denial_is_void() => Model.EndsAsExpected("proof-of-another-denial");

    [SpinFact]
    public Task A_session_that_leaves_obeys_no_order_any_more() => Model.EndsAsExpected("leaving-session-that-obeys");

    [SpinFact]
    public Task One_copy_runs_when_daemons_leave_cleanly() => Model.EndsAsExpected("mayrun-with-clean-leaves");
}

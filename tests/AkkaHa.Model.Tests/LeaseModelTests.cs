namespace AkkaHa.Model.Tests;

/// <summary>While a proof is in force nothing of the boot is alive, and no order of a deposed CRM is carried out: <c>tests/model/lease.pml</c>.</summary>
public sealed class LeaseModelTests
{
    [SpinFact]
    public Task A_proof_of_three_voters_holds_across_a_change_of_the_CRM() => Model.EndsAsExpected("lease-of-three-voters");

    [SpinFact]
    public Task A_proof_of_three_voters_holds_over_denials_that_come_and_go() => Model.EndsAsExpected("lease-with-one-crm");

    [SpinFact]
    public Task A_proof_of_two_voters_holds() => Model.EndsAsExpected("lease-of-two-voters");

    [SpinFact]
    public Task A_proof_holds_over_many_rounds_of_requests() => Model.EndsAsExpected("lease-of-many-rounds");

    [SpinFact]
    public Task Voters_may_restart() => Model.EndsAsExpected("lease-with-restarted-voters");

    [SpinFact]
    public Task Voters_may_leave_while_a_boot_is_denied() => Model.EndsAsExpected("lease-whose-voters-leave");

    [SpinFact]
    public Task The_model_does_prove() => Model.EndsAsExpected("lease-reaches-a-proof");

    [SpinFact]
    public Task The_model_does_admit_a_proven_boot_again() => Model.EndsAsExpected("lease-reaches-a-return");

    [SpinFact]
    public Task The_model_does_lift_a_denial_of_a_boot_that_lives() => Model.EndsAsExpected("lease-reaches-a-lifted-denial");

    [SpinFact]
    public Task The_model_does_start_guests_in_a_second_session() => Model.EndsAsExpected("lease-reaches-a-second-session");

    [SpinFact]
    public Task The_model_does_prove_with_the_last_voter() => Model.EndsAsExpected("lease-reaches-a-single-voter");

    [SpinFact]
    public Task A_denial_counts_from_its_append_not_from_its_commit() => Model.EndsAsExpected("denied-from-commit");

    [SpinFact]
    public Task A_denial_counts_from_its_append_also_with_two_voters() => Model.EndsAsExpected("denied-from-commit-of-two");

    [SpinFact]
    public Task A_voter_grants_nothing_before_it_has_recovered() => Model.EndsAsExpected("granted-before-recovery");

    [SpinFact]
    public Task A_voter_of_two_grants_nothing_before_it_has_recovered() => Model.EndsAsExpected("granted-before-recovery-of-two");

    [SpinFact]
    public Task A_voter_that_lost_its_disk_must_not_grant() => Model.EndsAsExpected("amnesiac-voter");

    [SpinFact]
    public Task A_voter_counts_the_bound_from_its_own_start() => Model.EndsAsExpected("start-of-a-voter-forgotten");

    [SpinFact]
    public Task A_voter_grants_nothing_under_a_configuration_that_it_knows_as_stale() => Model.EndsAsExpected("stale-configuration-of-leases");

    [SpinFact]
    public Task A_voter_counts_the_bound_from_its_append_of_the_newest_voters() => Model.EndsAsExpected("change-of-voters-forgotten");

    [SpinFact]
    public Task An_order_needs_a_fresh_lease_round() => Model.EndsAsExpected("no-fresh-lease-round");

    [SpinFact]
    public Task An_order_needs_a_fresh_lease_round_also_with_two_voters() => Model.EndsAsExpected("no-fresh-lease-round-of-two");

    [SpinFact]
    public Task An_order_does_not_open_the_gate() => Model.EndsAsExpected("gate-opened-by-an-order");

    [SpinFact]
    public Task Grants_of_two_rounds_make_no_majority() => Model.EndsAsExpected("grants-of-two-rounds-pooled");

    [SpinFact]
    public Task A_voter_tells_of_the_bound_only_to_the_CRM_whose_epoch_it_promised() => Model.EndsAsExpected("bound-told-without-epoch");

    [SpinFact]
    public Task A_proof_names_its_denial() => Model.EndsAsExpected("proof-of-an-older-denial");

    [SpinFact]
    public Task A_denial_is_of_the_boot_not_of_the_daemon() => Model.EndsAsExpected("denial-per-daemon-start");

    [SpinFact]
    public Task A_boot_that_was_given_up_needs_a_new_session() => Model.EndsAsExpected("readmitted-in-the-same-session");
}

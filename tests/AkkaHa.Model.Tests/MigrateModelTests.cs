namespace AkkaHa.Model.Tests;

/// <summary>A guest that moves live never runs twice: <c>tests/model/migrate.pml</c>.</summary>
public sealed class MigrateModelTests
{
    [SpinFact]
    public Task One_copy_runs_when_a_node_is_lost_in_a_migration() => Model.EndsAsExpected("migration");

    [SpinFact]
    public Task One_copy_runs_when_daemons_restart_in_a_migration() => Model.EndsAsExpected("migration-with-restarts");

    [SpinFact]
    public Task One_copy_runs_when_a_node_is_lost_and_daemons_restart() => Model.EndsAsExpected("migration-with-both");

    [SpinFact]
    public Task The_model_does_arrive() => Model.EndsAsExpected("migration-reaches-an-arrival");

    [SpinFact]
    public Task The_model_does_run_on_at_the_source_after_an_abort() => Model.EndsAsExpected("migration-reaches-an-abort");

    [SpinFact]
    public Task The_model_does_arrive_from_a_source_that_is_proven_dead() => Model.EndsAsExpected("migration-reaches-a-dead-source");

    [SpinFact]
    public Task The_model_does_recover_on_the_destination() => Model.EndsAsExpected("migration-reaches-a-recovery");

    [SpinFact]
    public Task A_destination_is_let_go_only_after_the_sources_answer() => Model.EndsAsExpected("continued-before-the-answer");

    [SpinFact]
    public Task A_lost_source_may_run_on_until_it_is_proven_dead() => Model.EndsAsExpected("lost-source-taken-for-gone");

    [SpinFact]
    public Task An_order_of_an_earlier_phase_is_refused() => Model.EndsAsExpected("token-in-a-migration-ignored");

    [SpinFact]
    public Task An_order_to_an_earlier_daemon_is_refused() => Model.EndsAsExpected("session-in-a-migration-ignored");

    [SpinFact]
    public Task An_answer_from_before_the_newest_order_does_not_count() => Model.EndsAsExpected("answer-to-an-older-order");
}

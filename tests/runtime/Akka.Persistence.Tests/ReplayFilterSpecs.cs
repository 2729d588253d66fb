using Akka.Event;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Tests;

public sealed class ReplayFilterSpecs
{
    [Theory]
    [InlineData("a1 a2 a3", "a1 a2 a3")]
    [InlineData("a1 a2 b3 b4", "a1 a2 b3 b4")]
    [InlineData("a1 a2 a3 b3 b4", "a1 a2 b3 b4")]
    [InlineData("a1 b2 a2 b3 a3", "a1 b2 b3")]
    [InlineData("a1 a2 b1 b2", "b1 b2")]
    [InlineData("a1 a3 a2", "a1 a3")]
    [InlineData("a1 b2 c3 a4 b5 c4", "a1 b2 c3 c4")]
    public void Events_of_an_older_writer_among_those_of_a_newer_one_are_dropped(string written, string replayed) =>
        Assert.Equal(replayed, Filter(ReplayFilterMode.RepairByDiscardOld, written));

    [Theory]
    [InlineData("a1 a2 a3 b3 b4")]
    [InlineData("a1 b2 a2 b3 a3")]
    [InlineData("a1 a3 a2")]
    public void They_can_be_passed_on_with_a_warning_or_at_once(string written)
    {
        Assert.Equal(written, Filter(ReplayFilterMode.Warn, written));
        Assert.Equal(written, Filter(ReplayFilterMode.Disabled, written));
    }

    [Theory]
    [InlineData("a1 a2 a3 b3 b4")]
    [InlineData("a1 b2 a2 b3 a3")]
    [InlineData("a1 a3 a2")]
    public void They_can_fail_the_recovery(string written)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Filter(ReplayFilterMode.Fail, written));
        Assert.Contains("The journal of ledger is corrupt", error.Message);
    }

    [Fact]
    public void A_writer_that_changes_between_events_is_no_fault() => Assert.Equal("a1 b2 c3", Filter(ReplayFilterMode.Fail, "a1 b2 c3"));

    [Fact]
    public void No_more_than_the_window_is_held_back()
    {
        var emitted = new List<long>();
        var filter = New(ReplayFilterMode.Fail, r => emitted.Add(r.SequenceNr), window: 2);
        for (var i = 1; i <= 5; i++) filter.Next(new Persistent("e", i, "ledger", writerGuid: "a"));
        Assert.Equal([1, 2, 3], emitted);
        filter.End();
        Assert.Equal([1, 2, 3, 4, 5], emitted);
    }

    private static string Filter(ReplayFilterMode mode, string written)
    {
        var emitted = new List<string>();
        var filter = New(mode, r => emitted.Add(r.WriterGuid + r.SequenceNr), window: 100);
        foreach (var item in written.Split(' ')) filter.Next(new Persistent("e", long.Parse(item[1..]), "ledger", writerGuid: item[..1]));
        filter.End();
        return string.Join(' ', emitted);
    }

    private static ReplayFilter New(ReplayFilterMode mode, Action<IPersistentRepresentation> emit, int window) =>
        new(new ReplayFilterSettings(mode, window, 10, false), "ledger", NoLogger.Instance, emit);
}

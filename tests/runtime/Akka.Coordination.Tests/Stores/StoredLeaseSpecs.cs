using Akka.Coordination.Tests.Support;
using AkkaHa.TestSupport;

namespace Akka.Coordination.Tests.Stores;

public class StoredLeaseSpecs
{
    private readonly ManualTime _time = new();
    private readonly MemoryStore _store;
    private readonly Contender _a;
    private readonly Contender _b;
    private readonly List<Exception?> _lost = [];

    public StoredLeaseSpecs()
    {
        _store = new MemoryStore(_time);
        _a = Contender.Of("a", _store, _time);
        _b = Contender.Of("b", _store, _time);
    }

    [Fact]
    public async Task Of_two_contenders_one_gets_it_and_the_other_when_it_is_given_back()
    {
        Assert.True(await _a.Acquire());
        Assert.False(await _b.Acquire());
        Assert.True(_a.CheckLease());
        Assert.False(_b.CheckLease());

        Assert.True(await _a.Release());
        Assert.False(_a.CheckLease());
        Assert.True(await _b.Acquire());
    }

    [Fact]
    public async Task A_holder_that_renews_keeps_it_for_as_long_as_it_likes()
    {
        await _a.Acquire(_lost.Add);

        for (var minute = 0; minute < 10; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(_a.CheckLease());
            Assert.False(await _b.Acquire());
        }

        Assert.Empty(_lost);
    }

    [Fact]
    public async Task A_holder_that_cannot_renew_is_told_before_another_one_can_get_it()
    {
        await _a.Acquire(_lost.Add);
        _a.HangStore();

        _time.Advance(TimeSpan.FromSeconds(9.6));

        Assert.IsType<LeaseTimeoutException>(Assert.Single(_lost));
        Assert.False(_a.CheckLease());
        Assert.False(await _b.Acquire());
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(await _b.Acquire());
    }

    [Fact]
    public async Task A_store_that_fails_for_a_short_time_costs_nobody_the_lease()
    {
        await _a.Acquire(_lost.Add);
        _store.IsBroken = true;
        _time.Advance(TimeSpan.FromSeconds(4));
        _store.IsBroken = false;
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Empty(_lost);
        Assert.True(_a.CheckLease());
    }

    [Fact]
    public async Task A_holder_whose_lease_was_taken_is_told_once()
    {
        await _a.Acquire(_lost.Add);
        _store.Take("an operator");

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Null(Assert.Single(_lost));
        Assert.False(_a.CheckLease());
    }

    [Fact]
    public async Task Who_gave_it_back_is_not_told_that_it_is_lost()
    {
        await _a.Acquire(_lost.Add);
        await _a.Release();

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_lost);
    }

    [Fact]
    public async Task An_operation_that_does_not_begin_in_time_fails_and_is_never_done()
    {
        _a.HangStore();
        var acquired = _a.Acquire();

        _time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<LeaseTimeoutException>(() => acquired);
        _a.LetStoreGoOn();

        Assert.Null(_store.Owner);
        Assert.False(_a.CheckLease());
    }

    [Fact]
    public async Task A_failure_says_which_lease_whose_and_why()
    {
        _store.IsBroken = true;

        var failure = await Assert.ThrowsAsync<LeaseException>(() => _a.Acquire());

        Assert.Equal("The lease 'crm' could not be acquired by a: the disk is gone", failure.Message);
    }
}

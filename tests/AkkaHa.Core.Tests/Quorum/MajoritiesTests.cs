using AkkaHa.Core.Quorum;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaHa.Core.Tests.Quorum;

public class MajoritiesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 4)]
    [InlineData(7, 4)]
    public void A_majority_is_more_than_half_of_the_expected_votes(int votes, int majority) => Assert.Equal(majority, Majorities.Of(votes));

    [Fact]
    public void No_votes_have_no_majority() => Assert.Throws<ArgumentOutOfRangeException>(() => Majorities.Of(0));

    [Theory]
    [InlineData(new long[] { 3, 7, 5 }, 5)]
    [InlineData(new long[] { 3 }, 3)]
    [InlineData(new long[] { 9, 4 }, 4)]
    [InlineData(new long[] { 9, 8, 4, -1 }, 4)]
    [InlineData(new long[] { -1, -1, 9, 9, 9 }, 9)]
    [InlineData(new long[] { -1, -1, -1, 9, 9 }, -1)]
    public void What_a_majority_has_reached_is_reached_by_that_many(long[] values, long reached) => Assert.Equal(reached, Majorities.ReachedBy(values));

    [Fact]
    public void Whatever_the_values_a_majority_has_reached_the_answer_and_none_has_reached_more() =>
        Prop.ForAll<NonEmptyArray<int>>(values =>
        {
            var all = values.Get.Take(9).Select(v => (long)v).ToArray();
            var reached = Majorities.ReachedBy(all);
            return all.Count(v => v >= reached) >= Majorities.Of(all.Length) && all.Count(v => v > reached) < Majorities.Of(all.Length);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_two_majorities_share_a_voter() =>
        Prop.ForAll<byte, int, int>((count, left, right) =>
        {
            var votes = count % 7 + 1;
            var (a, b) = (left & ((1 << votes) - 1), right & ((1 << votes) - 1));
            var bothAreMajorities = int.PopCount(a) >= Majorities.Of(votes) && int.PopCount(b) >= Majorities.Of(votes);
            return !bothAreMajorities || (a & b) != 0;
        }).QuickCheckThrowOnFailure();
}

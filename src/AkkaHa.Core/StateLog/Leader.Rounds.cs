using System.Collections.Immutable;

namespace AkkaHa.Core.StateLog;

/// <content>Numbered rounds: a majority that answers one proves that no higher epoch had been promised by it when the round was sent.</content>
public sealed partial class Leader
{
    private ImmutableList<(long Number, TimeSpan StartedAt)> _openRounds = [];
    private ImmutableList<(long Id, long Round)> _confirmations = [];
    private TimeSpan _roundStartedAt;

    /// <summary>The newest round; 0 before the first.</summary>
    public long Round { get; private set; }

    /// <summary>When the newest round that a majority answered was sent; null while there is none.</summary>
    public TimeSpan? LastMajorityRoundAt { get; private set; }

    /// <summary>Whether effects may start now: this leads, and a majority followed it not longer ago than the time to live.</summary>
    public bool HasAuthority(TimeSpan now, TimeSpan authorityTtl) =>
        Phase == LeaderPhase.Leading && LastMajorityRoundAt is { } at && now - at <= authorityTtl;

    private void OnConfirmRound(long id)
    {
        if (_confirmations.Count >= _options.Settings.MaxOpenRounds)
        {
            Say(new RoundRefused(id, FormattableString.Invariant($"{_confirmations.Count} requests wait for a majority's answer already: {WaitsFor()}")));
            return;
        }
        // A caller that asks too early is answered by the first round after the log is adopted.
        _confirmations = _confirmations.Add((id, Round + 1));
        if (Phase is not (LeaderPhase.Confirming or LeaderPhase.Leading))
            return;
        StartRound();
        foreach (var voter in _progress.Values)
            SendHeartbeat(voter);
    }

    private void StartRound()
    {
        Round++;
        _roundStartedAt = _turn.Now;
        _openRounds = _openRounds.Add((Round, _turn.Now));
        if (_openRounds.Count > _options.Settings.MaxOpenRounds)
            _openRounds = _openRounds.RemoveAt(0);
    }

    private void AdvanceRounds()
    {
        var answered = ReachedByMajority(p => p.AnsweredRound);
        var index = _openRounds.FindLastIndex(r => r.Number <= answered);
        if (index < 0)
            return;
        LastMajorityRoundAt = _openRounds[index].StartedAt;
        _openRounds = _openRounds.RemoveRange(0, index + 1);
        foreach (var confirmed in _confirmations.Where(c => c.Round <= answered))
            Say(new RoundConfirmed(confirmed.Id, LastMajorityRoundAt.Value));
        _confirmations = _confirmations.RemoveAll(c => c.Round <= answered);
    }
}

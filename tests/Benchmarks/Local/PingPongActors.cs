using Akka.Actor;

namespace AkkaHa.Benchmarks.Local;

/// <summary>Asks for a number of round trips with so many messages in flight.</summary>
internal sealed record PlayRound(IActorRef Partner, object Ball, long RoundTrips, int InFlight, TaskCompletionSource Done);

/// <summary>Sends every message back.</summary>
internal sealed class EchoActor : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message, Self);
}

/// <summary>Keeps so many messages in flight until all round trips are made.</summary>
internal sealed class PlayerActor : UntypedActor
{
    private PlayRound? _round;
    private long _toSend;
    private long _toReceive;

    protected override void OnReceive(object message)
    {
        if (message is PlayRound round)
        {
            Begin(round);
            return;
        }

        if (_toSend > 0)
        {
            _toSend--;
            _round!.Partner.Tell(message, Self);
        }

        if (--_toReceive == 0)
            _round!.Done.SetResult();
    }

    private void Begin(PlayRound round)
    {
        _round = round;
        _toReceive = round.RoundTrips;
        var first = (int)Math.Min(round.InFlight, round.RoundTrips);
        _toSend = round.RoundTrips - first;
        for (var i = 0; i < first; i++)
            round.Partner.Tell(round.Ball, Self);
    }
}

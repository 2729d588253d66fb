using AkkaHa.Core.StateLog;

namespace AkkaHa.Protocol.Operator;

/// <summary>Submits an operator's command; answered once it is committed, or with the reason why it is refused.</summary>
/// <param name="Command">One of the commands that operators may give.</param>
public sealed record Submit(LogCommand Command)
{
    /// <summary>Who gives it, as USER@HOST: recorded with the command.</summary>
    public string By { get; init; } = "";
}

/// <summary>The command is committed: it survives the loss of any minority of the voters (S4).</summary>
/// <param name="Index">Its log index.</param>
public sealed record CommandAccepted(long Index);

/// <summary>The command was refused and nothing was changed.</summary>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record CommandRefused(string Reason)
{
    /// <summary>Whether the command itself was wrong: giving it again as it is will not help.</summary>
    public bool IsInputWrong { get; init; }
}

namespace Akka.TestKit;

/// <summary>A predicate together with the type of message it is about.</summary>
public class PredicateInfo
{
    private PredicateInfo(Type type, Delegate predicate, Func<object, bool> matches)
    {
        Type = type;
        PredicateT = predicate;
        Matches = matches;
    }

    /// <summary>The type of message it is about.</summary>
    public Type Type { get; }

    /// <summary>The predicate as it was given.</summary>
    public Delegate PredicateT { get; }

    internal Func<object, bool> Matches { get; }

    /// <summary>Pairs a predicate with its type.</summary>
    public static PredicateInfo Create<T>(Predicate<T> predicateT) =>
        new(typeof(T), predicateT, message => message is T typed && predicateT(typed));
}

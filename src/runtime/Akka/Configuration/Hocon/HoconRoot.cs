namespace Akka.Configuration.Hocon;

/// <summary>A whole configuration text after parsing. Substitutions are resolved already.</summary>
public class HoconRoot
{
    /// <summary>A root whose value a derived class provides.</summary>
    protected HoconRoot()
        : this(new HoconValue())
    {
    }

    /// <summary>The root of a value.</summary>
    public HoconRoot(HoconValue value) => Value = value;

    /// <summary>The value of the whole text.</summary>
    public HoconValue Value { get; }
}

using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Two values that should be equal are not.</summary>
public class AkkaEqualException : XunitException
{
    private readonly string _text;

    /// <summary>Says why.</summary>
    public AkkaEqualException(string format = "", params object[] args) : base(XunitAssertions.Text(format, args)) =>
        _text = XunitAssertions.Text(format, args);

    /// <inheritdoc/>
    public override string Message => _text;

    /// <summary>Says which values, and what the test says to it.</summary>
    public static AkkaEqualException ForMismatchedValues(object? expected, object? actual, string? format = null, params object[] args)
    {
        var text = XunitAssertions.Text(format, args);
        var values = $"Expected: {expected ?? "(null)"}{Environment.NewLine}Actual:   {actual ?? "(null)"}";
        return new AkkaEqualException("{0}", text.Length == 0 ? values : text + Environment.NewLine + values);
    }
}

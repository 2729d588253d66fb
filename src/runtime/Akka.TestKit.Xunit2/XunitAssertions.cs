using System.Globalization;
using Akka.TestKit.Xunit2.Internals;
using Xunit;
using Xunit.Sdk;

namespace Akka.TestKit.Xunit2;

/// <summary>Reports failures as xunit's own exceptions. A text without arguments is taken as it is, else as a composite format.</summary>
public class XunitAssertions : ITestKitAssertions
{
    /// <summary>Makes the assertions.</summary>
    public XunitAssertions()
    {
    }

    /// <inheritdoc/>
    public void Fail(string format = "", params object[] args) => Assert.Fail(Text(format, args));

    /// <inheritdoc/>
    public void AssertTrue(bool condition, string format = "", params object[] args)
    {
        if (!condition)
            Assert.True(condition, Text(format, args));
    }

    /// <inheritdoc/>
    public void AssertFalse(bool condition, string format = "", params object[] args)
    {
        if (condition)
            Assert.False(condition, Text(format, args));
    }

    /// <inheritdoc/>
    public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args)
    {
        try
        {
            Assert.Equal(expected, actual);
        }
        catch (EqualException difference)
        {
            throw new AkkaEqualException("{0}", Join(Text(format, args), difference.Message));
        }
    }

    /// <inheritdoc/>
    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args)
    {
        if (!comparer(expected, actual))
            throw AkkaEqualException.ForMismatchedValues(expected, actual, format, args);
    }

    private static string Join(string text, string details) => text.Length == 0 ? details : text + Environment.NewLine + details;

    internal static string Text(string? format, object[] args) =>
        string.IsNullOrEmpty(format) ? "" : args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args);
}

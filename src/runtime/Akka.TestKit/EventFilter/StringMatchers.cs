using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>A condition on the text or the source of a log event.</summary>
public interface IStringMatcher
{
    /// <summary>Whether <paramref name="s"/> satisfies it.</summary>
    bool IsMatch(string s);
}

/// <summary>Satisfied by everything.</summary>
public class MatchesAll : IStringMatcher
{
    private MatchesAll()
    {
    }

    /// <summary>The one instance.</summary>
    public static IStringMatcher Instance { get; } = new MatchesAll();

    /// <inheritdoc/>
    public bool IsMatch(string s) => true;

    /// <inheritdoc/>
    public override string ToString() => "anything";
}

/// <summary>Satisfied by one text.</summary>
public class EqualsString : IStringMatcher
{
    private readonly string _expected;

    /// <summary>Satisfied by <paramref name="s"/>.</summary>
    public EqualsString(string s) => _expected = s;

    /// <inheritdoc/>
    public bool IsMatch(string s) => string.Equals(_expected, s, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"\"{_expected}\"";
}

/// <summary>Satisfied by texts that start with another.</summary>
public class StartsWithString : IStringMatcher
{
    private readonly string _start;

    /// <summary>Satisfied by texts that start with <paramref name="start"/>.</summary>
    public StartsWithString(string start) => _start = start;

    /// <inheritdoc/>
    public bool IsMatch(string s) => s.StartsWith(_start, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"starting with \"{_start}\"";
}

/// <summary>Satisfied by texts that contain another.</summary>
public class ContainsString : IStringMatcher
{
    private readonly string _part;

    /// <summary>Satisfied by texts that contain <paramref name="part"/>.</summary>
    public ContainsString(string part) => _part = part;

    /// <inheritdoc/>
    public bool IsMatch(string s) => s.Contains(_part, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"containing \"{_part}\"";
}

/// <summary>Satisfied by texts that a regular expression matches.</summary>
public class RegexMatcher : IStringMatcher
{
    private readonly Regex _regex;

    /// <summary>Satisfied by texts that <paramref name="regex"/> matches.</summary>
    public RegexMatcher(Regex regex) => _regex = regex;

    /// <inheritdoc/>
    public bool IsMatch(string s) => _regex.IsMatch(s);

    /// <inheritdoc/>
    public override string ToString() => $"matching /{_regex}/";
}

/// <summary>Satisfied by texts that a predicate says yes to.</summary>
public class PredicateMatcher : IStringMatcher
{
    private readonly Predicate<string> _predicate;
    private readonly string _hint;

    /// <summary>Satisfied by texts that <paramref name="predicate"/> says yes to.</summary>
    public PredicateMatcher(Predicate<string> predicate, string hint = "")
    {
        _predicate = predicate;
        _hint = hint;
    }

    /// <inheritdoc/>
    public bool IsMatch(string s) => _predicate(s);

    /// <inheritdoc/>
    public override string ToString() => _hint.Length > 0 ? _hint : "satisfying a predicate";
}

/// <summary>Satisfied by the name of a log source: the text itself, or the full path of an actor that was given relative to the system or to its user guardian.</summary>
public class EqualsStringAndPathMatcher : IStringMatcher
{
    private readonly string _path;
    private readonly bool _canBeRelative;

    /// <summary>Satisfied by the source <paramref name="path"/>.</summary>
    public EqualsStringAndPathMatcher(string path, bool canBeRelative = true)
    {
        _path = path;
        _canBeRelative = canBeRelative;
    }

    /// <inheritdoc/>
    public bool IsMatch(string path)
    {
        var source = path.StartsWith('[') && path.EndsWith(']') ? path[1..^1] : path;
        if (string.Equals(_path, path, StringComparison.Ordinal) || string.Equals(_path, source, StringComparison.Ordinal))
            return true;
        if (!_canBeRelative || _path.Contains("://", StringComparison.Ordinal))
            return false;

        var authority = source.IndexOf("://", StringComparison.Ordinal);
        var root = authority < 0 ? -1 : source.IndexOf('/', authority + 3);
        if (root < 0)
            return false;
        var local = source.AsSpan(root);
        var given = _path.AsSpan().TrimStart('/');
        return local[1..].SequenceEqual(given)
            || (local.StartsWith("/user/") && local["/user/".Length..].SequenceEqual(given));
    }

    /// <inheritdoc/>
    public override string ToString() => $"\"{_path}\"";
}

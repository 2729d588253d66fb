namespace Akka.Util;

/// <summary>Matches text against patterns with <c>*</c> (any run of characters) and <c>?</c> (any one character).</summary>
public static class WildcardMatch
{
    /// <summary>Whether the whole <paramref name="text"/> matches <paramref name="pattern"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="caseSensitive">Whether upper and lower case differ.</param>
    public static bool Like(this string text, string pattern, bool caseSensitive = false)
    {
        // Greedy with one point to go back to: linear in practice, and no pattern can make it exponential.
        int at = 0, want = 0, star = -1, resume = 0;
        while (at < text.Length)
        {
            if (want < pattern.Length && pattern[want] != '*' && (pattern[want] == '?' || Same(text[at], pattern[want], caseSensitive)))
            {
                at++;
                want++;
            }
            else if (want < pattern.Length && pattern[want] == '*')
            {
                star = want++;
                resume = at;
            }
            else if (star >= 0)
            {
                want = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (want < pattern.Length && pattern[want] == '*')
            want++;
        return want == pattern.Length;
    }

    private static bool Same(char left, char right, bool caseSensitive)
        => caseSensitive ? left == right : char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}

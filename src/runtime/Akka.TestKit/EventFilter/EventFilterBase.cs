using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit
{
    /// <summary>Picks log events.</summary>
    public interface IEventFilter
    {
        /// <summary>Whether it picks <paramref name="logEvent"/>.</summary>
        bool Apply(LogEvent logEvent);
    }
}

namespace Akka.TestKit.Internal
{
    /// <summary>Told about each event a filter picks.</summary>
    public delegate void EventMatched(EventFilterBase eventFilter, LogEvent logEvent);

    /// <summary>Picks log events by text and source.</summary>
    public abstract class EventFilterBase : IEventFilter
    {
        private readonly IStringMatcher _messageMatcher;
        private readonly IStringMatcher _sourceMatcher;

        /// <summary>Null stands for anything.</summary>
        protected EventFilterBase(IStringMatcher? messageMatcher, IStringMatcher? sourceMatcher)
        {
            _messageMatcher = messageMatcher ?? MatchesAll.Instance;
            _sourceMatcher = sourceMatcher ?? MatchesAll.Instance;
        }

        /// <summary>Raised for each event it picks, on the thread of the listener.</summary>
        public event EventMatched? EventMatched;

        /// <summary>What kind of event it picks, for messages.</summary>
        protected abstract string FilterDescriptiveName { get; }

        /// <inheritdoc/>
        public bool Apply(LogEvent logEvent)
        {
            if (!IsMatch(logEvent))
                return false;
            OnEventMatched(logEvent);
            return true;
        }

        /// <summary>Whether it picks <paramref name="evt"/>.</summary>
        protected abstract bool IsMatch(LogEvent evt);

        /// <summary>Whether source and text of an event are those wanted.</summary>
        protected bool InternalDoMatch(string? src, object? msg) =>
            _sourceMatcher.IsMatch(src ?? "") && _messageMatcher.IsMatch(msg?.ToString() ?? "");

        /// <summary>Raises <see cref="EventMatched"/>.</summary>
        protected virtual void OnEventMatched(LogEvent logEvent) => EventMatched?.Invoke(this, logEvent);

        /// <inheritdoc/>
        public override string ToString() => $"{FilterDescriptiveName} {_messageMatcher} from source {_sourceMatcher}";
    }
}

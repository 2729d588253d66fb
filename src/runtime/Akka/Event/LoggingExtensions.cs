namespace Akka.Event;

/// <summary>Writes to a log; the message is put together only if its level is on.</summary>
public static class LoggingExtensions
{
    /// <summary>Logs what only a developer wants to know.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    public static void Debug<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1));
    }

    /// <summary>Logs what only a developer wants to know.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    public static void Debug<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2));
    }

    /// <summary>Logs what only a developer wants to know.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    public static void Debug<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3));
    }

    /// <summary>Logs what only a developer wants to know.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <typeparam name="T4">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    /// <param name="arg4">An argument.</param>
    public static void Debug<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3, arg4));
    }

    /// <summary>Logs what only a developer wants to know.</summary>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="args">The arguments.</param>
    public static void Debug(this ILoggingAdapter log, string format, params object[] args)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new ArgumentLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs what happens in the normal course.</summary>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    public static void Info(this ILoggingAdapter log, string format)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, format);
    }

    /// <summary>Logs what happens in the normal course.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    public static void Info<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1));
    }

    /// <summary>Logs what happens in the normal course.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    public static void Info<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2));
    }

    /// <summary>Logs what happens in the normal course.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    public static void Info<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3));
    }

    /// <summary>Logs what happens in the normal course.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <typeparam name="T4">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    /// <param name="arg4">An argument.</param>
    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3, arg4));
    }

    /// <summary>Logs what happens in the normal course.</summary>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="args">The arguments.</param>
    public static void Info(this ILoggingAdapter log, string format, params object[] args)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new ArgumentLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs what may need attention.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    public static void Warning<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1));
    }

    /// <summary>Logs what may need attention.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    public static void Warning<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2));
    }

    /// <summary>Logs what may need attention.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    public static void Warning<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3));
    }

    /// <summary>Logs what may need attention.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <typeparam name="T4">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    /// <param name="arg4">An argument.</param>
    public static void Warning<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3, arg4));
    }

    /// <summary>Logs what may need attention.</summary>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="args">The arguments.</param>
    public static void Warning(this ILoggingAdapter log, string format, params object[] args)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new ArgumentLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs what may need attention.</summary>
    /// <param name="log">The log.</param>
    /// <param name="cause">What caused it.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="args">The arguments.</param>
    public static void Warning(this ILoggingAdapter log, Exception? cause, string format, params object[] args)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, cause, new ArgumentLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs what went wrong.</summary>
    /// <param name="log">The log.</param>
    /// <param name="cause">What caused it.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    public static void Error(this ILoggingAdapter log, Exception? cause, string format)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, format);
    }

    /// <summary>Logs what went wrong.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="cause">What caused it.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    public static void Error<T1>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new ArgumentLogMessage(log.Formatter, format, arg1));
    }

    /// <summary>Logs what went wrong.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    public static void Error<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2));
    }

    /// <summary>Logs what went wrong.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="cause">What caused it.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    public static void Error<T1, T2>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new ArgumentLogMessage(log.Formatter, format, arg1, arg2));
    }

    /// <summary>Logs what went wrong.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    public static void Error<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3));
    }

    /// <summary>Logs what went wrong.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="cause">What caused it.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    public static void Error<T1, T2, T3>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3));
    }

    /// <summary>Logs what went wrong.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <typeparam name="T4">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    /// <param name="arg4">An argument.</param>
    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3, arg4));
    }

    /// <summary>Logs what went wrong.</summary>
    /// <typeparam name="T1">The type of an argument.</typeparam>
    /// <typeparam name="T2">The type of an argument.</typeparam>
    /// <typeparam name="T3">The type of an argument.</typeparam>
    /// <typeparam name="T4">The type of an argument.</typeparam>
    /// <param name="log">The log.</param>
    /// <param name="cause">What caused it.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="arg1">An argument.</param>
    /// <param name="arg2">An argument.</param>
    /// <param name="arg3">An argument.</param>
    /// <param name="arg4">An argument.</param>
    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new ArgumentLogMessage(log.Formatter, format, arg1, arg2, arg3, arg4));
    }

    /// <summary>Logs what went wrong.</summary>
    /// <param name="log">The log.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="args">The arguments.</param>
    public static void Error(this ILoggingAdapter log, string format, params object[] args)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new ArgumentLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs what went wrong.</summary>
    /// <param name="log">The log.</param>
    /// <param name="cause">What caused it.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="args">The arguments.</param>
    public static void Error(this ILoggingAdapter log, Exception? cause, string format, params object[] args)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new ArgumentLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs at a level.</summary>
    /// <param name="log">The log.</param>
    /// <param name="level">The level.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="args">The arguments.</param>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format, params object[] args) => log.Log(level, null, format, args);

    /// <summary>Logs at a level.</summary>
    /// <param name="log">The log.</param>
    /// <param name="level">The level.</param>
    /// <param name="cause">What caused it.</param>
    /// <param name="format">The message, with <c>{0}</c> or <c>{Name}</c> where arguments go.</param>
    /// <param name="args">The arguments.</param>
    public static void Log(this ILoggingAdapter log, LogLevel level, Exception? cause, string format, params object[] args)
    {
        if (log.IsEnabled(level))
            log.Log(level, cause, new ArgumentLogMessage(log.Formatter, format, args));
    }
}

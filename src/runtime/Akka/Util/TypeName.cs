using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Akka.Util;

/// <summary>Type names as configuration files write them.</summary>
internal static class TypeName
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>The name without version, culture and key: <c>Namespace.Type, Assembly</c>.</summary>
    public static string WithoutVersion(this Type type)
        => Names.GetOrAdd(type, static t => $"{(t.IsGenericType ? FullNameWithArguments(t) : t.FullName)}, {t.Assembly.GetName().Name}");

    /// <summary>The type of that name, or null. A name without assembly is looked for here and then everywhere.</summary>
    public static Type? Find(string name)
    {
        var found = Type.GetType(name, throwOnError: false);
        if (found is not null || name.Contains(','))
            return found;
        return typeof(TypeName).Assembly.GetType(name)
            ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null);
    }

    /// <summary>Makes an instance of a configured type.</summary>
    /// <exception cref="Akka.Configuration.ConfigurationException">The type does not exist, is not a <typeparamref name="T"/>, or cannot be made.</exception>
    public static T Create<T>(string name, string key, params object[] arguments) where T : class
    {
        var type = Find(name)
            ?? throw new Akka.Configuration.ConfigurationException($"The type [{name}] that [{key}] names cannot be found; write it as \"Namespace.Type, Assembly\".");
        return Create<T>(type, key, arguments);
    }

    /// <summary>Makes an instance of a configured type.</summary>
    public static T Create<T>(Type type, string key, params object[] arguments) where T : class
    {
        if (!typeof(T).IsAssignableFrom(type))
            throw new Akka.Configuration.ConfigurationException($"The type [{type}] that [{key}] names is not a {typeof(T).Name}.");
        const BindingFlags anyConstructor = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        try
        {
            return (T)Activator.CreateInstance(type, anyConstructor, null, arguments, CultureInfo.InvariantCulture)!;
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            throw new Akka.Configuration.ConfigurationException($"The type [{type}] that [{key}] names could not be made: {failure.InnerException.Message}", failure.InnerException);
        }
        catch (MissingMethodException failure)
        {
            var wanted = string.Join(", ", arguments.Select(argument => argument.GetType().Name));
            throw new Akka.Configuration.ConfigurationException($"The type [{type}] that [{key}] names has no constructor ({wanted}).", failure);
        }
    }

    private static string FullNameWithArguments(Type type)
        => $"{type.GetGenericTypeDefinition().FullName}[{string.Join(",", type.GetGenericArguments().Select(a => $"[{a.WithoutVersion()}]"))}]";
}

namespace AkkaHa.Model.Tests;

/// <summary>A fact that needs the model checker and a C compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SpinFactAttribute : FactAttribute
{
    public SpinFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!new[] { "spin", "gcc" }.All(tool => folders.Any(folder => File.Exists(Path.Combine(folder, tool)))))
            Skip = "needs spin and gcc (Debian: apt-get install spin gcc)";
    }
}

using AkkaHa.Benchmarks.Processes;
using AkkaHa.Benchmarks.Quick;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

switch (args)
{
    case [ChildProcess.Flag, var role, .. var rest]:
        return await ChildRoles.Run(role, rest);
    case ["--quick", .. var names]:
        return await QuickRun.Run(names);
    case ["--list"]:
        foreach (var figure in QuickFigures.All)
            Console.WriteLine(figure.Name);
        return 0;
    default:
        // In this process: the second processes of some benchmarks are started from this very program.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args, config);
        return 0;
}

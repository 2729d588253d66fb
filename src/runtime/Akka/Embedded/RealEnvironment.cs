// The one place where the operating system's clock, threads and entropy enter the runtime.
#pragma warning disable RS0030

using System.Security.Cryptography;
using Akka.Dispatch;

namespace Akka.Embedded;

internal sealed class RealEnvironment : RuntimeEnvironment
{
    public override TimeProvider Time => TimeProvider.System;

    public override TaskScheduler TaskScheduler => TaskScheduler.Default;

    public override bool IsDeterministic => false;

    public override Random CreateRandom(string purpose) => Random.Shared;

    public override int NextUid() => RandomNumberGenerator.GetInt32(1, int.MaxValue);

    public override void Execute(Action work) => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), work, preferLocal: false);

    internal override void Execute(IThreadPoolWorkItem work, bool preferLocal)
    {
        if (work is Mailbox mailbox)
            WorkerLoop.Schedule(mailbox);
        else
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal);
    }

    internal override void ExecuteLong(string name, Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true, Name = name };
        thread.UnsafeStart();
    }
}

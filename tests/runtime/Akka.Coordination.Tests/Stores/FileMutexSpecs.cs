using System.Diagnostics;
using Akka.Coordination.Stores.Disk;

namespace Akka.Coordination.Tests.Stores;

public sealed class FileMutexSpecs : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("akka-lease-").FullName;

    private string File => Path.Combine(_directory, "crm.lease.lock");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_another_process_has_locked_is_waited_for_in_vain_until_that_process_is_killed()
    {
        using var other = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, File])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            Assert.Equal("locked", other.StandardOutput.ReadLine());

            var refused = Assert.Throws<LeaseTimeoutException>(() => Hold(TimeSpan.FromMilliseconds(100)));

            Assert.Contains(File, refused.Message);
        }
        finally
        {
            other.Kill();
            other.WaitForExit();
        }

        Assert.True(Hold(Patience));
    }

    [Fact]
    public async Task Threads_of_one_process_exclude_each_other_too()
    {
        var (inside, most) = (0, 0);
        var threads = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < 50; round++)
                {
                    new FileMutex(File).Hold(TimeProvider.System, Patience, () =>
                    {
                        most = Math.Max(most, Interlocked.Increment(ref inside));
                        Thread.Yield();
                        return Interlocked.Decrement(ref inside);
                    });
                }
            },
            TaskCreationOptions.LongRunning));

        await Task.WhenAll(threads);

        Assert.Equal((0, 1), (inside, most));
    }

    private bool Hold(TimeSpan limit) => new FileMutex(File).Hold(TimeProvider.System, limit, () => true);
}

using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class AskSpec : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ActorSystem _system = ActorSystem.Create("ask");

    private sealed class Echo : ReceiveActor
    {
        public Echo()
        {
            Receive<int>(number => Sender.Tell(number + 1));
            ReceiveAsync<string>(async text =>
            {
                await Task.Yield();
                Sender.Tell(text + "!");
            });
            Receive<Exception>(failure => Sender.Tell(new Status.Failure(failure)));
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task An_answer_becomes_the_result()
    {
        var echo = _system.ActorOf<Echo>("echo");
        Assert.Equal(42, await echo.Ask<int>(41, Patience));
        Assert.Equal("akka://ask/user/echo", echo.Path.ToString());
    }

    [Fact]
    public async Task A_handler_that_awaits_still_knows_its_sender()
        => Assert.Equal("a!", await _system.ActorOf<Echo>().Ask<string>("a", Patience));

    [Fact]
    public async Task A_status_failure_becomes_the_exception_that_it_carries()
        => await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => _system.ActorOf<Echo>().Ask<int>(new TimeZoneNotFoundException(), Patience));

    [Fact]
    public async Task A_question_without_an_answer_times_out()
        => await Assert.ThrowsAsync<AskTimeoutException>(() => _system.ActorOf<Echo>().Ask<int>(1.0, TimeSpan.FromMilliseconds(50)));

    [Fact]
    public async Task An_answer_of_another_type_is_an_argument_exception()
        => await Assert.ThrowsAsync<ArgumentException>(() => _system.ActorOf<Echo>().Ask<Guid>(1, Patience));
}

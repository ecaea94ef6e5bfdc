using AssistPortal.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

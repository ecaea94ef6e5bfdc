using AssistPortal.Benchmarks;
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(OrdersGridBenchmark).Assembly).Run(args);

using System.CommandLine;
using Gateway.Benchmarks.Budget;

namespace Gateway.Benchmarks.Cli;

/// <summary><c>budget</c>: whether a hot component allocates more than it may.</summary>
internal static class BudgetCommand
{
    private const int LongMs = 400;

    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "The budget", DefaultValueFactory = static _ => "Gateway.Benchmarks/allocation-budget.json" };
        var write = new Option<bool>("--write") { Description = "Make the budget what is allocated now" };
        var command = new Command("budget", "Run every benchmark for a moment and fail if one allocates more than allocation-budget.json allows") { file, write };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(write))
            {
                AllocationBudget.Save(parsed.GetValue(file)!, AllocationRun.Measure(LongMs, only: null));
                return 0;
            }

            var budget = AllocationBudget.Load(parsed.GetValue(file)!);
            var measured = budget.Measure(AllocationRun.Measure);
            var broken = budget.Broken(measured);
            foreach (var line in broken)
            {
                Console.WriteLine(line);
            }

            Console.WriteLine($"{measured.Count - broken.Count} passed, {broken.Count} failed");
            return broken.Count == 0 ? 0 : 1;
        });
        return command;
    }
}

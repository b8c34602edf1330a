using Liaison.Bench;

var options = Options.Parse(args);
if (options is null) { Console.Error.WriteLine(Options.Usage); return 1; }
if (options.Inner) { Inner.Run(); return 0; }
var results = new List<Result>();
var load = Report.LoadAverage();
try
{
    foreach (var engine in options.Engines)
        foreach (var size in options.Sizes)
            foreach (var result in Suite.Run(options, Base.Open(options, engine, size)))
            {
                results.Add(result);
                Console.Error.Write(Report.Table([result]).Split('\n')[2] + "\n");
            }
}
finally { Postgres.Stop(); }
Console.WriteLine(Report.Table(results));
if (!options.Quick && options.Only.Count == 0) Report.Write(options, results, load + "; " + Report.LoadAverage());
return 0;

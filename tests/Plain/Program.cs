using Liaison.Plain;

// The plainest page that the framework gives: fifty rows of one query on ten thousand, and nothing of Liaison. What it costs tells how fast a machine is.
// Arguments: the port, and the file for the rows.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [], EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
builder.Services.AddRazorPages();
builder.Services.AddSingleton(new PlainRows(args[1]));
var app = builder.Build();
app.MapRazorPages();
await app.RunAsync();

using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Liaison.Host.About;

/// <summary>In development a request with the header X-Count-Sql is answered with X-Sql: how many statements its page sent.</summary>
internal sealed class SqlCount(IHttpContextAccessor current) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Header = "X-Count-Sql";

    public static void Use(WebApplication app)
    {
        DiagnosticListener.AllListeners.Subscribe(new SqlCount(app.Services.GetRequiredService<IHttpContextAccessor>()));
        app.Use((http, next) =>
        {
            if (!http.Request.Headers.ContainsKey(Header)) return next(http);
            http.Items[Header] = new Tally();
            http.Response.OnStarting(() =>
            {
                http.Response.Headers["X-Sql"] = ((Tally)http.Items[Header]!).Count.ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) value.Subscribe(this, (name, _, _) => name == RelationalEventId.CommandExecuted.Name);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Counted is { } box) Interlocked.Increment(ref box.Count);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    private Tally? Counted => current.HttpContext?.Items[Header] as Tally;

    private sealed class Tally
    {
        public int Count;
    }
}

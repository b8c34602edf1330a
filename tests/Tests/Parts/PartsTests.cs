using System.Globalization;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Time;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Html;

namespace Liaison.Tests.Parts;

public sealed class PartsTests
{
    [Theory]
    [InlineData("Éléonore Müller", "eleo", "<mark>Éléo</mark>nore Müller")]
    [InlineData("Atelier Vermeil", "vermeil atel", "<mark>Atel</mark>ier <mark>Vermeil</mark>")]
    [InlineData("a < b", "b", "a &lt; <mark>b</mark>")]
    [InlineData("Marie", "", "Marie")]
    public void What_was_searched_for_is_marked(string text, string query, string html) => Assert.Equal(html, Html(Ui.Highlight(text, query)));

    [Theory]
    [InlineData("Camille Laurent", "CL")]
    [InlineData("élodie", "É")]
    [InlineData("Jean-Paul de la Tour", "JT")]
    [InlineData("", "?")]
    public void Initials_are_of_the_first_and_last_word(string name, string initials) => Assert.Equal(initials, Ui.Initials(name));

    [Theory]
    [InlineData("Europe/Paris", "2026-03-29T02:30", "2026-03-29T01:30")]
    [InlineData("Europe/Paris", "2026-10-25T02:30", "2026-10-25T00:30")]
    [InlineData("Europe/Dublin", "2026-03-29T01:30", "2026-03-29T01:30")]
    [InlineData("Europe/Dublin", "2026-10-25T01:30", "2026-10-25T00:30")]
    [InlineData("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45")]
    [InlineData("Antarctica/Troll", "2026-03-29T01:30", "2026-03-29T01:30")]
    [InlineData("America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00")]
    public void A_time_that_the_clocks_skip_is_as_much_later_and_of_one_that_comes_twice_the_first_is_meant(string zone, string local, string utc) =>
        Assert.Equal(DateTime.Parse(utc, CultureInfo.InvariantCulture), new Viewer { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) }.ToUtc(DateTime.Parse(local, CultureInfo.InvariantCulture)));

    [Fact]
    public void Names_are_encoded() => Assert.DoesNotContain("<script", Html(Ui.Badge("<script>", "lead")) + Html(Ui.Tag("<script>")) + Html(Ui.NamedAvatar("<script>")), StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-11-22T08:39:30Z", "à l’instant")]
    [InlineData("2026-11-22T08:28:00Z", "il y a 12 min")]
    [InlineData("2026-11-22T06:00:00Z", "aujourd’hui 07:00")]
    [InlineData("2026-11-21T15:02:00Z", "hier 16:02")]
    [InlineData("2026-11-21T23:30:00Z", "aujourd’hui 00:30")]
    [InlineData("2026-11-23T08:00:00Z", "demain 09:00")]
    [InlineData("2026-11-19T08:00:00Z", "il y a 3 j")]
    [InlineData("2026-10-12T08:00:00Z", "12 oct.")]
    [InlineData("2025-10-12T08:00:00Z", "12 oct. 2025")]
    public void Moments_are_said_as_people_say_them_in_their_zone(string utc, string words)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Cultures.French;
        var current = new CurrentViewer { Viewer = new Viewer { UserId = 1, Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris") } };
        var clock = new FakeClock();
        clock.Set(new DateTime(2026, 11, 22, 8, 40, 0, DateTimeKind.Utc));
        var display = new Display(current, new Localizer(new ModuleList([])), clock);
        var moment = DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        Assert.EndsWith($">{words}</time>", Html(display.When(moment)), StringComparison.Ordinal);
    }

    private static string Html(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return writer.ToString();
    }
}

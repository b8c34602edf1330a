using FsCheck;
using FsCheck.Fluent;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;

namespace Liaison.Tests.Contacts;

/// <summary>The transition table and what the fold promises.</summary>
public sealed class StatusRulesTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly StatusCause Created = new("created");

    [Theory]
    [InlineData(ContactStatus.Lead, ContactStatus.Lead, ContactStatus.Prospect, ContactStatus.Lead, ContactStatus.DeadLead, ContactStatus.DeadProspect, ContactStatus.Client)]
    [InlineData(ContactStatus.DeadLead, ContactStatus.DeadLead, ContactStatus.Prospect, ContactStatus.DeadLead, ContactStatus.DeadLead, ContactStatus.DeadProspect, ContactStatus.Client)]
    [InlineData(ContactStatus.Prospect, ContactStatus.Prospect, ContactStatus.Prospect, ContactStatus.Prospect, ContactStatus.DeadProspect, ContactStatus.DeadProspect, ContactStatus.Client)]
    [InlineData(ContactStatus.DeadProspect, ContactStatus.DeadProspect, ContactStatus.Prospect, ContactStatus.DeadProspect, ContactStatus.DeadProspect, ContactStatus.DeadProspect, ContactStatus.Client)]
    [InlineData(ContactStatus.Client, ContactStatus.Client, ContactStatus.Client, ContactStatus.Client, ContactStatus.Client, ContactStatus.Client, ContactStatus.Client)]
    public void The_table(ContactStatus from, ContactStatus none, ContactStatus engagement, ContactStatus noAnswer, ContactStatus wrongDetails, ContactStatus refusal, ContactStatus sale)
    {
        Assert.Equal(none, StatusRules.Next(from, StatusEffect.None));
        Assert.Equal(engagement, StatusRules.Next(from, StatusEffect.Engagement));
        Assert.Equal(noAnswer, StatusRules.Next(from, StatusEffect.NoAnswer));
        Assert.Equal(wrongDetails, StatusRules.Next(from, StatusEffect.WrongDetails));
        Assert.Equal(refusal, StatusRules.Next(from, StatusEffect.Refusal));
        Assert.Equal(sale, StatusRules.Next(from, StatusEffect.Sale));
    }

    [Fact]
    public void The_order_of_reading_does_not_matter_given_the_dates() => Holds(events =>
        Fold(events) == Fold([.. events.Reverse()]) && Fold(events) == Fold([.. events.OrderBy(e => e.Effect)]));

    [Fact]
    public void Taking_an_event_away_and_back_gives_the_same() => Holds(events =>
        events.Length == 0 || Fold([.. events.Skip(1), events[0]]) == Fold(events));

    [Fact]
    public void It_is_the_table_applied_in_the_order_of_dates() => Holds(events =>
        Fold(events).Status == events.OrderBy(e => e.At).ThenBy(e => e.RecordedAt).ThenBy(e => e.Id).Aggregate(ContactStatus.Lead, (s, e) => StatusRules.Next(s, e.Effect)));

    [Fact]
    public void Once_a_sale_stands_the_contact_is_a_client() => Holds(events =>
        !events.Any(e => e.Effect == StatusEffect.Sale) || Fold(events).Status == ContactStatus.Client);

    [Fact]
    public void The_reason_is_the_event_that_made_the_status() => Holds(events =>
    {
        var outcome = Fold(events);
        return outcome.Cause == Created ? outcome is { Status: ContactStatus.Lead } && outcome.Since == Start : events.Any(e => e.Cause == outcome.Cause && e.At == outcome.Since);
    });

    [Fact]
    public void Moving_an_event_in_time_is_the_same_as_having_recorded_it_then() => Holds(events =>
    {
        if (events.Length == 0) return true;
        var moved = events[0] with { At = events[0].At.AddDays(-40) };
        return Fold([moved, .. events.Skip(1)]) == Fold([.. events.Skip(1), moved]);
    });

    [Fact]
    public void After_a_change_by_hand_only_what_took_place_later_counts() => Holds(events =>
    {
        var at = Start.AddDays(10);
        var later = events.Where(e => e.At > at || (e.At == at && e.RecordedAt > at)).ToArray();
        return StatusRules.Fold(ContactStatus.DeadProspect, at, new StatusCause("manual"), events, at) == StatusRules.Fold(ContactStatus.DeadProspect, at, new StatusCause("manual"), later);
    });

    [Fact]
    public void A_locked_status_stays() => Holds(events =>
    {
        var contact = new Contact { Status = ContactStatus.DeadLead, StatusSince = Start, StatusLocked = true, StatusCauseJson = Created.ToString() };
        return StatusReplay.Fold(contact, events) is { Status: ContactStatus.DeadLead } outcome && outcome.Since == Start;
    });

    [Fact]
    public void Wrong_details_of_a_client_are_flagged_until_reached_again_or_looked_at()
    {
        StatusEvent sale = Event(1, 1, StatusEffect.Sale), wrong = Event(2, 2, StatusEffect.WrongDetails), call = Event(3, 3, StatusEffect.Engagement);
        Assert.True(Fold([sale, wrong]).DetailsToCheck);
        Assert.False(Fold([sale, wrong, call]).DetailsToCheck);
        Assert.False(StatusRules.Fold(ContactStatus.Lead, Start, Created, [sale, wrong], checkedAt: wrong.RecordedAt.AddSeconds(1)).DetailsToCheck);
        Assert.True(StatusRules.Fold(ContactStatus.Lead, Start, Created, [sale, wrong], checkedAt: wrong.RecordedAt.AddSeconds(-1)).DetailsToCheck);
    }

    private static void Holds(Func<StatusEvent[], bool> property)
    {
        var events = ArbMap.Default.GeneratorFor<(int Day, int Recorded, int Effect)[]>().Select(all => all.Select((e, i) => Event(i + 1, Math.Abs(e.Day % 20), (StatusEffect)Math.Abs(e.Effect % 6), Math.Abs(e.Recorded % 30))).ToArray());
        Check.QuickThrowOnFailure(Prop.ForAll(events.ToArbitrary(), property));
    }

    private static StatusOutcome Fold(StatusEvent[] events) => StatusRules.Fold(ContactStatus.Lead, Start, Created, events);

    private static StatusEvent Event(long id, int day, StatusEffect effect, int recorded = 0) => new(Start.AddDays(day), Start.AddDays(day + recorded), id, effect, new StatusCause("activity", id));
}

using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Api;

/// <summary>What follows a sale for the person's company, or the company's persons.</summary>
public enum AfterSaleChoice
{
    /// <summary>Pages ask; a program asks by itself and then posts to related-clients.</summary>
    Ask = 1,
    /// <summary>They become clients at once.</summary>
    Always = 2,
    /// <summary>Nothing.</summary>
    Never = 3,
}

/// <summary>The setting.</summary>
public sealed class AfterSaleSetting
{
    /// <summary>What the organisation chose.</summary>
    public AfterSaleChoice Choice { get; set; }
}

/// <summary>/api/v1/settings/after-sale and contacts/{id}/related-clients</summary>
internal static class AfterSaleApi
{
    public static void Map(RouteGroupBuilder api, RouteGroupBuilder contacts)
    {
        var setting = api.MapGroup("/settings/after-sale").WithTags("settings");
        setting.MapGet("", ShowAsync).Permission("contacts.view").Gives<AfterSaleSetting>("getAfterSale");
        setting.MapPut("", ChooseAsync).Permission("contacts.configure").Changes<AfterSaleSetting, AfterSaleSetting>("setAfterSale");
        contacts.MapPost("/{id:long}/related-clients", MarkAsync).Permission("contacts.edit").Permission("contacts.view").Gives<EffectsReply>("markRelatedClients").WithETag(false);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, RelatedContacts related, CancellationToken cancel)
    {
        var choice = await related.ChoiceAsync(cancel);
        return Answers.Tagged(http, new AfterSaleSetting { Choice = Enum.Parse<AfterSaleChoice>(choice, ignoreCase: true) }, choice);
    }

    private static async Task<IResult> ChooseAsync(HttpContext http, RelatedContacts related, CancellationToken cancel)
    {
        var wanted = await ApiJson.ReadAsync<AfterSaleSetting>(http.Request, cancel);
        if (wanted.Choice == default) throw new BadFieldException("choice", "api.error.badValue", "choice");
        return await related.ChooseAsync(ContactFilter.Word(wanted.Choice), now => Answers.MatchesTag(http, now), cancel) ? await ShowAsync(http, related, cancel) : Answers.Stale(http);
    }

    private static Task<IResult> MarkAsync(HttpContext http, long id, LiaisonDb db, RelatedContacts related, StatusTexts words, CancellationToken cancel) => db.AgainAsync(async () =>
    {
        var contact = await db.Contacts().Include(c => c.Responsibles).FirstOrDefaultAsync(c => c.Id == id, cancel);
        if (contact is null) return Answers.Missing(http);
        return db.MayEdit(contact) ? Answers.Json(new EffectsReply(Effect.Of(words, await related.MarkAsync(contact, cancel)))) : Answers.Forbidden(http);
    });
}

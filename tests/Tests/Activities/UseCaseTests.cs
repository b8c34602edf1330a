using Liaison.Tests.Harness;
using static Liaison.Contacts.Lifecycle.ContactStatus;

namespace Liaison.Tests.Activities;

/// <summary>The cases the product was asked for.</summary>
public sealed class UseCaseTests(LiaisonServer server) : ActivityHttp(server)
{
    [Fact]
    public async Task Marie_Dupont_becomes_a_prospect_by_a_presentation_and_a_client_by_a_sale()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Marie", "Dupont");
        await RecordAsync(anna, id, "email", details: "Présentation de notre produit");
        Assert.Equal(Prospect, await StatusAsync(id));
        Assert.Contains("Marie Dupont passe de Lead à Prospect", (await anna.GetAsync($"/contacts/{id}")).Text, StringComparison.Ordinal);

        var presentation = (await ActivitiesAsync(id)).Single();
        var answer = (await anna.GetAsync($"/activities/{presentation.Id}/responses/new")).Form("form.response-form").Fill("Answer.Text", "Pouvez-vous me faire un devis ?");
        (await answer.SubmitAsync(follow: false)).Expect(303);
        await RecordAsync(anna, id, "quoteSent", details: "Devis pour 40 pièces");
        Assert.Equal(Prospect, await StatusAsync(id));

        await RecordAsync(anna, id, "sale", details: "Devis accepté");
        Assert.Equal(Client, await StatusAsync(id));
        var page = (await anna.GetAsync($"/contacts/{id}")).Expect(200);
        Assert.Contains("passe de Prospect à Client : une vente a été enregistrée", page.Text, StringComparison.Ordinal);
        var story = page.Find("ol.timeline").TextContent;
        foreach (var told in new[] { "E-mail envoyé", "Présentation de notre produit", "Pouvez-vous me faire un devis ?", "Devis envoyé", "Vente", "Client" }) Assert.Contains(told, story, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paul_Martin_stays_a_prospect_through_follow_ups_and_his_call()
    {
        var anna = As(Cast.Anna);
        var id = await ContactAsync("Paul", "Martin", Prospect);
        await RecordAsync(anna, id, "email", details: "Informations supplémentaires");
        await RecordAsync(anna, id, "email", details: "Relance");
        await RecordAsync(anna, id, "call", "reached", "inbound", details: "Demande un appel");
        Assert.Equal(Prospect, await StatusAsync(id));
        Assert.Equal(3, (await anna.GetAsync($"/contacts/{id}?kind=action")).Expect(200).All("ol.timeline > li").Count);
    }

    [Fact]
    public async Task A_lead_becomes_a_prospect_by_a_discussion_and_a_dead_lead_by_wrong_details()
    {
        var anna = As(Cast.Anna);
        var (talked, wrong) = (await ContactAsync("Discussion", "Engagée"), await ContactAsync("Fausses", "Coordonnées"));
        await RecordAsync(anna, talked, "call", "reached");
        await RecordAsync(anna, wrong, "call", "wrongDetails");
        Assert.Equal((Prospect, DeadLead), (await StatusAsync(talked), await StatusAsync(wrong)));
        Assert.Contains("Fausses Coordonnées passe de Lead à Lead mort : les coordonnées sont fausses", (await anna.GetAsync($"/contacts/{wrong}")).Text, StringComparison.Ordinal);
    }
}

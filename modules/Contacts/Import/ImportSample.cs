using Liaison.Exchange.Reading;
using Liaison.Kernel.Texts;

namespace Liaison.Contacts.Import;

/// <summary>A small file that shows how contacts can be written down: a person, their company and a person with hardly anything.</summary>
internal static class ImportSample
{
    private static readonly string[] Fields =
        ["kind", "firstName", "lastName", "companyName", "jobTitle", "email.work", "phone.mobile", "address.office.street", "address.office.zip", "address.office.city", "address.office.country", "website.work", "type", "tags", "description"];

    public static IReadOnlyList<IReadOnlyList<string>> Rows(string language, Localizer texts)
    {
        var (person, company) = (texts["export.person"], texts["export.company"]);
        return
        [
            [.. Fields.Select(f => ImportFields.Label(f, language))],
            [company, "", "", texts["import.sample.company"], "", "contact@atelier.example", "", texts["import.sample.street"], texts["import.sample.zip"], texts["import.sample.city"], texts["import.sample.country"], "https://atelier.example", texts["contactType.client"], texts["import.sample.tag"], ""],
            [person, texts["import.sample.first"], texts["import.sample.last"], texts["import.sample.company"], texts["import.sample.job"], "marie@atelier.example", "+33 6 12 34 56 78", "", "", "", "", "", texts["contactType.client"], texts["import.sample.tag"], texts["import.sample.note"]],
            [person, "", "Dubois", "", "", "dubois@courriel.example", "", "", "", "", "", "", "", "", ""],
        ];
    }
}

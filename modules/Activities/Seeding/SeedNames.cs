using System.Globalization;
using Liaison.Contacts;

namespace Liaison.Activities.Seeding;

/// <summary>Names, cities and sentences of the trial base. One contact in 997 is called Quandorf, so that a search has something rare to find.</summary>
internal static class SeedNames
{
    private static readonly string[] Firsts = "Marie Paul Linh Anaïs Ousmane Hélène Inès Étienne Jeanne Emre Manon Louis Camille Théo Sarah Nicolas Léa Hugo Chloé Arthur Émilie Jules Zoé Maël Nadia Karim Sofia Yann Élise Gaël Noé Alice Bruno Claire Denis Fatou Guy Irène Joël Kenza".Split(' ');
    private static readonly string[] Lasts = "Dupont Martin Nguyen Lefèvre Ba Moreau Garcia Roux Petit Kaya Olivier Bernard Laurent Thomas Robert Richard Durand Dubois Simon Michel Leroy David Bertrand Morel Girard Bonnet François Mercier Blanc Guérin Faure Rousseau Muller Henry Perrin Gauthier Marchand Noël Lambert Chevalier Renard Fontaine Vidal Picard Barbier Giraud Colin Aubert Rey Meyer".Split(' ');
    private static readonly string[] Cities = "Paris Lyon Marseille Toulouse Nice Nantes Montpellier Strasbourg Bordeaux Lille Rennes Reims Toulon Grenoble Dijon Angers Nîmes Annecy Besançon Limoges Metz Brest Rouen Mulhouse Caen Tours Amiens Perpignan Orléans Avignon".Split(' ');
    private static readonly string[] Trades = "Atelier Menuiserie Papeterie Boulangerie Transports Conseil Studio Cave Fleurs Imprimerie Garage Librairie Pharmacie Hôtel Traiteur Électricité Plomberie Architecture Textile Informatique".Split(' ');
    private static readonly string[] Jobs = "Acheteuse|Directeur des achats|Gérante|Responsable commercial|Assistante|Comptable|Directrice technique|Chargé d’affaires".Split('|');
    private static readonly string[] Sentences =
    [
        "A bien reçu la présentation, demande un devis pour 40 pièces avant la fin du mois.", "Préfère être rappelé le matin avant 10 h.", "Attend l’avis de son associé.",
        "Intéressée par la gamme 2027, souhaite un échantillon.", "Pas disponible avant jeudi, chantier en cours.", "Question sur les délais de livraison.", "Merci pour l’échange au salon.",
    ];

    public static string First(int n) => Firsts[n % Firsts.Length];
    public static string Last(int n) => n % 997 == 77 ? "Quandorf" : Lasts[n / 3 % Lasts.Length] + (n % 11 == 0 ? "-" + Lasts[n / 7 % Lasts.Length] : "");
    public static string Sentence(int n) => Sentences[n % Sentences.Length];

    public static Contact Company(int n)
    {
        var name = CompanyName(n);
        var domain = string.Create(CultureInfo.InvariantCulture, $"firm{n}.example");
        var company = new Contact { Kind = ContactKind.Company, CompanyName = name, Industry = Trades[n % Trades.Length] };
        company.Points.Add(Point(PointKind.Email, "work", "contact@" + domain, 0));
        company.Points.Add(Point(PointKind.Phone, "work", Phone("4", n), 1));
        company.Points.Add(Point(PointKind.Website, "work", "https://" + domain, 2));
        company.Addresses.Add(Address(n));
        return company;
    }

    public static Contact Person(int n, long companyId, int company)
    {
        var person = new Contact { Kind = ContactKind.Person, FirstName = First(n * 7), LastName = Last(n), JobTitle = Jobs[n % Jobs.Length] };
        if (n % 4 != 0) (person.CompanyId, person.CompanyName) = (companyId, CompanyName(company));
        person.Points.Add(Point(PointKind.Email, "work", string.Create(CultureInfo.InvariantCulture, $"person{n}@firm{company}.example"), 0));
        person.Points.Add(Point(PointKind.Phone, "mobile", Phone("6", n), 1));
        person.Addresses.Add(Address(n));
        return person;
    }

    private static string CompanyName(int n) => string.Create(CultureInfo.InvariantCulture, $"{Trades[n % Trades.Length]} {Lasts[n / 20 % Lasts.Length]} {n}");

    private static string Phone(string kind, int n)
    {
        var digits = (n * 7919L % 100_000_000).ToString("00000000", CultureInfo.InvariantCulture);
        return $"+33 {kind} {digits[..2]} {digits[2..4]} {digits[4..6]} {digits[6..]}";
    }

    private static ContactPoint Point(PointKind kind, string category, string value, int position) =>
        new() { Kind = kind, Category = category, Value = value, Normal = ContactPoint.NormalOf(kind, value), IsPrimary = true, Position = position };

    private static ContactAddress Address(int n) => new()
    {
        Category = "office", Street = string.Create(CultureInfo.InvariantCulture, $"{1 + (n % 180)} rue {Lasts[n / 5 % Lasts.Length]}"), Zip = (10000 + (n * 13 % 85000)).ToString(CultureInfo.InvariantCulture),
        City = Cities[n % Cities.Length], Country = "France", IsPrimary = true,
    };
}

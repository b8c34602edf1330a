using System.Collections.Frozen;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Import;

/// <summary>How files write currencies: by code, by sign or by name, in English, French and the currency's own language.</summary>
internal static class CurrencyWords
{
    private static readonly FrozenDictionary<string, string> Words = new (string Code, string Words)[]
    {
        ("EUR", "€|euro|euros|eur€|€uro"),
        ("USD", "$|us$|usd$|$us|dollar|dollars|us dollar|us dollars|u.s. dollar|u.s. dollars|american dollar|united states dollar|dollar us|dollars us|dollar americain|dollars americains|dollar des etats-unis"),
        ("GBP", "£|pound|pounds|pound sterling|pounds sterling|british pound|british pounds|sterling|livre|livres|livre sterling|livres sterling"),
        ("CHF", "fr.|sfr|sfr.|swiss franc|swiss francs|franc suisse|francs suisses|schweizer franken|franken"),
        ("CAD", "ca$|can$|c$|cad$|$ca|$can|$ cad|canadian dollar|canadian dollars|dollar canadien|dollars canadiens"),
        ("AUD", "a$|au$|aud$|australian dollar|australian dollars|dollar australien|dollars australiens"),
        ("JPY", "yen|yens|jp¥|japanese yen|yen japonais"),
        ("CNY", "yuan|yuans|rmb|renminbi|cn¥|chinese yuan|yuan chinois"),
        ("INR", "₹|indian rupee|indian rupees|roupie indienne|roupies indiennes"), ("PLN", "zl|zloty|zlotys"), ("CZK", "kc|czech koruna|couronne tcheque"),
        ("SEK", "swedish krona|couronne suedoise|svensk krona"), ("NOK", "norwegian krone|couronne norvegienne|norsk krone"), ("DKK", "danish krone|couronne danoise|dansk krone"),
        ("HUF", "forint|forints"), ("RON", "leu|lei"), ("BGN", "lev|leva"), ("UAH", "₴|hryvnia"), ("RUB", "₽|ruble|rubles|rouble|roubles"), ("TRY", "₺|turkish lira|livre turque"),
        ("ILS", "₪|shekel|shekels"), ("KRW", "₩|won"), ("THB", "฿|baht"), ("BRL", "r$|real|reais"), ("MXN", "mx$|mexican peso|peso mexicain"), ("NZD", "nz$|new zealand dollar|dollar neo-zelandais"),
        ("SGD", "s$|singapore dollar|dollar de singapour"), ("HKD", "hk$|hong kong dollar|dollar de hong kong"), ("ZAR", "rand|rands"), ("MAD", "dirham marocain|moroccan dirham"),
        ("TND", "dinar tunisien|tunisian dinar"), ("DZD", "dinar algerien|algerian dinar"), ("XOF", "franc cfa|francs cfa|fcfa|f cfa"), ("XPF", "franc cfp|francs cfp"),
    }.SelectMany(c => c.Words.Split('|').Select(w => (Word: w, c.Code))).ToFrozenDictionary(w => w.Word, w => w.Code, StringComparer.Ordinal);

    /// <summary>The code of the currency; null for what is none, or not one alone.</summary>
    public static string? Read(string text)
    {
        string upper = text.Trim().ToUpperInvariant();
        if (Currencies.IsKnown(upper)) return upper;
        string word = SearchText.Fold(text);
        if (Words.TryGetValue(word, out var code)) return code;
        // "EUR - Euro", "US Dollar (USD)"
        string[] codes = [.. upper.Split([' ', '(', ')', '-', '–', '/', ',', ':', '[', ']', '€', '$', '£'], StringSplitOptions.RemoveEmptyEntries).Where(Currencies.IsKnown).Distinct()];
        return codes.Length == 1 ? codes[0] : null;
    }
}

namespace Liaison.Exchange.Reading;

/// <summary>The main one of several e-mails, phones, websites or profiles.</summary>
internal static class MainValues
{
    /// <summary>The one that is marked, or the first; one that fits before one that does not: nobody is called by fax.</summary>
    public static void Settle(List<ImportedValue> list, string? unfit = null)
    {
        if (list.Count == 0) return;
        int first = Math.Max(0, list.FindIndex(v => v.Primary));
        if (list[first].Category == unfit) first = First(list, unfit, true) is >= 0 and var marked ? marked : Math.Max(0, First(list, unfit, false));
        for (int i = 0; i < list.Count; i++) list[i].Primary = i == first;
    }

    private static int First(List<ImportedValue> list, string unfit, bool marked) => list.FindIndex(v => v.Category != unfit && (v.Primary || !marked));
}

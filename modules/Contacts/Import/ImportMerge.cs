namespace Liaison.Contacts.Import;

/// <summary>Merges a row into a contact that exists: what the row has replaces or is added, what it has not stays.</summary>
internal static class ImportMerge
{
    /// <summary>The contact as it will be; a type of the whole file only fills an empty one.</summary>
    public static ContactInput Into(ContactInput before, ContactInput row, bool hasTypeOfFile)
    {
        var after = new ContactInput();
        Replace(after, before);
        after.FirstName = row.FirstName ?? after.FirstName;
        after.LastName = row.LastName ?? after.LastName;
        after.JobTitle = row.JobTitle ?? after.JobTitle;
        after.Industry = row.Industry ?? after.Industry;
        after.Type = hasTypeOfFile ? after.Type ?? row.Type : row.Type ?? after.Type;
        after.Temperature = row.Temperature ?? after.Temperature;
        after.Currency = row.Currency ?? after.Currency;
        after.Description = row.Description ?? after.Description;
        if (row.CompanyName is not null && Kernel.Data.SearchText.Fold(row.CompanyName) != Kernel.Data.SearchText.Fold(after.CompanyName))
        {
            after.CompanyName = row.CompanyName;
            after.CompanyId = row.CompanyId;
        }
        else if (row.CompanyId is not null) after.CompanyId = row.CompanyId;
        Add(after.Emails, row.Emails, PointKind.Email);
        Add(after.Phones, row.Phones, PointKind.Phone);
        Add(after.Websites, row.Websites, PointKind.Website);
        Add(after.Socials, row.Socials, PointKind.Social);
        AddressMerge.Into(after.Addresses, row.Addresses);
        after.Tags = [.. after.Tags.Concat(row.Tags).DistinctBy(Kernel.Data.SearchText.Fold).Order(StringComparer.Ordinal)];
        return after;
    }

    /// <summary>Makes <paramref name="target"/> equal to <paramref name="source"/>, with own lists.</summary>
    public static void Replace(ContactInput target, ContactInput source)
    {
        (target.Kind, target.FirstName, target.LastName, target.JobTitle, target.CompanyId, target.CompanyName, target.Industry) =
            (source.Kind, source.FirstName, source.LastName, source.JobTitle, source.CompanyId, source.CompanyName, source.Industry);
        (target.Type, target.Temperature, target.Access, target.Currency, target.Description) = (source.Type, source.Temperature, source.Access, source.Currency, source.Description);
        (target.Emails, target.Phones, target.Websites, target.Socials) = ([.. source.Emails], [.. source.Phones], [.. source.Websites], [.. source.Socials]);
        target.Addresses = [.. source.Addresses.Select(a => new AddressInput { Category = a.Category, Street = a.Street, City = a.City, State = a.State, Zip = a.Zip, Country = a.Country, Primary = a.Primary })];
        (target.Tags, target.Responsibles) = ([.. source.Tags], [.. source.Responsibles]);
    }

    private static void Add(List<PointInput> points, List<PointInput> more, PointKind kind)
    {
        var none = points.Count == 0;
        foreach (var point in more)
        {
            var normal = ContactPoint.NormalOf(kind, point.Value);
            if (points.Exists(p => string.Equals(p.Value, point.Value, StringComparison.OrdinalIgnoreCase) || (normal.Length > 0 && ContactPoint.NormalOf(kind, p.Value) == normal))) continue;
            points.Add(new PointInput { Value = point.Value, Category = point.Category, Primary = none && point.Primary });
        }
        if (points.Count > 0 && !points.Exists(p => p.Primary)) points[0].Primary = true;
    }
}

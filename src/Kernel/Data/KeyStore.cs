using System.Xml.Linq;
using Liaison.Kernel.Access;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Kernel.Data;

/// <summary>Keeps the keys that protect cookies and form tokens in the database: sessions survive a restart and hold on every instance.</summary>
public sealed class KeyStore(Databases databases) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.Open(Viewer.System);
        return [.. db.Set<DataProtectionKey>().AsNoTracking().Select(k => k.Xml).ToList().Select(x => XElement.Parse(x))];
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.Open(Viewer.System);
        var xml = element.ToString(SaveOptions.DisableFormatting);
        db.Database.ExecuteSql($"INSERT INTO data_protection_key (name, xml) VALUES ({friendlyName}, {xml})");
    }
}

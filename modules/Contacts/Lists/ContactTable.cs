using System.Globalization;
using System.Text.Encodings.Web;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Html;

namespace Liaison.Contacts.Lists;

/// <summary>The rows of the list, written straight to the answer: this is the page that is opened most.</summary>
public sealed class ContactTable(IReadOnlyList<ContactRow> rows, IReadOnlyList<ListColumn> columns, ListLook look, bool ticks) : IHtmlContent
{
    private readonly bool _hasCompany = columns.Any(c => c.Key == "company");

    /// <summary>A name as lists sort it: "Dupont Marie".</summary>
    public static string NameOf(ContactRow row) =>
        row.Kind == ContactKind.Person && row.FirstName.Length > 0 && row.LastName.Length > 0 ? row.LastName + " " + row.FirstName : row.Name;

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        foreach (var row in rows)
        {
            var id = row.Id.ToString(CultureInfo.InvariantCulture);
            var name = NameOf(row);
            writer.Write("<tr id=\"contact-");
            writer.Write(id);
            writer.Write("\">");
            if (ticks)
            {
                writer.Write("<td class=\"tick-cell\"><label><input type=\"checkbox\" name=\"ids\" value=\"");
                writer.Write(id);
                writer.Write("\" aria-label=\"");
                encoder.Encode(writer, look.Tick);
                encoder.Encode(writer, name);
                writer.Write("\"></label></td>");
            }
            foreach (var column in columns) Cell(writer, encoder, column, row, id, name);
            writer.Write("</tr>\n");
        }
    }

    private void Cell(TextWriter writer, HtmlEncoder encoder, ListColumn column, ContactRow row, string id, string name)
    {
        if (column.Key == "name") { Name(writer, encoder, row, id, name); return; }
        writer.Write(column.OnPhone ? "<td>" : "<td class=\"hide-s\">");
        if (column.Slot is { } slot) slot.Cell(row).WriteTo(writer, encoder);
        else switch (column.Key)
        {
            case "company": Company(writer, encoder, row); break;
            case "jobTitle": encoder.Encode(writer, row.JobTitle); break;
            case "status": look.Badge(row.Status).WriteTo(writer, encoder); break;
            case "lastAction": if (row.HasActivity) look.When(row.LastActivityAt).WriteTo(writer, encoder); break;
            case "tags": Tags(writer, encoder, row); break;
            case "responsible": foreach (var user in row.Responsibles) look.Person(user).WriteTo(writer, encoder); break;
            case "email": Link(writer, encoder, "mailto:", row.PrimaryEmail); break;
            case "phone": Link(writer, encoder, "tel:", row.PrimaryPhone); break;
            case "city": encoder.Encode(writer, row.City); break;
            case "type": encoder.Encode(writer, look.Type(row.TypeId)); break;
            case "temperature": encoder.Encode(writer, look.Temperature(row.TemperatureId)); break;
            case "createdAt": look.When(row.CreatedAt).WriteTo(writer, encoder); break;
        }
        writer.Write("</td>");
    }

    private void Name(TextWriter writer, HtmlEncoder encoder, ContactRow row, string id, string name)
    {
        writer.Write("<td class=\"name\"><a href=\"/contacts/");
        writer.Write(id);
        writer.Write("\" data-open>");
        if (row.Kind == ContactKind.Company) look.Company.WriteTo(writer, encoder);
        encoder.Encode(writer, name);
        if (row.Access != ContactAccess.Private) look.Shared(row.Access).WriteTo(writer, encoder);
        writer.Write("</a>");
        // A phone has no room for its column.
        if (_hasCompany && row.Kind == ContactKind.Person && row.CompanyName.Length > 0)
        {
            writer.Write("<span class=\"show-s block clip quiet small\">");
            encoder.Encode(writer, row.CompanyName);
            writer.Write("</span>");
        }
        writer.Write("</td>");
    }

    private static void Company(TextWriter writer, HtmlEncoder encoder, ContactRow row)
    {
        if (row.Kind == ContactKind.Company) return;
        if (row.CompanyId is not { } company) { encoder.Encode(writer, row.CompanyName); return; }
        writer.Write("<a href=\"/contacts/");
        writer.Write(company.ToString(CultureInfo.InvariantCulture));
        writer.Write("\">");
        encoder.Encode(writer, row.CompanyName);
        writer.Write("</a>");
    }

    private static void Tags(TextWriter writer, HtmlEncoder encoder, ContactRow row)
    {
        if (row.Tags.Count == 0) return;
        var shown = row.Tags.Count > 1 && row.Tags[0].Length + row.Tags[1].Length > 14 ? 1 : 2;
        writer.Write("<span class=\"tags\">");
        for (var i = 0; i < row.Tags.Count && i < shown; i++) Ui.Tag(row.Tags[i]).WriteTo(writer, encoder);
        if (row.Tags.Count > shown)
        {
            writer.Write("<span class=\"tag\" title=\"");
            encoder.Encode(writer, string.Join(", ", row.Tags.Skip(shown)));
            writer.Write("\">+");
            writer.Write(row.Tags.Count - shown);
            writer.Write("</span>");
        }
        writer.Write("</span>");
    }

    private static void Link(TextWriter writer, HtmlEncoder encoder, string scheme, string value)
    {
        if (value.Length == 0) return;
        writer.Write("<a href=\"");
        writer.Write(scheme);
        encoder.Encode(writer, scheme == "tel:" ? new string([.. value.Where(c => char.IsAsciiDigit(c) || c == '+')]) : value);
        writer.Write("\">");
        encoder.Encode(writer, value);
        writer.Write("</a>");
    }
}

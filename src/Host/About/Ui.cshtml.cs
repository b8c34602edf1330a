using System.ComponentModel.DataAnnotations;
using Liaison.Kernel.Access;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Liaison.Host.About;

/// <summary>GET /about/ui: every part of the interface in all its states, for developers.</summary>
[AllowAnonymous]
public sealed class UiModel(Configuration configuration, CurrentViewer current) : PageModel
{
    /// <summary>The form's values.</summary>
    [BindProperty]
    public Sample Input { get; set; } = new();

    /// <summary>A few choices.</summary>
    public IReadOnlyList<SelectListItem> Few { get; } = [new("Froid", "cold"), new("Chaud", "warm"), new("Très chaud", "hot")];

    /// <summary>Choices enough to be searched.</summary>
    public IReadOnlyList<SelectListItem> Many { get; } = [.. new[] { "Camille Laurent", "Théo Blanc", "Sarah Roche", "Inès Garcia", "Linh Nguyen", "Paul Martin", "Marie Dupont", "Emre Kaya", "Étienne Roux" }.Select((n, i) => new SelectListItem(n, $"{i + 1}"))];

    /// <summary>The page; with errors=1 as it looks after a refusal, with toast=1 with messages.</summary>
    public IActionResult OnGet(bool errors, bool toast)
    {
        if (!configuration.IsDevelopment) return NotFound();
        if (!current.Viewer.IsSomebody) current.Viewer = new Viewer { Name = "Camille Laurent", MayAll = true };
        if (errors)
        {
            ModelState.SetModelValue("Input.Email", "marie.dupont@", "marie.dupont@");
            ModelState.AddModelError("Input.Email", "Il manque la fin de l’adresse, par exemple « exemple.fr ».");
            ModelState.AddModelError("Input.LastName", "Indiquez un nom ou une entreprise.");
        }
        if (!toast) return Page();
        TempData.Say("Contact Marie Dupont supprimé.", "/about/ui");
        TempData.Complain("L’envoi a échoué : le serveur de messagerie ne répond pas.");
        return Page();
    }

    /// <summary>Refuses everything, to show how that looks.</summary>
    public IActionResult OnPost()
    {
        if (!configuration.IsDevelopment) return NotFound();
        var page = OnGet(errors: true, toast: false);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    /// <summary>Suggestions for the combobox.</summary>
    public IActionResult OnGetSuggest(string? q) => !configuration.IsDevelopment ? NotFound() :
        Content(string.Concat(Many.Where(m => m.Text.Contains(q ?? "", StringComparison.CurrentCultureIgnoreCase)).Select(m => $"<li role=\"option\" data-value=\"{m.Value}\">{Kernel.Ui.Ui.Encode(m.Text)}</li>")), "text/html");

    /// <summary>One property for each kind of control.</summary>
    public sealed class Sample
    {
        /// <summary>Text.</summary>
        [Display(Name = "Nom")] public string? LastName { get; set; } = "Dupont";
        /// <summary>E-mail.</summary>
        [Display(Name = "E-mail"), EmailAddress, DataType(DataType.EmailAddress), Required] public string? Email { get; set; } = "marie.dupont@vermeil.example";
        /// <summary>Number.</summary>
        [Display(Name = "Montant")] public decimal? Amount { get; set; } = 1234.5m;
        /// <summary>Day.</summary>
        [Display(Name = "Échéance")] public DateOnly? Due { get; set; } = new(2026, 11, 27);
        /// <summary>Moment.</summary>
        [Display(Name = "Date et heure")] public DateTime? At { get; set; } = new(2026, 11, 22, 9, 40, 0, DateTimeKind.Unspecified);
        /// <summary>Yes or no.</summary>
        [Display(Name = "Partager avec tous")] public bool Shared { get; set; } = true;
        /// <summary>One of few.</summary>
        [Display(Name = "Température")] public string? Temperature { get; set; } = "warm";
        /// <summary>One of many.</summary>
        [Display(Name = "Entreprise")] public string? Company { get; set; } = "Atelier Vermeil";
        /// <summary>Several of many.</summary>
        [Display(Name = "Responsables")] public List<long> Responsibles { get; set; } = [1, 3];
        /// <summary>Several, new ones too.</summary>
        [Display(Name = "Étiquettes")] public List<string> Tags { get; set; } = ["Salon 2026", "VIP"];
        /// <summary>Long text.</summary>
        [Display(Name = "Description"), DataType(DataType.MultilineText)] public string? Description { get; set; }
    }
}

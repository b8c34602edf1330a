using System.Globalization;
using Liaison.Exchange.Imports;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Exchange.Wizard;

/// <summary>/imports/{id}: columns, dry run, progress and result, as the import stands.</summary>
[Permission("contacts.import"), FormLimits(Fields = 8192)]
public sealed class ShowPage(Imports.Imports imports, ImportRows rows, WizardWords words, Localizer texts) : PageModel
{
    /// <summary>Records that can be browsed before the dry run.</summary>
    public const long MostRecords = 10_000;
    private const int MostColumns = 150;
    private const int PageSize = 50;
    private const int MostTag = 100;

    public Import Import { get; private set; } = null!;
    public ImportTarget Target { get; private set; } = null!;
    public FileShape Shape { get; private set; } = null!;
    public ImportOptions Options { get; private set; } = null!;
    public TargetChoices Choices { get; private set; } = null!;
    /// <summary>What status the new contacts will have.</summary>
    public string Become => Choices.Statuses.FirstOrDefault(s => s.Key == Options.Status).Value is { } status ? texts["imports.status.chosen", status] : texts["imports.leads"];
    /// <summary>Name of the company chosen for all persons.</summary>
    public string? CompanyName { get; private set; }
    public StartImport Start => imports.Start;
    public WizardWords Words => words;
    /// <summary>The frame that polls asked.</summary>
    public bool IsFrame => Request.Headers["Turbo-Frame"] == "progress";
    /// <summary>Whether only the part that looks again is asked for and what stands around it is out of date: it waited then and does not now.</summary>
    public bool HasBegun => IsFrame && IsBusy && !Waits && Request.Query.ContainsKey("waits");
    public bool ShowsColumns { get; private set; }
    public bool IsBusy => Import.State is ImportState.Checking or ImportState.Running or ImportState.Undoing;
    /// <summary>Another import is at work, this one follows.</summary>
    public bool Waits { get; private set; }
    /// <summary>1 file, 2 columns, 3 dry run, 4 run, 5 result.</summary>
    public int Step => ShowsColumns ? 2 : Import.State switch { ImportState.Mapping => 2, ImportState.Checking or ImportState.Checked => 3, ImportState.Running => 4, _ => 5 };

    public IReadOnlyList<ColumnView> Columns { get; private set; } = [];
    public int MoreColumns { get; private set; }
    public int Taken => Options.Mapping.Count(m => !WizardWords.IsLeftOut(m.Target));
    public ILookup<string, ImportChoice> FieldGroups { get; private set; } = null!;
    /// <summary>Headers of columns about status and actions.</summary>
    public IReadOnlyList<string> Ignored { get; private set; } = [];
    public string FileTag { get; private set; } = "";
    public long Record { get; private set; } = 1;
    public IReadOnlyList<ChangeText> Preview { get; private set; } = [];
    public IReadOnlyList<RowReason> PreviewMessages { get; private set; } = [];

    public string? Wanted { get; private set; }
    public Page<RowResult> Rows { get; private set; } = new([], null, null);
    public IReadOnlyList<KeptRecord> Kept { get; private set; } = [];

    /// <summary>What is to be told of the whole file.</summary>
    public IReadOnlyList<(RowReason Reason, long Rows)> Notices => rows.Notices(Import, Start);

    public bool IsOffered(string target) => FieldGroups.SelectMany(g => g).Any(f => f.Key == target);
    public string LabelOf(string target) => Target.LabelOf(target);

    public async Task<IActionResult> OnGetAsync(long id, [FromQuery] string? step, [FromQuery] string? result, [FromQuery] string? cursor, [FromQuery] long? record, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel)) return NotFound();
        ShowsColumns = Import.State == ImportState.Mapping || (Import.State == ImportState.Checked && step == "columns");
        if (ShowsColumns) await ColumnsAsync(record ?? 1, cancel);
        else if (IsBusy) Waits = (await Start.BehindOthersAsync(cancel)).Contains(Import.Id);
        else await ResultAsync(result, cursor, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostCheckAsync(long id, CancellationToken cancel) => ActAsync(id, cancel, then: () => Start.CheckAsync(Import, cancel));

    public Task<IActionResult> OnPostRunAsync(long id, CancellationToken cancel) => ActAsync(id, cancel, then: () => Start.RunAsync(Import, cancel));

    public Task<IActionResult> OnPostReadingAsync(long id, CancellationToken cancel) => ActAsync(id, cancel, reading: true);

    public Task<IActionResult> OnPostPreviewAsync(long id, [FromForm] long go, CancellationToken cancel) => ActAsync(id, cancel, url: string.Create(CultureInfo.InvariantCulture, $"/imports/{id}?step=columns&record={go}"));

    public Task<IActionResult> OnPostCancelAsync(long id, CancellationToken cancel) => VerbAsync(id, () => Start.CancelAsync(Import, cancel), cancel);

    public Task<IActionResult> OnPostResumeAsync(long id, CancellationToken cancel) => VerbAsync(id, () => Start.ResumeAsync(Import, cancel), cancel);

    public async Task<IActionResult> OnPostUndoAsync(long id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel)) return NotFound();
        if (Start.CanUndo(Import)) await Start.UndoAsync(Import, cancel);
        else if (Import.State is not (ImportState.Undoing or ImportState.Undone)) TempData.Complain(texts["imports.error.noUndo"]);
        return new SeeOther($"/imports/{id}");
    }

    private async Task<IActionResult> VerbAsync(long id, Func<Task> act, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel)) return NotFound();
        await act();
        return new SeeOther($"/imports/{id}");
    }

    private async Task<IActionResult> ActAsync(long id, CancellationToken cancel, Func<Task>? then = null, string? url = null, bool reading = false)
    {
        if (!await LoadAsync(id, cancel)) return NotFound();
        var form = await Request.ReadFormAsync(cancel);
        // Chosen and not read yet, it is read first: nobody tries or imports another sheet than the one that is named.
        if (then is not null && StartImport.CanSet(Import) && ReadsOtherwise(form))
            (then, reading, url) = (Say, true, string.Create(CultureInfo.InvariantCulture, $"/imports/{id}?step=columns"));
        var input = InputOf(form, reading);
        if (form.TryGetValue("CompanyName", out var company)) input.Company = await CompanyAsync(company.ToString().Trim(), form["Company"].ToString(), cancel);
        var problems = StartImport.CanSet(Import) ? await Start.SetAsync(Import, input, cancel) : new Problems();
        if (problems.Any)
        {
            problems.CopyTo(ModelState, texts, "");
            Response.StatusCode = 422;
            ShowsColumns = true;
            Options = input.ApplyTo(Options);
            CompanyName = form["CompanyName"];
            await ColumnsAsync(1, cancel);
            return Page();
        }
        if (then is not null) await then();
        return new SeeOther(url ?? $"/imports/{id}");
    }

    private bool ReadsOtherwise(IFormCollection form)
    {
        bool Differs(string name, string? now) => form.TryGetValue(name, out var chosen) && !string.Equals(chosen.ToString().Trim(), now?.Trim() ?? "", StringComparison.OrdinalIgnoreCase);
        return Differs("Sheet", Shape.SheetName) || Differs("Encoding", Shape.Encoding) || Differs("Delimiter", WizardWords.ValueOf(Shape.Delimiter))
            || Differs("Header", Shape.HasHeader ? "true" : "false") || Differs("HeaderRow", (Shape.Preamble + 1).ToString(CultureInfo.InvariantCulture));
    }

    private Task Say()
    {
        TempData.Say(texts["imports.reading.done"]);
        return Task.CompletedTask;
    }

    // The id counts while the name is that of its company; without script only the name is there.
    private async Task<long?> CompanyAsync(string name, string id, CancellationToken cancel)
    {
        if (name.Length == 0) return 0;
        if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) && await Target.CompanyAsync(chosen, cancel) == name) return chosen;
        return await Target.CompanyAsync(name, cancel) ?? -1;
    }

    // What the form does not hold stays: the short form of the dry run's result has only the tag.
    private ImportInput InputOf(IFormCollection form, bool reading)
    {
        string? One(string name) => form.TryGetValue(name, out var value) ? value.ToString() : null;
        var isWhole = form.ContainsKey("Duplicates");
        // The tick stands for the file's own tag, which the field beside it does not show: found there, it was typed.
        var tags = isWhole ? WordList.Split(One("Tags") ?? "") : form.ContainsKey("AskedTag") ? Options.Tags.Where(t => t != FileTag).ToList() : null;
        if (tags is not null && form["TagWithFile"] == "true" && !tags.Contains(FileTag)) tags.Add(FileTag);
        // Where the table of another sheet begins is not known yet.
        var isTable = reading && (One("Sheet") is not { } sheet || sheet == Shape.SheetName);
        return new ImportInput
        {
            Encoding = reading ? One("Encoding") : null, Delimiter = reading ? One("Delimiter") : null, Sheet = reading ? One("Sheet") : null, Header = isTable ? One("Header") is "true" : null,
            HeaderRow = isTable && One("HeaderRow") is { } row ? int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0 : null,
            Mapping = reading || !isWhole ? null : [.. Options.Mapping.Where(m => form.ContainsKey("t" + m.Column)).Select(m => new ColumnTarget(m.Column, form["t" + m.Column].ToString()))],
            Duplicates = One("Duplicates"), Access = One("Access"), Type = One("Type"), Status = One("Status"), DateOrder = One("DateOrder"), Tags = tags,
            MatchBy = isWhole ? [.. form["MatchBy"].OfType<string>()] : null,
            Responsibles = isWhole ? [.. form["Responsibles"].Select(r => long.TryParse(r, NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : -1)] : null,
        };
    }

    private async Task<bool> LoadAsync(long id, CancellationToken cancel)
    {
        if (await imports.FindAsync(id, cancel) is not var (import, target)) return false;
        (Import, Target, Shape, Options) = (import, target, StartImport.ShapeOf(import), StartImport.OptionsOf(import));
        Choices = await target.ChoicesAsync(cancel);
        CompanyName = Options.Company is { } company ? await target.CompanyAsync(company, cancel) : null;
        Ignored = [.. Options.Mapping.Where(m => m.Target.StartsWith(ImportFields.IgnoreStatus, StringComparison.Ordinal) || m.Target.StartsWith(ImportFields.IgnoreAction, StringComparison.Ordinal)).Select(m => m.Header)];
        FileTag = TagOf(import.FileName);
        return true;
    }

    private static string TagOf(string fileName)
    {
        var name = Path.GetFileNameWithoutExtension(fileName).Replace(',', ' ').Trim();
        if (name.Length == 0) name = fileName;
        return name.Length <= MostTag ? name : name[..(char.IsHighSurrogate(name[MostTag - 1]) ? MostTag - 1 : MostTag)].Trim();
    }

    private async Task ColumnsAsync(long record, CancellationToken cancel)
    {
        FieldGroups = Target.Fields.Where(f => f.Key == ImportFields.Ignore || !f.Key.StartsWith("ignore", StringComparison.Ordinal)).OrderBy(f => f.Group != "ignore").ToLookup(f => f.Group);
        await using var file = await Start.OpenAsync(Import, cancel);
        if (Shape.IsTable)
        {
            var sample = CsvRows.Sample(file, Shape).ToList();
            var shown = Options.Mapping.Where(m => m.Column < MostColumns || !WizardWords.IsLeftOut(m.Target)).ToList();
            MoreColumns = Options.Mapping.Count - shown.Count;
            Columns = [.. shown.Select(m => new ColumnView(m, [.. sample.Where(r => m.Column < r.Cells.Length).Select(r => r.Cells[m.Column].Trim()).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).Take(3).Select(c => c.Length > 60 ? c[..60] + "…" : c)]))];
        }
        Record = Math.Clamp(record, 1, Math.Max(1, Math.Min(Import.Rows, MostRecords)));
        if (Target.Read(file, Shape, Options.Mapping).Skip((int)Record - 1).FirstOrDefault() is not { } row) return;
        // What the rows that can be browsed say about each other.
        var memory = new Dictionary<string, object>(StringComparer.Ordinal);
        var count = (int)Math.Min(Import.Rows, MostRecords);
        Target.Survey(Target.ReadForSurvey(file, Shape, Options.Mapping).Take(count), count, memory);
        var (values, messages) = Target.Preview(row, Options.DateOrder ?? DateSigns.Order(file, Shape, Options.Mapping), memory);
        (Preview, PreviewMessages) = (values, [.. messages.Select(m => rows.Reason(m, Target))]);
    }

    private async Task ResultAsync(string? result, string? cursor, CancellationToken cancel)
    {
        Wanted = result is "created" or "updated" or "skipped" or "failed" ? result : null;
        ImportResult? one = Wanted is null ? null : Enum.Parse<ImportResult>(Wanted, true);
        if (Import.State != ImportState.Undone) Rows = await rows.PageAsync(Import, Target, one, Cursor.Parse(cursor), PageSize, cancel);
        if (Import.Kept == 0) return;
        (Kept, _) = await rows.KeptAsync(Import, 0, 200, cancel);
    }
}

/// <summary>A column of the file in the mapping step.</summary>
public sealed record ColumnView(ColumnMapping Mapping, IReadOnlyList<string> Samples)
{
    public bool IsIgnored => WizardWords.IsLeftOut(Mapping.Target);
}

using System.Text.Json.Nodes;
using Liaison.Exchange;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;

namespace Liaison.Tests.Faults;

/// <summary>When the next batches fail.</summary>
internal sealed class Faults
{
    public const string Message = "A fault put in by the test";
    private int _left, _after, _then;
    private bool _hasFailed;

    /// <summary>Each of the next tries fails, the first after so many batches, the others after <paramref name="thenAfter"/> or as many.</summary>
    public void FailAfter(int batches, int times, int? thenAfter = null) => (_left, _after, _then) = (times, batches, thenAfter ?? batches);

    /// <summary>How many rows each part had that was written.</summary>
    public List<int> Parts { get; } = [];

    /// <summary>What else happens while a part with so many rows is written.</summary>
    public Action<int>? Meanwhile { get; set; }

    internal void Begin() => _hasFailed = false;

    /// <summary>Whether the batch that is decided now is to fail when it is written; those decided after it cannot be done in the same try.</summary>
    internal bool Next()
    {
        if (_left == 0 || _hasFailed || _after-- > 0) return false;
        (_left, _after) = (_left - 1, _then);
        return _hasFailed = true;
    }

    internal void Write(int rows, bool fails)
    {
        lock (Parts)
        {
            Parts.Add(rows);
            Meanwhile?.Invoke(rows);
        }
        if (fails) throw new IOException(Message);
    }
}

/// <summary>The real target, which fails when told to.</summary>
internal sealed class FaultyTarget(ImportTarget inner, Faults faults) : ImportTarget
{
    public override string Key => inner.Key;
    public override string Permission => inner.Permission;
    public override IReadOnlyList<ImportChoice> Fields => inner.Fields;
    public override Task<IReadOnlyList<ColumnMapping>> SuggestAsync(IReadOnlyList<string> headers, IReadOnlyList<CsvRow> sample, CancellationToken cancel) => inner.SuggestAsync(headers, sample, cancel);
    public override Task<TargetChoices> ChoicesAsync(CancellationToken cancel) => inner.ChoicesAsync(cancel);
    public override bool Knows(string field) => inner.Knows(field);
    public override IEnumerable<ImportRow> Read(Stream file, FileShape shape, IReadOnlyList<ColumnMapping> mapping) => inner.Read(file, shape, mapping);
    public override void Survey(IEnumerable<ImportRow> rows, long count, Dictionary<string, object> memory) => inner.Survey(rows, count, memory);
    public override ImportRow Prepare(ImportRow row, ImportBatch whole) => inner.Prepare(row, whole);
    public override Task RememberAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel) => inner.RememberAsync(db, batch, cancel);
    public override Task LookUpAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel) => inner.LookUpAsync(db, batch, cancel);
    public override Task<ImportUndo?> UndoAsync(LiaisonDb db, long importId, string? place, int limit, CancellationToken cancel) => inner.UndoAsync(db, importId, place, limit, cancel);
    public override (IReadOnlyList<ChangeText> Values, IReadOnlyList<RowMessage> Messages) Preview(ImportRow row, string? dateOrder, IReadOnlyDictionary<string, object> memory) => inner.Preview(row, dateOrder, memory);
    public override IReadOnlyList<ChangeText> Describe(JsonNode changes) => inner.Describe(changes);
    public override string LabelOf(string field) => inner.LabelOf(field);
    public override string UrlOf(long recordId) => inner.UrlOf(recordId);
    public override string UrlOfCreated(long importId) => inner.UrlOfCreated(importId);

    public override Task BeginAsync(LiaisonDb db, ImportBatch whole, CancellationToken cancel)
    {
        faults.Begin();
        return inner.BeginAsync(db, whole, cancel);
    }

    public override async Task<ImportDecision> DecideAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel) => new Faulty(await inner.DecideAsync(db, batch, cancel), batch, faults, faults.Next());

    private sealed class Faulty(ImportDecision inner, ImportBatch batch, Faults faults, bool fails) : ImportDecision
    {
        public override bool IsApart => inner.IsApart;
        public override Task PlaceAsync(LiaisonDb db, CancellationToken cancel) => inner.PlaceAsync(db, cancel);
        public override IReadOnlyList<ImportOutcome> Outcomes() => inner.Outcomes();

        public override async Task WriteAsync(LiaisonDb db, CancellationToken cancel)
        {
            await inner.WriteAsync(db, cancel);
            faults.Write(batch.Rows.Count, fails);
        }
    }
}

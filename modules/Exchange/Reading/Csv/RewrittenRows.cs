namespace Liaison.Exchange.Reading;

/// <summary>A text that is read row by row as another one.</summary>
internal abstract class RewrittenRows(TextReader reader) : TextReader
{
    private string _ready = "";
    private int _at;

    /// <summary>What is rewritten.</summary>
    protected TextReader Source => reader;

    public override int Read(char[] buffer, int index, int count)
    {
        while (_at == _ready.Length)
        {
            if (Next() is not { } row) return 0;
            (_ready, _at) = (row, 0);
        }

        int length = Math.Min(count, _ready.Length - _at);
        _ready.CopyTo(_at, buffer, index, length);
        _at += length;
        return length;
    }

    /// <summary>The next row with its line end; null at the end.</summary>
    protected abstract string? Next();

    protected override void Dispose(bool disposing)
    {
        if (disposing) reader.Dispose();
        base.Dispose(disposing);
    }
}

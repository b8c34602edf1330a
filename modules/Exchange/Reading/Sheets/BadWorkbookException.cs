namespace Liaison.Exchange.Reading;

/// <summary>The workbook cannot be read, for a reason that has a text.</summary>
internal sealed class BadWorkbookException(FileProblemKind kind, Exception? inner = null) : Exception(kind.ToString(), inner)
{
    public FileProblemKind Kind => kind;
}

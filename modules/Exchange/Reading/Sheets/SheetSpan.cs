namespace Liaison.Exchange.Reading;

/// <summary>A sheet of a workbook, written out as text behind those before it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Where its text begins.</param>
/// <param name="Length">How long it is, in bytes.</param>
/// <param name="IsHidden">The spreadsheet program does not show it.</param>
/// <param name="HiddenRow">Number of the first row with text that the spreadsheet program does not show; 0 when it shows all.</param>
public sealed record SheetSpan(string Name, long Start, long Length, bool IsHidden, int HiddenRow);

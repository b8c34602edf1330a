using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>
/// The texts that the cells of a workbook share. There may be as many as cells, so they wait in a temporary file, sixteen to a group; cells mostly ask for
/// them in the order of the file, so the groups asked for last are kept.
/// </summary>
internal sealed class SharedStrings : IDisposable
{
    private const int GroupSize = 16;
    private const int Kept = 2048;
    private const int LargestKept = 8 * 1024;
    private const int MostTexts = 30_000_000;
    private const long MostBytes = 2L << 30;

    private readonly FileStream _file = TemporaryFile.Create();
    private readonly List<long> _groups = [0];
    private readonly (int Group, string[] Texts)[] _kept = new (int, string[])[Kept];
    private readonly MemoryStream _group = new();
    private byte[] _buffer = new byte[4096];
    private int _count;

    public void Dispose() => _file.Dispose();

    public void Add(string text)
    {
        if (++_count > MostTexts) throw new BadWorkbookException(FileProblemKind.WorkbookTooLarge);
        int length = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_buffer.Length < length) _buffer = new byte[length];
        length = Encoding.UTF8.GetBytes(text, _buffer);
        _group.Write(BitConverter.GetBytes(length));
        _group.Write(_buffer, 0, length);
        if (_count % GroupSize == 0) EndGroup();
    }

    /// <summary>No more are added from here on.</summary>
    public void Complete()
    {
        EndGroup();
        _file.Flush();
        Array.Fill(_kept, (-1, []));
    }

    /// <exception cref="BadWorkbookException">There is none of this number.</exception>
    public string this[int number]
    {
        get
        {
            if (number < 0 || number >= _count) throw new BadWorkbookException(FileProblemKind.WorkbookDamaged);
            int group = number / GroupSize;
            ref var kept = ref _kept[group % Kept];
            if (kept.Group == group) return kept.Texts[number % GroupSize];
            var texts = Read(group, out int bytes);
            if (bytes <= LargestKept) kept = (group, texts);
            return texts[number % GroupSize];
        }
    }

    private void EndGroup()
    {
        if (_group.Length == 0) return;
        _file.Write(_group.GetBuffer(), 0, (int)_group.Length);
        _group.SetLength(0);
        _groups.Add(_file.Position);
        if (_file.Position > MostBytes) throw new BadWorkbookException(FileProblemKind.WorkbookTooLarge);
    }

    private string[] Read(int group, out int bytes)
    {
        bytes = (int)(_groups[group + 1] - _groups[group]);
        if (_buffer.Length < bytes) _buffer = new byte[bytes];
        int read = 0;
        while (read < bytes && RandomAccess.Read(_file.SafeFileHandle, _buffer.AsSpan(read, bytes - read), _groups[group] + read) is > 0 and var more) read += more;
        var texts = new string[GroupSize];
        for (int i = 0, at = 0; i < GroupSize && at < bytes; i++)
        {
            int length = BitConverter.ToInt32(_buffer, at);
            texts[i] = Encoding.UTF8.GetString(_buffer, at + 4, length);
            at += 4 + length;
        }

        return texts;
    }
}

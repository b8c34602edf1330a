using Liaison.Kernel.Data;

namespace Liaison.Contacts.Import;

/// <summary>
/// The rows of a file by what they can be recognised by: 64-bit keys in open addressing, twelve bytes a slot, so that a million rows with
/// three keys each take some fifty megabytes.
/// </summary>
internal sealed class RowKeys
{
    private long[] _keys;
    private int[] _rows;
    private int _count;

    public RowKeys(long expected)
    {
        var size = 1024;
        while (size * 0.75 < expected && size < 1 << 28) size <<= 1;
        (_keys, _rows) = (new long[size], new int[size]);
    }

    /// <summary>The keys of a row: two rows of one file are the same when e-mail and name, phone and name, or name and company agree.</summary>
    public static List<long> Of(ImportDraft draft, IReadOnlyList<string> by)
    {
        // Liaison's own export says itself which rows are different contacts, however alike they are.
        if (draft.SourceId.Length > 0) return [Hash.Of('i', draft.SourceId)];
        var keys = new List<long>(draft.Emails.Length + draft.Phones.Length + 1);
        var (input, name) = (draft.Input, draft.NameKey);
        var bar = name.IndexOf('|', StringComparison.Ordinal);
        var person = bar < 0 ? name : name[..bar];
        if (by.Contains("email")) foreach (var email in draft.Emails) keys.Add(Hash.Of('e', email, person));
        if (by.Contains("phone")) foreach (var phone in draft.Phones) if (phone.Length >= ContactMatches.LeastPhone) keys.Add(Hash.Of('p', phone, person));
        if (by.Contains("name") && person.Length > 0)
        {
            var isPlain = input is { Kind: ContactKind.Person, CompanyName: not null };
            var (city, email) = isPlain ? ("", "") : (SearchText.Fold(input.Addresses.FirstOrDefault()?.City), input.Emails.FirstOrDefault()?.Value ?? "");
            keys.Add(Hash.Of(input.Kind == ContactKind.Company ? 'c' : 'n', name, city, email));
        }
        return keys;
    }

    /// <summary>The row that has the key; 0 for none.</summary>
    public long this[long key] => _rows[Slot(key)];

    /// <summary>Notes the row unless another has the key already.</summary>
    public void TryAdd(long key, long row)
    {
        var slot = Slot(key);
        if (_rows[slot] != 0) return;
        (_keys[slot], _rows[slot]) = (key, (int)Math.Min(row, int.MaxValue));
        if (++_count > _keys.Length * 0.8) Grow();
    }

    private int Slot(long key)
    {
        var mask = _keys.Length - 1;
        var slot = (int)(((ulong)key * 0x9E3779B97F4A7C15UL) >> 20) & mask;
        while (_rows[slot] != 0 && _keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var (keys, rows) = (_keys, _rows);
        (_keys, _rows, _count) = (new long[keys.Length * 2], new int[keys.Length * 2], 0);
        for (var i = 0; i < keys.Length; i++) if (rows[i] != 0) TryAdd(keys[i], rows[i]);
    }
}

namespace Liaison.Contacts.Lists;

/// <summary>A figure with when it was made; of all who find it old, one makes it anew.</summary>
internal sealed class Remembered<T>(T value, long generation, long at)
{
    private int _renewing;

    public T Value => value;
    public long Generation => generation;
    public long At => at;

    /// <summary>True for the first who asks.</summary>
    public bool Renew() => Interlocked.Exchange(ref _renewing, 1) == 0;
}

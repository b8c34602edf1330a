using System.Text;
using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

/// <summary>Cards whose lines are of any length, as a picture in one line is.</summary>
public class ReadingLongCardTests
{
    [Fact]
    public void A_picture_in_one_line_costs_no_memory_of_its_size()
    {
        using var file = new Repeated("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Roe\r\nPHOTO;ENCODING=b:", (byte)'A', 64 * 1024 * 1024, "\r\nTEL:+33 1\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Roe\r\nEND:VCARD\r\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var cards = VCards.Read(file, new FileShape { Format = FileFormat.VCard, Encoding = "utf-8" }).Select(RowReading.Read).ToList();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024 * 1024);
        Assert.Equal(["Ann", "Bo"], cards.ConvertAll(c => c.FirstName));
        Assert.Equal("+33 1", Assert.Single(cards[0].Phones).Value);
    }

    [Fact]
    public void A_note_in_a_line_that_is_too_long_is_refused_and_the_next_card_read()
    {
        var cards = ReadingFiles.Contacts($"BEGIN:VCARD\nVERSION:3.0\nFN:Ann Roe\nNOTE:{new string('a', 3_000_000)}\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Bo Roe\nEND:VCARD\n");
        Assert.Equal([1, 0], cards.ConvertAll(c => c.Problems.Count(p => p.Code == RowProblemCodes.TextTooLong)));
        Assert.Equal("Bo", cards[1].FirstName);
    }

    // The pieces in which a file is read end anywhere, also between CR and LF.
    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Lines_are_the_same_wherever_the_pieces_end(string end)
    {
        string[] lines = [.. Enumerable.Range(32_740, 60).Select(n => new string((char)('a' + (n % 26)), n)), "", "", "last"];
        foreach (var text in new[] { string.Join(end, lines), string.Join(end, lines) + end })
        {
            var (read, bounded) = (new BoundedLines(new StringReader(text), 1_000_000), new BoundedLines(new StringReader(text), 100));
            foreach (var line in lines)
            {
                Assert.Equal(line, read.Next());
                Assert.Equal(line.Length > 100 ? line[..100] : line, bounded.Next());
            }
            Assert.Null(read.Next());
            Assert.Null(bounded.Next());
        }
    }

    private sealed class Repeated(string head, byte fill, long count, string tail) : Stream
    {
        private readonly byte[] _head = Encoding.ASCII.GetBytes(head), _tail = Encoding.ASCII.GetBytes(tail);

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => _head.Length + count + _tail.Length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int length)
        {
            var end = Math.Min(Length, Position + length);
            var read = (int)(end - Position);
            for (; Position < end; Position++)
                buffer[offset++] = Position < _head.Length ? _head[Position] : Position < _head.Length + count ? fill : _tail[Position - _head.Length - count];
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };
        public override void Flush() { }
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int length) => throw new NotSupportedException();
    }
}

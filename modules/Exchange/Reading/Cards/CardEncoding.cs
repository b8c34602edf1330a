using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>The encoding of the values of a card file that name none: quoted-printable hides their bytes from whoever looks at those of the file.</summary>
internal static class CardEncoding
{
    private const int Most = 1024 * 1024;

    /// <summary>The shape with what the values of all cards together show.</summary>
    public static FileShape Settle(Stream stream, FileShape shape)
    {
        if (shape.HasBom || shape.Encoding.StartsWith("utf-16", StringComparison.Ordinal) || shape.Encoding.StartsWith("utf-32", StringComparison.Ordinal)) return shape;
        using var values = Values(stream);
        if (values.Length == 0) return shape;
        var guess = EncodingDetection.Detect(values);
        return guess.Problem is null && !guess.Name.StartsWith("utf-16", StringComparison.Ordinal) ? shape with { Encoding = guess.Name, Decoded = guess.Decoded } : shape;
    }

    private static MemoryStream Values(Stream stream)
    {
        if (stream.CanSeek) stream.Position = 0;
        using var reader = new StreamReader(stream, Encoding.Latin1, false, 64 * 1024, leaveOpen: true);
        var (lines, values) = (new VCardLines(reader), new MemoryStream());
        while (values.Length < Most && lines.Next() is { } line)
        {
            if (Ascii.IsValid(line) && !line.Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase)) continue;
            if (VCardProperty.Parse(line) is not { } property || property.Parameter("CHARSET") is { Length: > 0 }) continue;
            var bytes = VCardDecoding.Bytes(property);
            if (Ascii.IsValid(bytes)) continue;
            values.Write(bytes);
            values.WriteByte((byte)'\n');
        }

        return values;
    }
}

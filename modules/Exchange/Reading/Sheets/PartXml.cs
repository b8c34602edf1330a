using System.Text;
using System.Xml;

namespace Liaison.Exchange.Reading;

/// <summary>The XML of a part, element by element. Names count without their namespace, which differs between the editions of the format.</summary>
internal sealed class PartXml : IDisposable
{
    private const int Deepest = 100;
    private const int LongestText = 1_100_000;

    private readonly Stream _stream;
    private readonly XmlReader _xml;
    private readonly CancellationToken _cancel;
    private readonly char[] _piece = new char[4096];
    private readonly StringBuilder _text = new();

    public PartXml(Stream stream, CancellationToken cancel)
    {
        (_stream, _cancel) = (stream, cancel);
        if (stream is PartStream part) part.IsXml = true;
        _xml = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, NameTable = new FewNames(), IgnoreComments = true, IgnoreProcessingInstructions = true, CheckCharacters = false, CloseInput = true,
        });
    }

    public int Depth => _xml.Depth;
    public bool IsEmpty => _xml.IsEmptyElement;
    public string Name => _xml.LocalName;
    public bool IsElement => _xml.NodeType == XmlNodeType.Element;

    /// <summary>An attribute of the element, whatever its prefix; null when it has none.</summary>
    public string? this[string name]
    {
        get
        {
            string? value = null;
            for (bool more = _xml.MoveToFirstAttribute(); more && value is null; more = _xml.MoveToNextAttribute()) if (_xml.LocalName == name) value = _xml.Value;
            _xml.MoveToElement();
            return value;
        }
    }

    public void Dispose()
    {
        _xml.Dispose();
        _stream.Dispose();
    }

    /// <summary>Goes to the next node of any kind.</summary>
    public bool Read()
    {
        if (!_xml.Read()) return false;
        if (_xml.Depth > Deepest) throw new BadWorkbookException(FileProblemKind.WorkbookDamaged);
        return true;
    }

    /// <summary>Goes to the next element; false at the end.</summary>
    public bool NextElement()
    {
        while (Read()) if (_xml.NodeType == XmlNodeType.Element) return true;
        return false;
    }

    /// <summary>Goes to the next element inside the one at this depth; false where that one ends.</summary>
    public bool NextInside(int depth)
    {
        while (Read())
        {
            if (_xml.Depth <= depth) return false;
            if (_xml.NodeType == XmlNodeType.Element) return true;
        }

        return false;
    }

    /// <summary>Passes over what is inside the current element.</summary>
    public void Skip()
    {
        if (_xml.IsEmptyElement) return;
        int depth = _xml.Depth;
        while (Read() && _xml.Depth > depth) { }
    }

    /// <summary>The text directly inside the current element, which is left behind.</summary>
    public string Text()
    {
        if (_xml.IsEmptyElement) return "";
        int depth = _xml.Depth;
        _text.Clear();
        while (Read() && _xml.Depth > depth) AddText(_text);
        return _text.ToString();
    }

    /// <summary>Adds the text at which the reader stands, if it stands at text.</summary>
    public void AddText(StringBuilder text)
    {
        if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)) return;
        int read;
        while ((read = _xml.ReadValueChunk(_piece, 0, _piece.Length)) > 0)
        {
            _cancel.ThrowIfCancellationRequested();
            // What is longer is no cell; what follows tells that it is too large.
            if (text.Length < LongestText) text.Append(_piece, 0, read);
        }
    }

    // A table of names only grows.
    private sealed class FewNames : NameTable
    {
        private const int Most = 20_000;
        private int _count;

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? base.Add(Counted(key), start, len);
        public override string Add(string key) => Get(key) ?? base.Add(Counted(key));
        private T Counted<T>(T key) => ++_count > Most ? throw new BadWorkbookException(FileProblemKind.WorkbookDamaged) : key;
    }
}

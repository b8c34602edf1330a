using Microsoft.AspNetCore.Http.Metadata;

namespace Liaison.Kernel.Ui;

/// <summary>How large a form of this page may be, where that is more than usual.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FormLimitsAttribute : Attribute, IRequestSizeLimitMetadata
{
    /// <summary>Bytes a request may usually have.</summary>
    public const long UsualBytes = 30_000_000;

    /// <summary>Most bytes, files included.</summary>
    public long Bytes { get; init; } = UsualBytes;
    /// <summary>Most fields.</summary>
    public int Fields { get; init; } = 1024;

    long? IRequestSizeLimitMetadata.MaxRequestBodySize => Bytes;
}

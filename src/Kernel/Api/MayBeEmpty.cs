namespace Liaison.Kernel.Api;

/// <summary>Fields that may be sent with an input but not yet filled (an empty object or list, or null), so that what was read can be sent back.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayBeEmptyAttribute(params string[] fields) : Attribute
{
    /// <summary>Their names in the API.</summary>
    public IReadOnlyList<string> Fields { get; } = fields;
}

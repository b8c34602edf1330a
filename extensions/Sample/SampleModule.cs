using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;
using Sample.Notes;

namespace Sample;

/// <summary>An extension: put Sample.dll into the folder extensions/Sample of the data folder and start Liaison.</summary>
public sealed class SampleModule : Module
{
    public override string Name => "sample";

    public override IEnumerable<Permission> Permissions => [new("sample.view")];

    public override IEnumerable<MenuItem> Menu => [new("sample.menu", "/sample", "puzzle", "sample.view", 900)];

    public override void Map(ModelBuilder model, LiaisonDb db) => model.Entity<Note>().ToTable("sample_note");
}

// Builds wwwroot/lib: one stylesheet, the icon sprite, Turbo and the scripts, each with its compressed forms.
// No bundling: a file in, a file out. lib/version names the whole in URLs, so that browsers may keep it for ever.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { transformSync } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "wwwroot");
const lib = join(root, "lib");
const modules = join(here, "..", "..", "node_modules");
const text = path => readFileSync(path, "utf8");
const minified = (code, loader) => transformSync(code, { loader, minify: true, legalComments: "inline", target: "es2023" }).code;
const files = new Map();

function stylesheet() {
  const entry = text(join(root, "css", "app.css"));
  const whole = entry.replace(/@import "(.+?)";/g, (_, name) => text(join(root, "css", name)));
  return transformSync(whole, { loader: "css", minify: true }).code;
}

function sprite() {
  const names = text(join(here, "icons.txt")).split(/\s+/).filter(Boolean);
  const symbols = names.map(name => {
    const drawing = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(text(join(modules, "lucide-static", "icons", `${name}.svg`)))[1];
    return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, "").replaceAll(" />", "/>")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence -->${symbols.join("")}</svg>`;
}

// Turbo's progress bar writes a style element as soon as it is loaded, which our policy forbids; shell.css draws ours.
function turbo() {
  const code = text(join(modules, "@hotwired", "turbo", "dist", "turbo.es2017-esm.js"));
  const call = "    this.installStylesheetElement();\n";
  if (code.split(call).length !== 2) throw new Error("Turbo's progress bar has changed: look again at how its style element is kept out.");
  return minified(code.replace(call, ""), "js");
}

files.set("app.css", stylesheet());
files.set("icons.svg", sprite());
files.set("turbo.js", turbo());
for (const entry of readdirSync(join(root, "js"), { recursive: true })) {
  const name = entry.replaceAll("\\", "/");
  if (name.endsWith(".js")) files.set(`js/${name}`, minified(text(join(root, "js", name)), "js"));
}

rmSync(lib, { recursive: true, force: true });
mkdirSync(lib, { recursive: true });
cpSync(join(root, "img"), join(lib, "img"), { recursive: true });
const sum = createHash("sha256");
for (const [name, content] of files) {
  const path = join(lib, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  sum.update(name).update(content);
}
writeFileSync(join(lib, "version"), sum.digest("hex").slice(0, 10));

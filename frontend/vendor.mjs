// Copies the built styles, scripts and fonts of other projects into the static files, unchanged,
// and writes what they are, under which licence and with which hash.
// Development only: `npm ci && node vendor.mjs`. Neither running nor testing Løype needs Node.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const served = "loype/web/shared/static/vendor";
const record = join(root, served, "VENDOR.json");

const wanted = [
  ["@digdir/designsystemet-css", "dist/src/index.css", `${served}/designsystemet/designsystemet.css`],
  ["@digdir/designsystemet-css", "LICENSE", `${served}/designsystemet/LICENSE`],
  ["@digdir/designsystemet", "../../../.theme/built/loype.css", `${served}/designsystemet/theme.css`],
  ["htmx.org", "dist/htmx.min.js", `${served}/htmx/htmx.min.js`],
  ["htmx.org", "LICENSE", `${served}/htmx/LICENSE`],
  ["@fontsource-variable/inter", "files/inter-latin-wght-normal.woff2", `${served}/inter/inter-latin.woff2`],
  ["@fontsource-variable/inter", "files/inter-latin-ext-wght-normal.woff2", `${served}/inter/inter-latin-ext.woff2`],
  ["@fontsource-variable/inter", "LICENSE", `${served}/inter/LICENSE`],
  ["axe-core", "axe.min.js", "tests/vendor/axe.min.js"],
  ["axe-core", "LICENSE", "tests/vendor/axe.LICENSE"],
];

function designsystemet(...options) {
  const tool = join(here, "node_modules/@digdir/designsystemet/dist/bin/designsystemet.js");
  execFileSync(process.execPath, [tool, "tokens", ...options], { cwd: here, stdio: "ignore" });
}

function buildTheme() {
  rmSync(join(here, ".theme"), { recursive: true, force: true });
  designsystemet("create", "--config", "designsystemet.config.json");
  designsystemet("build", "-t", "./.theme/tokens", "-o", "./.theme/built");
}

function copyOne([name, from, to]) {
  const home = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  mkdirSync(dirname(join(root, to)), { recursive: true });
  cpSync(join(home, from), join(root, to));
  const sha256 = createHash("sha256").update(readFileSync(join(root, to))).digest("hex");
  return { file: to, name, version: about.version, licence: about.license, sha256 };
}

buildTheme();
rmSync(join(root, served), { recursive: true, force: true });
const files = wanted.map(copyOne);
writeFileSync(record, JSON.stringify({ files }, null, 2) + "\n");
console.log(`${files.length} files vendored, see ${served}/VENDOR.json`);

// Rewrites PNG files with a palette: node optimise.mjs FILE...
import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";

for (const file of process.argv.slice(2)) {
  await writeFile(file, await sharp(await readFile(file)).png({ palette: true, colours: 96, effort: 10 }).toBuffer());
}

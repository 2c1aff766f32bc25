// app.mjs FOLDER reads an unpacked app package: the manifest by Microsoft's own
// package, the translations by the schema in it, the icons by their sizes.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import manifests from "@microsoft/app-manifest";
import Ajv from "ajv-draft-04";

const folder = process.argv[2];
const read = (name) => readFileSync(join(folder, name));
const [manifest, failures] = await manifests.AppManifestUtils.readAndValidateTeamsManifest(join(folder, "manifest.json"));
const faults = failures.map((f) => `manifest.json: ${f}`);
const schemas = join(import.meta.dirname, "node_modules/@microsoft/app-manifest/build/json-schemas/teams", `v${manifest.manifestVersion}`);
const schema = JSON.parse(readFileSync(join(schemas, "MicrosoftTeams.Localization.schema.json"), "utf8"));
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
for (const { file } of manifest.localizationInfo.additionalLanguages)
  if (!validate(JSON.parse(read(file)))) faults.push(...validate.errors.map((e) => `${file}: ${e.instancePath} ${e.message}`));
for (const [name, size] of [["color.png", 192], ["outline.png", 32]]) {
  const png = read(name);
  if (png.readUInt32BE(16) !== size || png.readUInt32BE(20) !== size) faults.push(`${name}: not ${size} by ${size}`);
}
for (const fault of faults) console.log(fault);
console.log(`app: ${readdirSync(folder).length} files, manifest ${manifest.manifestVersion}, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
